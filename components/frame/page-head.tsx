import type { ReactNode } from "react";

/** Title, the sentence that answers, and the controls of a page. */
export function PageHead({
  title,
  path,
  sentence,
  children,
}: {
  title: ReactNode;
  /** Where the page stands: links above the title. */
  path?: ReactNode;
  sentence?: ReactNode;
  /** Controls, at the right. */
  children?: ReactNode;
}) {
  return (
    <div className="mb-4 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 grow basis-[480px] max-sm:basis-full">
        {path && <div className="mb-1 text-label text-ink-3">{path}</div>}
        <h1 className="text-title font-semibold text-pretty [overflow-wrap:anywhere]">{title}</h1>
        {sentence && (
          <p className="mt-1 max-w-[92ch] text-read text-pretty text-ink-2 [&_b]:font-medium [&_b]:text-ink">
            {sentence}
          </p>
        )}
      </div>
      {children && <div className="flex max-w-full flex-wrap items-center gap-2">{children}</div>}
    </div>
  );
}

/** A part of a page with its head. */
export function Section({
  title,
  note,
  right,
  children,
  className = "mt-8",
}: {
  title: ReactNode;
  note?: ReactNode;
  right?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={className}>
      <header className="mb-3 flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <h2 className="text-section font-semibold">{title}</h2>
        {note && <span className="min-w-0 text-ink-3 [overflow-wrap:anywhere]">{note}</span>}
        {right && <span className="ml-auto">{right}</span>}
      </header>
      {children}
    </section>
  );
}
