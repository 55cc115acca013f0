import { linearTicks } from "@/lib/chart/ticks";

/** The axis of the forest column, in relative changes. */
export type ForestAxis = { lo: number; hi: number; ticks: number[] };

type Shown = { change: number | null; interval: readonly [number, number] | null };

/** Nothing is drawn closer to 0 than this reach: noise must not look like an effect. */
const LEAST_REACH = 0.1;
/** Ends of this share of the rows fit; what is beyond becomes an arrow with its number. */
const FITTED = 0.9;
const ROOM = 1.08;
/** So few that their labels stand apart in a narrow column. */
const TICKS = 4;

/**
 * An axis that holds 0 and nine tenths of the interval ends on either side, at least to 10 % where there are any; never
 * below -100 %. Rows without a ratio are not on it.
 */
export function forestAxis(rows: readonly Shown[]): ForestAxis {
  const ends = rows.flatMap(({ change, interval }) => (change === null ? [] : (interval ?? [change, change])));
  const lo = -Math.min(1, reachOf(ends.filter((end) => end < 0).map((end) => -end)));
  const hi = reachOf(ends.filter((end) => end > 0));
  return { lo, hi, ticks: linearTicks(lo, hi, TICKS).values };
}

function reachOf(sizes: number[]): number {
  sizes.sort((a, b) => a - b);
  const fitted = sizes[Math.min(sizes.length - 1, Math.ceil(sizes.length * FITTED) - 1)] ?? 0;
  return Math.max(LEAST_REACH, fitted * ROOM);
}

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
