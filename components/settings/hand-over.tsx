"use client";
import { Copy } from "lucide-react";
import { CopyButton } from "@/components/ui/copy-button";
import { formatTime } from "@/lib/format/time";

/** What the API answers to an invitation. */
export type Link = { name: string; link: string; expiresAt: string };

/** The link, to be handed over by a way that its owner and nobody else reads. */
export function HandOver({ link: { name, link, expiresAt } }: { link: Link }) {
  return (
    <section
      aria-label={`Link for ${name}`}
      className="mt-4 max-w-[720px] rounded-3 bg-surface p-3 text-left whitespace-normal"
    >
      <p className="mb-2 text-ink-2">
        Hand this link to <b className="font-medium text-ink">{name}</b>: it sets a password, once, until{" "}
        {formatTime(expiresAt)} UTC. It is not shown again.
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <code className="sha min-w-0 rounded-1 bg-bg px-2 py-1 [overflow-wrap:anywhere]">{link}</code>
        <CopyButton text={() => link} icon={<Copy className="size-4" strokeWidth={1.5} aria-hidden />}>
          Copy
        </CopyButton>
      </div>
    </section>
  );
}
