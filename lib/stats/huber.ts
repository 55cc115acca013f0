import { median } from "./quantile";

/**
 * Huber's location: the T with mean of clip(value - T, -bound, bound) = 0; between mean (bound large) and median. Values
 * further than `reject` from T (default: none) do not count at all, if any other does.
 * `bound` in the unit of the values, > 0. null for no values. At most 30 steps of O(n), from the median.
 * Source: Huber 1964, doi 10.1214/aoms/1177703732; with rejection after Andrews et al. 1972.
 */
export function huberLocation(
  values: ArrayLike<number>,
  bound: number,
  reject = Number.POSITIVE_INFINITY,
): number | null {
  let centre = median(values);
  if (centre === null || !(bound > 0)) return centre;
  for (let step = 0; step < 30; step++) {
    let sum = 0;
    let inside = 0;
    for (let i = 0; i < values.length; i++) {
      const residual = (values[i] as number) - centre;
      if (Math.abs(residual) > reject) continue;
      sum += clip(residual, bound);
      if (Math.abs(residual) < bound) inside++;
    }
    const move = sum / Math.max(1, inside);
    centre += move;
    if (Math.abs(move) <= 1e-6 * bound) break;
  }
  return centre;
}

/** The value, no further than `bound` from 0. */
export function clip(value: number, bound: number): number {
  return Math.max(-bound, Math.min(bound, value));
}

/**
 * Huber's location of values that are known more or less well: distances count times `roots`, the square roots of their
 * weights (> 0), so that `bound` and `reject` are in units of a value with weight 1. From the plain median, 30 steps at most.
 */
export function weightedHuberLocation(
  values: ArrayLike<number>,
  roots: ArrayLike<number>,
  bound: number,
  reject = Number.POSITIVE_INFINITY,
): number | null {
  let centre = median(values);
  if (centre === null || !(bound > 0)) return centre;
  for (let step = 0; step < 30; step++) {
    let sum = 0;
    let inside = 0;
    for (let i = 0; i < values.length; i++) {
      const root = roots[i] as number;
      const residual = ((values[i] as number) - centre) * root;
      if (Math.abs(residual) > reject) continue;
      sum += root * clip(residual, bound);
      if (Math.abs(residual) < bound) inside += root * root;
    }
    const move = inside > 0 ? sum / inside : 0;
    centre += move;
    if (Math.abs(move) <= 1e-6 * bound) break;
  }
  return centre;
}
