import type { Better, ChangepointDirection, ShiftDirection, ShiftState, ShiftStatus } from "@/lib/model/words";

/** How a direction is drawn: worse and better have the two colours, rose and fell none. */
const TONES = { regression: "worse", improvement: "better", mixed: "mixed", rose: "up", fell: "down" } as const;

export type VerdictTone = (typeof TONES)[ShiftDirection] | "same";

export function toneOf(direction: ChangepointDirection | ShiftDirection): VerdictTone {
  return TONES[direction];
}

/** Which way the triangle of a change points; undefined for no change. */
export function wayOf(difference: number): "up" | "down" | undefined {
  return difference > 0 ? "up" : difference < 0 ? "down" : undefined;
}

/**
 * How a change between two levels is drawn: grey below `least` (a share of `before`, or any change where that is 0),
 * else by which way is good.
 */
export function toneOfChange(before: number, after: number, better: Better, least: number): VerdictTone {
  const difference = after - before;
  if (difference === 0 || Math.abs(difference) < Math.abs(before) * least) return "same";
  if (better === "unknown") return difference > 0 ? "up" : "down";
  return difference > 0 === (better === "lower") ? "worse" : "better";
}

const STATUS_DOTS = {
  new: "full",
  investigating: "half",
  accepted: "ring",
  fixed: "done",
  infrastructure: "dashed",
  "not real": "dashed",
} as const satisfies Record<ShiftStatus, string>;

/** How the status of a shift is drawn, as the dot before its word. */
export function dotOf(status: ShiftStatus): (typeof STATUS_DOTS)[ShiftStatus] {
  return STATUS_DOTS[status];
}

/** A word of the glossary at the begin of a sentence: "Not real", "Regression". */
export function capitalised(word: ShiftStatus | ShiftState | ShiftDirection | ChangepointDirection): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
