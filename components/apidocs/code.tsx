import { CopyCommand } from "./copy-command";

/** Text of a terminal or an answer. Long lines wrap, so that nothing scrolls within the page. */
export function Code({ children }: { children: string }) {
  return (
    <pre className="rounded-2 bg-surface px-3 py-2.5 font-mono text-label whitespace-pre-wrap text-ink-2 [overflow-wrap:anywhere]">
      {children}
    </pre>
  );
}

/** A command, with a button that copies it. */
export function Command({ label, children }: { label: string; children: string }) {
  return (
    <div>
      <div className="mb-1 flex items-center justify-between gap-2">
        <span className="text-label text-ink-3">{label}</span>
        <CopyCommand text={children} />
      </div>
      <Code>{children}</Code>
    </div>
  );
}
