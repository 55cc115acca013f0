"use client";
import { Copy, Link2 } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";

const ICON = { className: "size-4", strokeWidth: 1.5, "aria-hidden": true } as const;

/** What carries a comparison into an issue or a chat. */
export function CopyActions({ markdown, url }: { markdown: string; url: string }) {
  return (
    <>
      <CopyButton text={() => url} icon={<Link2 {...ICON} />}>
        Copy link
      </CopyButton>
      <CopyButton text={() => markdown} icon={<Copy {...ICON} />}>
        Markdown
      </CopyButton>
    </>
  );
}
