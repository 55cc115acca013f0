import type { Because } from "./gone";

/** What the analysis tells of a shift, in the order in which one analysis may tell several. */
export const SHIFT_LOG_KINDS = [
  "opened",
  "returned",
  "split",
  "confirmed",
  "narrowed",
  "widened",
  "moved",
  "merged",
  "withdrawn",
  "recovered",
  "relapsed",
] as const;
export type ShiftLogKind = (typeof SHIFT_LOG_KINDS)[number];

/** Shas of a range: the step lies after `lastGood`, up to `firstShifted`. */
export type ShaRange = { lastGood: string; firstShifted: string };

/** Where a member lay when its shift was last current; by these a shift is known again when it comes back. */
export type LastPlace = {
  caseId: number;
  metricId: number;
  environmentId: number;
  lastGoodCommitId: number;
  firstShiftedCommitId: number;
};

/** Kind and shift_log.detail of an entry. */
export type ShiftLogEntry =
  | { kind: "opened"; range: ShaRange; changepoints: number; splitFrom: number | null }
  | { kind: "returned"; range: ShaRange; changepoints: number; splitFrom: number | null }
  /** Some of its members left for other shifts. */
  | { kind: "split"; into: number[] }
  | { kind: "confirmed"; changepoints: number }
  | { kind: "narrowed" | "widened" | "moved"; from: ShaRange; to: ShaRange }
  /** It is part of `into` now. */
  | { kind: "merged"; into: number; members: LastPlace[] }
  | { kind: "withdrawn"; reason: string; because: Because; members: LastPlace[] }
  | { kind: "recovered"; by: number }
  /** Recovered no longer: the later shift went, or is another one. */
  | { kind: "relapsed"; by: number };

type Range = { lastGood: number; firstShifted: number };

/** How a range of positions became another; null when it is the same. */
export function rangeChange(from: Range, to: Range): "narrowed" | "widened" | "moved" | null {
  if (from.lastGood === to.lastGood && from.firstShifted === to.firstShifted) return null;
  if (from.lastGood <= to.lastGood && to.firstShifted <= from.firstShifted) return "narrowed";
  if (to.lastGood <= from.lastGood && from.firstShifted <= to.firstShifted) return "widened";
  return "moved";
}
