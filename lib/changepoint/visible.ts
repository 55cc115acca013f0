import { FOUND_POINTS, LEVELS_Z, SIDE_POINTS } from "./constants";
import { isSensitivity } from "./detect";
import { meanVariance } from "./noise";
import type { Detection } from "./types";

export type VisibleOptions = {
  /** As in DetectOptions. */
  sensitivity?: number;
  smallestEffect?: number;
};

/** The smallest change that would be seen; null where it cannot be told. */
export type VisibleChange = {
  /** Of the present level, 0.05 = 5 %; null where the level is 0. */
  change: number | null;
  /** In the metric's unit, > 0. */
  difference: number;
};

/** Standard normal quantile of CHANCE_SEEN. */
const SEEN_QUANTILE = 0.8416;

/**
 * The smallest change of the newest level that `k` further points, all on the new level, would show with a chance of 80 %
 * (told, provisional at least), at the present noise and its correlation. Never under the smallest effect.
 * null where nothing can be told: noise not known, fewer points than a level needs before or in `k`.
 * Throws RangeError for a `k` that is no whole number >= 1 and for a sensitivity that `detect` refuses.
 */
export function visibleChange(detection: Detection, k: number, options: VisibleOptions = {}): VisibleChange | null {
  const { sensitivity = 1, smallestEffect = 0 } = options;
  if (!(Number.isInteger(k) && k >= 1))
    throw new RangeError(`${k} further points cannot be had. Give a whole number from 1.`);
  if (!isSensitivity(sensitivity)) throw new RangeError(`A sensitivity of ${sensitivity} cannot be had.`);
  const { noise, correlation, segments } = detection;
  const last = segments.at(-1);
  if (noise === null || correlation === null || !last || k < FOUND_POINTS) return null;
  const variance =
    meanVariance(Math.min(k, SIDE_POINTS), correlation) + meanVariance(Math.min(last.points, SIDE_POINTS), correlation);
  const difference = noise * (LEVELS_Z / sensitivity + SEEN_QUANTILE) * Math.sqrt(variance);
  const size = Math.max(difference, Math.abs(last.level) * smallestEffect);
  return { difference: size, change: last.level === 0 ? null : size / Math.abs(last.level) };
}
