import type { ReactNode, Ref } from "react";
import { classes } from "@/components/ui/classes";

/** Charts that stand for a former selection are dimmed, with a bar on top, until the asked ones come. */
export function Stale({
  ref,
  isStale,
  children,
}: {
  ref?: Ref<HTMLDivElement>;
  isStale: boolean;
  children: ReactNode;
}) {
  return (
    <div ref={ref} className={classes("relative", isStale && "opacity-50")} aria-busy={isStale || undefined}>
      {isStale && <div className="absolute -top-2 left-14 h-0.5 w-24 bg-accent" />}
      {children}
    </div>
  );
}
