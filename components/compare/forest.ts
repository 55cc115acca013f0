import { changeDomain } from "@/lib/chart/reach";
import { linearTicks } from "@/lib/chart/ticks";
import type { Verdict } from "@/lib/compare";

/** The axis of the forest column, in relative changes. */
export type ForestAxis = { lo: number; hi: number; ticks: number[] };

type Shown = { change: number | null; interval: readonly [number, number] | null; verdict?: Verdict };

/** So few that their labels stand apart in a narrow column. */
const TICKS = 4;

/** An axis for the changes and intervals of rows, without those far off (`changeDomain`). Rows without a ratio are not on it. */
export function forestAxis(rows: readonly Shown[]): ForestAxis {
  const [lo, hi] = changeDomain(
    rows.flatMap(({ change, interval, verdict }) =>
      change === null ? [] : [{ change, ends: interval ?? [change, change], called: isCalled(verdict) }],
    ),
  );
  return { lo, hi, ticks: linearTicks(lo, hi, TICKS).values };
}

const isCalled = (verdict: Verdict | undefined) => verdict !== "unchanged" && verdict !== "inconclusive";

/** Where a change stands on the axis, from 0 to 1; beyond its ends it is less than 0 or more than 1. */
export const placeOn = ({ lo, hi }: ForestAxis, change: number): number => (change - lo) / (hi - lo);

/** How a row is drawn: parts from 0 to 1, and on which side it leaves the axis. */
export type ForestMark = { at: number; from: number; to: number; beyond: "low" | "high" | null };

/** null: the row has no ratio. The interval is cut at the ends of the axis; a value beyond becomes an arrow. */
export function forestMark(axis: ForestAxis, { change, interval }: Shown): ForestMark | null {
  if (change === null) return null;
  const at = placeOn(axis, change);
  const within = (place: number) => Math.min(1, Math.max(0, place));
  const [lo, hi] = interval ?? [change, change];
  return {
    at: within(at),
    from: within(placeOn(axis, lo)),
    to: within(placeOn(axis, hi)),
    beyond: at < 0 ? "low" : at > 1 ? "high" : null,
  };
}

/** Where 95 of 100 comparisons of equal sides would lie, as parts from 0 to 1; null where the noise or the ratio is unknown. */
export function quietBand(
  axis: ForestAxis,
  { change, quiet }: { change: number | null; quiet: readonly [number, number] | null },
): { from: number; to: number } | null {
  if (change === null || quiet === null) return null;
  const [from, to] = quiet.map((end) => Math.min(1, Math.max(0, placeOn(axis, end)))) as [number, number];
  return { from, to };
}
