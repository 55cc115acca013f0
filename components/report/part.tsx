import type { ReactNode } from "react";

/** A part of the document. In print its head stays with what follows. */
export function Part({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  const id = `part-${title.toLowerCase().replace(/[^a-z]+/g, "-")}`;
  return (
    <section aria-labelledby={id} className="mt-8">
      <h2 id={id} className="mb-2 break-after-avoid-page text-[16px] leading-6 font-semibold">
        {title}
        {note && <span className="ml-2 text-base font-normal text-ink-3">{note}</span>}
      </h2>
      {children}
    </section>
  );
}
