import { huberLocation } from "../stats/huber";
import { studentToNormal } from "../stats/student";
import { SIDE_POINTS } from "./constants";
import { meanVariance, type Noise } from "./noise";

/** How far the levels left and right of a split lie apart. */
export type Contrast = {
  /** Right level minus left level, Huber's, of the points nearest to the split. */
  difference: number;
  /** Its sd. */
  error: number;
};

/** Compares [start, split) with [split, end), each by at most SIDE_POINTS points next to the split. */
export function contrast(values: Float64Array, start: number, split: number, end: number, noise: Noise): Contrast {
  const left = values.subarray(Math.max(start, split - SIDE_POINTS), split);
  const right = values.subarray(split, Math.min(end, split + SIDE_POINTS));
  const difference = (huberLocation(right, noise.bound) ?? 0) - (huberLocation(left, noise.bound) ?? 0);
  const variance = meanVariance(left.length, noise.correlation) + meanVariance(right.length, noise.correlation);
  return { difference, error: noise.pull * Math.sqrt(variance) };
}

/**
 * Strength z of a split: |difference| over its sd, put on the normal scale, for the noise was estimated with `free`
 * degrees of freedom.
 */
export function strength({ difference, error }: Contrast, free: number): number {
  return studentToNormal(Math.abs(difference) / error, Math.max(3, free));
}
