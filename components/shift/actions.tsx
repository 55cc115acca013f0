"use client";
import { CircleDot, Copy, Image as ImageIcon, Link2 } from "lucide-react";
import { ButtonLink } from "@/components/ui/button";
import { copyImage } from "@/components/ui/clipboard";
import { AnsweringButton, CopyButton } from "@/components/ui/copy-button";
import { CopyLink } from "@/components/ui/copy-link";
import { readText } from "@/lib/api/readText";
import { shareUrl } from "@/lib/urls/share";

const ICON = { className: "size-4", strokeWidth: 1.5, "aria-hidden": true } as const;

type Props = {
  slug: string;
  number: number;
  /** The permalink, absolute. */
  url: string;
  /** A form for a new issue, filled in; null: there is none. */
  issue: string | null;
};

/** What carries a shift into an issue or a chat. */
export function ShiftActions({ slug, number, url, issue }: Props) {
  return (
    <>
      <CopyLink text={() => url} />
      <CopyButton text={() => readText(shareUrl.shiftMarkdown(slug, number))} icon={<Copy {...ICON} />}>
        Copy Markdown
      </CopyButton>
      <CopyImage slug={slug} number={number}>
        Copy image
      </CopyImage>
      {issue && <OpenIssue issue={issue} />}
    </>
  );
}

/** The same at the foot of a phone: three of them, side by side. */
export function ShiftDock({ slug, number, url, issue }: Props) {
  const part = "h-9 min-w-0 flex-1 px-2";
  return (
    <>
      <CopyButton
        className={part}
        text={() => readText(shareUrl.shiftMarkdown(slug, number))}
        icon={<Copy {...ICON} />}
      >
        Markdown
      </CopyButton>
      <CopyButton className={part} text={() => url} icon={<Link2 {...ICON} />}>
        Link
      </CopyButton>
      {issue ? (
        <OpenIssue issue={issue} className={part} />
      ) : (
        <CopyImage slug={slug} number={number} className={part}>
          Image
        </CopyImage>
      )}
    </>
  );
}

function OpenIssue({ issue, className }: { issue: string; className?: string }) {
  return (
    <ButtonLink href={issue} look="primary" className={className} external>
      <CircleDot {...ICON} />
      Open issue
    </ButtonLink>
  );
}

function CopyImage({
  slug,
  number,
  className,
  children,
}: Pick<Props, "slug" | "number"> & { className?: string; children: string }) {
  const copy = async () => {
    try {
      const done = await copyImage(shareUrl.shiftImage(slug, number, "png"), `${slug}-shift-${number}.png`);
      return done === "copied" ? "Copied" : "Saved";
    } catch {
      return "Cannot be read";
    }
  };
  return (
    <AnsweringButton act={copy} icon={<ImageIcon {...ICON} />} className={className}>
      {children}
    </AnsweringButton>
  );
}
