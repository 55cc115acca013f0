import { studentUpper } from "../stats/studentInverse";
import { CERTAINTY } from "./constants";
import type { Fit } from "./fit";
import { meanVariance } from "./noise";

/** A level as a page shows it, and how far the true one may be from it. */
export type Level = { value: number; error: number };

/**
 * Sd of the median of n points of the fitted noise: that of their mean times what the median loses against it, by the
 * density f at the level: 1 / (2 f sqrt n). Source: Laplace; Kenney & Keeping 1962, 9.9. For few points never less than
 * that of the mean: between two humps the density is low, at a lucky peak it is overrated.
 */
export function errorOfMedian(n: number, { noise, innovations }: Fit): number {
  const density = Math.exp(innovations.logDensity(0)) / noise.scale;
  const point = Math.max(0.8 * noise.pull, Math.min(2.5 * noise.scale, 1 / (2 * density)));
  return point * Math.sqrt(meanVariance(n, noise.correlation));
}

/**
 * 95 % interval of after / before - 1 (Fieller 1954, to first order: for levels many errors from 0), or of after - before
 * where `change` is null. Student's t with `free` degrees of freedom.
 */
export function changeInterval(before: Level, after: Level, change: number | null, free: number): [number, number] {
  const t = studentUpper((1 - CERTAINTY) / 2, Math.max(2, free));
  const middle = change ?? after.value - before.value;
  const error =
    change === null
      ? Math.hypot(before.error, after.error)
      : Math.hypot(after.error, (1 + change) * before.error) / Math.abs(before.value);
  return [middle - t * error, middle + t * error];
}
