import type { ReactNode } from "react";

/** What is opened by hand. It may be open already when the page comes alive: the reader was faster, which is no fault. */
export function Fold({
  title,
  className,
  isOpen = false,
  children,
}: {
  title: ReactNode;
  className?: string;
  /** Open from the first. */
  isOpen?: boolean;
  children: ReactNode;
}) {
  return (
    <details className={className} open={isOpen} suppressHydrationWarning>
      <summary className="w-fit cursor-pointer text-ink-2 hover:text-ink">{title}</summary>
      <div className="mt-2">{children}</div>
    </details>
  );
}
