import type { ReactNode } from "react";
import { classes } from "./classes";

type StateProps = { title: string; children?: ReactNode; actions?: ReactNode; className?: string };

/** Nothing to show, and why: names the command that fills it, or the number behind the filter. */
export function EmptyState({ title, children, actions, className }: StateProps) {
  return (
    <div className={classes("flex flex-col items-center gap-2 px-4 py-12 text-center", className)}>
      <p className="font-medium">{title}</p>
      {children && <div className="max-w-[min(72ch,100%)] text-ink-2">{children}</div>}
      {actions && <div className="flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}

/** What happened, what still works, what to try; confined to the part that failed. */
export function ErrorState({ title, children, actions, className }: StateProps) {
  return (
    <div role="alert" className={classes("flex flex-col items-center gap-2 px-4 py-12 text-center", className)}>
      <p className="font-medium">{title}</p>
      {children && <div className="max-w-[min(72ch,100%)] text-ink-2">{children}</div>}
      {actions && <div className="flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}

/** A command to copy. */
export function Command({ children }: { children: ReactNode }) {
  return (
    <pre className="sha max-w-full overflow-x-auto rounded-1 bg-surface px-2 py-1 text-left text-ink" tabIndex={-1}>
      {children}
    </pre>
  );
}
