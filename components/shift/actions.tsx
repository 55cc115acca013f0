"use client";
import { Copy, Link2 } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";

const ICON = { className: "size-4", strokeWidth: 1.5, "aria-hidden": true } as const;

/** What carries a shift into an issue or a chat. */
export function ShiftActions({ markdown, url, className }: { markdown: string; url: string; className?: string }) {
  return (
    <>
      <CopyButton className={className} text={() => markdown} icon={<Copy {...ICON} />}>
        Copy Markdown
      </CopyButton>
      <CopyButton className={className} text={() => url} icon={<Link2 {...ICON} />}>
        Copy link
      </CopyButton>
    </>
  );
}
