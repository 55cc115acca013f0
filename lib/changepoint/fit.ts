import { median } from "../stats/quantile";
import { strengthFor } from "./chance";
import {
  CONFIRMED_P,
  ENDED_POINTS,
  FOUND_Z,
  LEVELS_Z,
  LONG_DEMAND,
  LONG_POINTS,
  MOST_SENSITIVITY,
  OUTLIER_SDS,
  PENALTY_BASE,
  PENALTY_SLOPE,
  RESOLUTION,
  SENSITIVITY_STEP,
} from "./constants";
import { type Elimination, eliminate, type IsNegligible, type Judge, type Removed } from "./eliminate";
import { isClose, longRun, type Noise, noiseOfDifferences, noiseOfResiduals, roundingFloor } from "./noise";
import { estimateInnovations, type Innovations, relocate } from "./place";
import { relativeChange } from "./relativeChange";
import { segment } from "./segment";
import { type StrengthOf, strengthByBoth, strengthByLevels, strengthByLikelihood } from "./strength";
import { part, type Weighed } from "./weighed";

/**
 * Ends of the segments that remain (exclusive, over the measured points), the noise around them, the judge of splits, and
 * the splits that were considered and do not remain.
 */
export type Fit = {
  ends: number[];
  noise: Noise;
  innovations: Innovations;
  strengthOf: StrengthOf;
  removed: Removed[];
};

/** `smallestEffect` is relative; smaller changes are not kept. `sensitivity` and `explain` as in DetectOptions. */
export type FitOptions = { smallestEffect: number; sensitivity: number; explain: boolean };

/**
 * Levels of the values. At least one value. At sensitivity 1 those of `fitStandard`. Below, its splits go on being removed
 * under the higher threshold; above, its segments are divided further, step by step, under its noise: so what is told at one
 * sensitivity is told at every higher one.
 */
export function fitLevels(values: Weighed, { smallestEffect, sensitivity, explain }: FitOptions): Fit {
  const isNegligible = negligible(values.value, smallestEffect);
  let fit = fitStandard(values, isNegligible);
  if (sensitivity < 1) fit = coarser(fit, sensitivity, isNegligible);
  for (let step = 1; step <= stepsAbove(sensitivity); step++) {
    fit = finer(values, fit, 1 + step * SENSITIVITY_STEP, isNegligible);
  }
  return explain ? explained(values, fit, sensitivity, isNegligible) : fit;
}

/** How many steps a sensitivity lies above 1, give or take what arithmetic leaves. */
function stepsAbove(sensitivity: number): number {
  return Math.floor((sensitivity - 1) / SENSITIVITY_STEP + 1e-9);
}

/** The splits of a fit that remain at a lower sensitivity. */
function coarser(fit: Fit, sensitivity: number, isNegligible?: IsNegligible): Fit {
  const judge = { strengthOf: fit.strengthOf, demandOf: demand(fit.noise, fit.ends.at(-1) as number), isNegligible };
  const { ends, removed } = eliminate(fit.ends, judge, FOUND_Z / sensitivity);
  return { ...fit, ends, removed: [...fit.removed, ...removed] };
}

/** The fit and, between its splits, those that are strong enough at a higher sensitivity. */
function finer(values: Weighed, fit: Fit, sensitivity: number, isNegligible?: IsNegligible): Fit {
  const parts = divideFurther(values, fit, sensitivity, FOUND_Z / sensitivity, isNegligible);
  const removed = parts.flatMap((part) => part.removed);
  return { ...fit, ends: parts.flatMap((part) => part.ends), removed: [...fit.removed, ...removed] };
}

/**
 * The fit, and among the removed splits all that the highest sensitivity would consider. Those that only the penalty keeps
 * down at this one count as strong as what is just not told.
 */
function explained(values: Weighed, fit: Fit, sensitivity: number, isNegligible?: IsNegligible): Fit {
  const parts = divideFurther(values, fit, MOST_SENSITIVITY, Number.POSITIVE_INFINITY, isNegligible);
  const weaker = parts.flatMap((part) => part.removed);
  const most = FOUND_Z / sensitivity;
  const counted = weaker.map((one) => (one.why === "weak" ? { ...one, z: Math.min(one.z, most) } : one));
  return { ...fit, removed: [...fit.removed, ...counted] };
}

/** What remains of finer segments of each segment under the same noise. */
function divideFurther(
  values: Weighed,
  fit: Fit,
  sensitivity: number,
  least: number,
  isNegligible?: IsNegligible,
): Elimination[] {
  const { ends, noise, innovations } = fit;
  const n = values.value.length;
  const byLevels = strengthByLevels(values, noise, freedom(values.value, fit));
  const strengthOf = strengthByBoth(byLevels, fit.strengthOf);
  const judge = { strengthOf, demandOf: demand(noise, n), isNegligible };
  return ends.map((end, k) => {
    const start = k === 0 ? 0 : (ends[k - 1] as number);
    const inside = divide(part(values, start, end), noise, n, sensitivity).map((at) => start + at);
    return eliminate(relocate(values, inside, innovations, start), judge, least, start);
  });
}

/** Degrees of freedom of the noise: without limit where the resolution of the values is all that is known of it. */
function freedom(value: Float64Array, { noise, ends }: Pick<Fit, "noise" | "ends">): number {
  return noise.scale > roundingFloor(value) ? value.length - ends.length : Number.POSITIVE_INFINITY;
}

/** Segments, noise, segments again until the noise settles, then elimination (docs/statistics.md). */
function fitStandard(values: Weighed, isNegligible?: IsNegligible): Fit {
  const { value } = values;
  const floor = roundingFloor(value);
  const free = (now: Noise, ends: number[]) =>
    now.scale > floor ? value.length - ends.length : Number.POSITIVE_INFINITY;
  let noise = noiseOfDifferences(value, floor);
  let ends = divide(values, noise);
  for (let round = 0; round < 2; round++) {
    const before = noise;
    noise = noiseOfResiduals(values, ends, before, floor);
    if (isClose(before, noise)) break;
    ends = divide(values, noise);
  }
  const byLevels = strengthByLevels(values, noise, free(noise, ends));
  const first = eliminate(
    ends,
    { strengthOf: byLevels, demandOf: demand(noise, value.length), isNegligible },
    LEVELS_Z,
  );
  noise = noiseOfResiduals(values, first.ends, noise, floor);
  const innovations = estimateInnovations(values, first.ends, noise);
  const strengthOf = strengthByLikelihood(values, innovations);
  const judge = { strengthOf, demandOf: demand(noise, value.length), isNegligible };
  const second = eliminate(relocate(values, first.ends, innovations), judge, FOUND_Z);
  const removed = [...first.removed.map((one) => ({ ...one, z: (one.z * FOUND_Z) / LEVELS_Z })), ...second.removed];
  return { ends: second.ends, noise, innovations, strengthOf, removed };
}

/**
 * What a split must have beyond the least strength. A level that has ended with few points will gain no more, so it must
 * have the strength of a confirmed one; levels that are both long have had their chance to be strong.
 */
function demand(noise: Noise, n: number): NonNullable<Judge["demandOf"]> {
  const confirmed = strengthFor(CONFIRMED_P, noise.correlation) / FOUND_Z;
  return (start, split, end) => {
    const hasEnded = (start > 0 && split - start <= ENDED_POINTS) || (end < n && end - split <= ENDED_POINTS);
    if (hasEnded) return confirmed;
    return Math.min(split - start, end - split) >= LONG_POINTS ? LONG_DEMAND : 1;
  };
}

/** Optimal segments of a part of a series of `n` values, in units of the noise, at a sensitivity. */
function divide({ value, root }: Weighed, noise: Noise, n = value.length, sensitivity = 1): number[] {
  const scaled = value.map((x) => (x - (value[0] as number)) / noise.scale);
  const unit = Math.sqrt(longRun(noise)) * (noise.pull / noise.scale) ** 2;
  const penalty = ((PENALTY_SLOPE * Math.log(n) + PENALTY_BASE) * unit) / sensitivity ** 2;
  const weights = root && { weights: root.map((one) => one * one) };
  return segment(scaled, { penalty, cap: OUTLIER_SDS, resolution: RESOLUTION, ...weights });
}

/** The medians that a page shows decide; without a ratio nothing is negligible. */
function negligible(value: Float64Array, smallestEffect: number): IsNegligible | undefined {
  if (!(smallestEffect > 0)) return undefined;
  return (start, split, end) => {
    const change = relativeChange(median(value.subarray(start, split)) ?? 0, median(value.subarray(split, end)) ?? 0);
    return change !== null && Math.abs(change) < smallestEffect;
  };
}
