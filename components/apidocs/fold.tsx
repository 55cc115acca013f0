import type { ReactNode } from "react";

/** What is opened by hand. It may be open already when the page comes alive: the reader was faster, which is no fault. */
export function Fold({ title, className, children }: { title: ReactNode; className?: string; children: ReactNode }) {
  return (
    <details className={className} suppressHydrationWarning>
      <summary className="w-fit cursor-pointer text-ink-2 hover:text-ink">{title}</summary>
      <div className="mt-2">{children}</div>
    </details>
  );
}
