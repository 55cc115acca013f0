"use client";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { apiDocsUrl } from "@/lib/urls/apiDocs";
import { keyMap } from "./key-map";
import { useModifier } from "./use-keys";

/** The map of the keyboard. */
export function Keys({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const modifier = useModifier();
  return (
    <Dialog title="Keys" open={open} onClose={() => onOpenChange(false)}>
      <div className="grid gap-4">
        {keyMap(modifier).map(({ where, lines }) => (
          <section key={where}>
            <h3 className="mb-1.5 text-label text-ink-3">{where}</h3>
            <dl className="grid grid-cols-[112px_1fr] items-center gap-x-4 gap-y-1.5">
              {lines.map(({ keys, does }) => (
                <div key={does} className="contents">
                  <dt className="flex flex-wrap gap-1 whitespace-nowrap">
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dt>
                  <dd className="text-ink-2">{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="mt-4 text-ink-3">
        For scripts:{" "}
        <a href={apiDocsUrl()} className="link">
          the HTTP API
        </a>
      </p>
    </Dialog>
  );
}
