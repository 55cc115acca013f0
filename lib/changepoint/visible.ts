import {
  FAR_SDS,
  FOUND_POINTS,
  FOUND_Z,
  HISTORY_POINTS,
  LEVELS_Z,
  LONG_DEMAND,
  LONG_POINTS,
  OUTLIER_SDS,
  PENALTY_BASE,
  PENALTY_SLOPE,
  SIDE_POINTS,
} from "./constants";
import { PRIOR_POINTS, priorDensity } from "./density";
import { isSensitivity } from "./detect";
import { longRun, meanVariance, type Noise } from "./noise";
import type { Detection, Segment } from "./types";
import { inUnit } from "./unit";

export type VisibleOptions = {
  /** As in DetectOptions. */
  sensitivity?: number;
  smallestEffect?: number;
};

/** What it is told from: the levels and the noise of a detection. */
export type SeenFrom = Pick<Detection, "noise" | "pull" | "correlation"> & {
  segments: readonly Pick<Segment, "level" | "points">[];
  outliers: readonly number[];
};

/** The smallest change that would be seen; null where it cannot be told. */
export type VisibleChange = {
  /** Of the present level, 0.05 = 5 %; null where there is no ratio, as for a level of 0. */
  change: number | null;
  /** In the metric's unit, > 0. */
  difference: number;
};

/** Standard normal quantile of the chance to be seen, 80 %. */
const SEEN_QUANTILE = 0.8416;

/** Changes beyond this many sds are not asked for: what is not seen then is not seen. */
const LARGEST = 100;

/**
 * The smallest change of the newest level that `k` further points, all on the new level, would show with a chance of 80 %
 * (told, provisional at least), at the present noise and its correlation. Never under the smallest effect. An estimate: the
 * thresholds of the detector, each for the change less what it is underrated by in one case of five.
 * null where nothing can be told: noise not known, fewer points than a level needs before or in `k`, or so long a series
 * that `k` points cannot outweigh the penalty.
 * Throws RangeError for a `k` that is no whole number >= 1 and for a sensitivity that `detect` refuses.
 */
export function visibleChange(detection: SeenFrom, k: number, options: VisibleOptions = {}): VisibleChange | null {
  const { sensitivity = 1, smallestEffect = 0 } = options;
  if (!(Number.isInteger(k) && k >= 1))
    throw new RangeError(`${k} further points cannot be had. Give a whole number from 1.`);
  if (!isSensitivity(sensitivity)) throw new RangeError(`A sensitivity of ${sensitivity} cannot be had.`);
  const last = detection.segments.at(-1);
  const isFirst = detection.segments.length === 1;
  if (!last || k < FOUND_POINTS || last.points < (isFirst ? HISTORY_POINTS : FOUND_POINTS)) return null;
  const sds = smallestSeen(detection, last.points, k, sensitivity);
  if (sds === null || detection.noise === null) return null;
  const difference = Math.max(inUnit(detection.noise, sds), Math.abs(last.level) * smallestEffect);
  const change = difference / Math.abs(last.level);
  return { difference, change: Number.isFinite(change) ? change : null };
}

/** In sds of a point. */
function smallestSeen(detection: SeenFrom, before: number, k: number, sensitivity: number): number | null {
  const points = detection.segments.reduce((sum, one) => sum + one.points, 0);
  const known = noiseOf(detection);
  if (!known) return null;
  const error = (noise: Noise) => {
    const at = (n: number) => meanVariance(Math.min(n, SIDE_POINTS), noise.correlation);
    return noise.pull * Math.sqrt(at(k) + at(before));
  };
  const outliers = detection.outliers.length;
  const demand = Math.min(k, before) >= LONG_POINTS ? LONG_DEMAND : 1;
  const isSeenAt = (size: number, noise: Noise, at: number) => {
    const penalty = (PENALTY_SLOPE * Math.log(points + k) + PENALTY_BASE) * Math.sqrt(longRun(noise)) * noise.pull ** 2;
    return (
      size >= ((demand * LEVELS_Z) / at) * error(noise) &&
      2 * gain(size, points, outliers) >= (((demand * FOUND_Z) / at) * (error(noise) / noise.pull)) ** 2 &&
      Math.min(size * size, OUTLIER_SDS ** 2 - 1) >= (penalty / Math.max(1, at) ** 2) * (1 / k + 1 / before)
    );
  };
  const isSeen = (size: number) =>
    isSeenAt(size, known, Math.min(1, sensitivity)) ||
    (sensitivity > 1 && isSeenAt(size, mistaken(known, size, k, points), sensitivity));
  const needed = least(isSeen);
  // Both levels err, and so does the noise that they are measured by: a MAD of n points by 1.17 / sqrt(n) of itself.
  return needed === null
    ? null
    : needed + SEEN_QUANTILE * Math.hypot(error(known), (1.17 * needed) / Math.sqrt(points));
}

/** In units of the noise. */
function noiseOf({ noise, pull, correlation }: SeenFrom): Noise | null {
  if (noise === null || pull === null || correlation === null) return null;
  return { scale: 1, pull: pull / noise, correlation };
}

/** The noise with a step taken for a part of it: splits that only a higher sensitivity tells are judged by that. */
function mistaken({ scale, pull, correlation }: Noise, size: number, k: number, points: number): Noise {
  const added = (size * size * k * points) / (k + points) ** 2;
  return { scale, pull: pull * Math.sqrt(1 + added), correlation: (correlation + added) / (1 + added) };
}

/**
 * Log likelihood that a point `size` sds off gains by a level of its own: that of normal noise, or in the tails that of the
 * detector's prior and of the outliers seen, spread over the sds where outliers are counted.
 */
function gain(size: number, points: number, outliers: number): number {
  const own = -0.5 * Math.log(2 * Math.PI * Math.E);
  const seen = size < FAR_SDS ? outliers / (2 * (FAR_SDS - OUTLIER_SDS)) : 0;
  const tail = Math.log((PRIOR_POINTS * priorDensity(size) + seen) / (points + PRIOR_POINTS));
  return Math.min((size * size) / 2, Math.max(0, own - tail));
}

/** The least size from which on it holds, by halving; null if not even for LARGEST. */
function least(holds: (size: number) => boolean): number | null {
  if (!holds(LARGEST)) return null;
  let [low, high] = [0, LARGEST];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
