import { huberLocation } from "../stats/huber";
import { studentToNormal } from "../stats/student";
import { SIDE_POINTS } from "./constants";
import type { Innovations } from "./locate";
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

/**
 * Strength of the same split by likelihood: sqrt(2 log ratio) of two levels against one, under the noise's own density.
 * Three points in the long tail of skewed noise are far from the mean, yet not unlikely: sums of squares overrate them.
 */
export function likelihoodStrength(
  values: Float64Array,
  start: number,
  split: number,
  end: number,
  { logDensity, noise }: Innovations,
): number {
  const from = Math.max(start, split - SIDE_POINTS);
  const to = Math.min(end, split + SIDE_POINTS);
  const left = huberLocation(values.subarray(from, split), noise.bound) ?? 0;
  const right = huberLocation(values.subarray(split, to), noise.bound) ?? 0;
  const one = huberLocation(values.subarray(from, to), noise.bound) ?? 0;
  let ratio = 0;
  for (let i = from; i < to; i++) {
    const value = values[i] as number;
    const level = i < split ? left : right;
    const last = i > from ? noise.correlation * (values[i - 1] as number) : noise.correlation * level;
    const lastLevel = noise.correlation * (i - 1 < split ? left : right);
    const two = logDensity((value - level - (last - (i > from ? lastLevel : noise.correlation * level))) / noise.scale);
    const single = logDensity((value - one - (last - noise.correlation * (i > from ? one : level))) / noise.scale);
    ratio += two - single;
  }
  return Math.sqrt(2 * Math.max(0, ratio));
}
