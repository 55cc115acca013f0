import type { ReactNode } from "react";
import { classes } from "./classes";

/** How a state of work is drawn: from filled accent (asks for somebody) to dashed grey (set aside). */
export type DotShape = "full" | "half" | "ring" | "done" | "dashed";

/** A state in words with its dot. */
export function StatusDot({ shape, children }: { shape: DotShape; children: ReactNode }) {
  return (
    <span
      className={classes(
        "inline-flex items-center gap-[7px] whitespace-nowrap",
        shape === "full" ? "font-medium text-ink" : "text-ink-2",
      )}
    >
      <svg
        viewBox="0 0 8 8"
        className={classes("size-2 shrink-0", shape === "full" || shape === "half" ? "text-accent" : "text-ink-3")}
        aria-hidden="true"
      >
        {shape === "full" || shape === "done" ? (
          <circle cx="4" cy="4" r="4" fill="currentColor" />
        ) : (
          <circle
            cx="4"
            cy="4"
            r="3"
            fill="none"
            stroke="currentColor"
            strokeWidth={shape === "dashed" ? 1.5 : 2}
            strokeDasharray={shape === "dashed" ? "2 1.4" : undefined}
          />
        )}
        {shape === "half" && <path d="M4 0a4 4 0 0 0 0 8Z" fill="currentColor" />}
      </svg>
      {children}
    </span>
  );
}
