import Markdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";

/** Addresses that a note may lead to. */
const safeUrl = (url: string): string => (/^(https?:\/\/|mailto:)/i.test(url) ? url : "");

const PARTS: Components = {
  a: ({ href, children }) =>
    href ? (
      <a href={href} className="link" target="_blank" rel="noopener noreferrer nofollow">
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  // A picture would tell its host who reads the note.
  img: ({ src, alt }) =>
    typeof src === "string" && src ? (
      <a href={src} className="link" target="_blank" rel="noopener noreferrer nofollow">
        {alt || "picture"}
      </a>
    ) : (
      <span>{alt}</span>
    ),
  // The headings of a page are the page's.
  h1: ({ children }) => <p className="font-semibold">{children}</p>,
  h2: ({ children }) => <p className="font-semibold">{children}</p>,
  h3: ({ children }) => <p className="font-semibold">{children}</p>,
  h4: ({ children }) => <p className="font-medium">{children}</p>,
  h5: ({ children }) => <p className="font-medium">{children}</p>,
  h6: ({ children }) => <p className="font-medium">{children}</p>,
  table: ({ children }) => (
    <div className="overflow-x-auto">
      <table className="[&_td]:border-b [&_td]:border-grid [&_td]:pr-3 [&_th]:border-b [&_th]:border-line [&_th]:pr-3 [&_th]:text-left [&_th]:font-medium">
        {children}
      </table>
    </div>
  ),
  pre: ({ children }) => <pre className="sha overflow-x-auto rounded-1 bg-surface px-2 py-1">{children}</pre>,
  code: ({ children }) => <code className="sha [overflow-wrap:anywhere]">{children}</code>,
};

/**
 * A note in Markdown (GitHub's), made safe: HTML is text, links go to http(s) and mailto only and tell the other side
 * nothing, pictures are links.
 */
export function NoteText({ text }: { text: string }) {
  return (
    <div className="flex min-w-0 flex-col gap-2 text-pretty [overflow-wrap:anywhere] [&_blockquote]:border-l-2 [&_blockquote]:border-line-strong [&_blockquote]:pl-2 [&_blockquote]:text-ink-2 [&_ol]:list-decimal [&_ol]:pl-5 [&_ul]:list-disc [&_ul]:pl-5">
      <Markdown remarkPlugins={[[remarkGfm, { singleTilde: false }]]} urlTransform={safeUrl} components={PARTS}>
        {text}
      </Markdown>
    </div>
  );
}
