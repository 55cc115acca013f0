import type { ReactNode } from "react";

/** A part of the rail with its head. */
export function Part({
  id,
  title,
  count,
  right,
  children,
}: {
  /** For links to it. */
  id?: string;
  title: string;
  count?: number;
  right?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section id={id} className={id && "scroll-mt-16"}>
      <header className="mb-2 flex items-baseline gap-1.5">
        <h2 className="text-section font-semibold">{title}</h2>
        {count !== undefined && <span className="text-ink-3">{count}</span>}
        {right && <span className="ml-auto">{right}</span>}
      </header>
      {children}
    </section>
  );
}
