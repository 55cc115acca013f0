import type { ReactNode } from "react";
import { classes } from "./classes";
import { Glyph, TONE_TEXT, type Tone, type Way } from "./glyph";

const GROUND: Record<Tone, string> = {
  worse: "bg-worse-soft",
  better: "bg-better-soft",
  mixed: "bg-mixed-soft",
  same: "bg-surface",
  unsure: "hatched",
  warn: "bg-warn-soft",
  up: "bg-surface",
  down: "bg-surface",
};

/** A verdict in words: "▲ Regression", "∼ Inconclusive, 6 more runs". */
export function Badge({ tone, way, children }: { tone: Tone; way?: Way; children: ReactNode }) {
  return (
    <span
      className={classes(
        "inline-flex h-5 items-center gap-1.5 rounded-1 px-[7px] text-label font-medium whitespace-nowrap",
        GROUND[tone],
        tone === "unsure" ? "text-ink-2" : TONE_TEXT[tone],
      )}
    >
      <Glyph tone={tone} way={way} />
      {children}
    </span>
  );
}
