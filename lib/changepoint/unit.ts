import type { Detection } from "./types";

/** Between these the squares of values, and sums of squares, stay far from the ends of what a double can hold. */
const SMALL = 1e-100;
const LARGE = 1e100;

/** What values are divided by before they are squared: 1 for usual ones, else the power of two under the largest. */
export function unitOf(values: Float64Array): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  if (largest === 0 || (largest >= SMALL && largest <= LARGE)) return 1;
  return 2 ** Math.max(-1022, Math.floor(Math.log2(largest)));
}

/** A number in the unit of the values again; the largest double where it would be beyond. */
export function inUnit(value: number, unit: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value * unit));
}

/** A detection of values that were divided by `unit`, in the unit of the values. */
export function detectionInUnit(detection: Detection, unit: number): Detection {
  const back = (value: number) => inUnit(value, unit);
  const interval = (change: number | null, [lo, hi]: [number, number]): [number, number] =>
    change === null ? [back(lo), back(hi)] : [lo, hi];
  return {
    ...detection,
    changepoints: detection.changepoints.map((one) => ({
      ...one,
      before: back(one.before),
      after: back(one.after),
      difference: back(one.difference),
      interval: one.interval && interval(one.change, one.interval),
    })),
    segments: detection.segments.map((one) => ({
      ...one,
      level: back(one.level),
      lo: back(one.lo),
      hi: back(one.hi),
      noise: back(one.noise),
    })),
    rejected: detection.rejected.map((one) => ({ ...one, difference: back(one.difference) })),
    noise: detection.noise === null ? null : back(detection.noise),
    pull: detection.pull === null ? null : back(detection.pull),
  };
}
