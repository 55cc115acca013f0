"use client";
import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { IconButton } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { apiDocsUrl } from "@/lib/urls/apiDocs";
import { useModifier } from "./use-keys";

/** The keys that work everywhere, and those of charts and strips. */
const keysOf = (modifier: string) => [
  { keys: [`${modifier}K`], does: "Jump to a workload, shift or page" },
  { keys: ["/"], does: "Filter the list" },
  { keys: ["←", "→"], does: "Walk the points of a chart, the cells of a strip" },
  { keys: ["Shift ←", "Shift →"], does: "Walk the changepoints of a chart" },
  { keys: ["Enter"], does: "Pin a point, open a cell" },
  { keys: ["Esc"], does: "Close, unpin, reset the zoom" },
  { keys: ["?"], does: "These keys" },
];

export function Keys({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const modifier = useModifier();
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-bg/60" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-4 top-[16vh] z-50 mx-auto max-w-[440px] rounded-3 bg-raised p-4 shadow-float outline-none"
        >
          <div className="mb-3 flex items-center justify-between">
            <Dialog.Title className="text-section font-semibold">Keys</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close">
                <X className="size-4" strokeWidth={1.5} aria-hidden />
              </IconButton>
            </Dialog.Close>
          </div>
          <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
            {keysOf(modifier).map(({ keys, does }) => (
              <div key={does} className="contents">
                <dt className="flex gap-1 whitespace-nowrap">
                  {keys.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </dt>
                <dd className="text-ink-2">{does}</dd>
              </div>
            ))}
          </dl>
          <p className="mt-4 text-ink-3">
            For scripts:{" "}
            <a href={apiDocsUrl()} className="link">
              the HTTP API
            </a>
          </p>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
