import { median } from "../stats/quantile";
import { FOUND_Z, LEVELS_Z, OUTLIER_SDS, PENALTY_BASE, PENALTY_SLOPE, RESOLUTION } from "./constants";
import { eliminate, type IsNegligible } from "./eliminate";
import { isClose, longRun, type Noise, noiseOfDifferences, noiseOfResiduals, roundingFloor } from "./noise";
import { estimateInnovations, type Innovations, relocate } from "./place";
import { relativeChange } from "./relativeChange";
import { segment } from "./segment";
import { type StrengthOf, strengthByLevels, strengthByLikelihood } from "./strength";

/** Ends of the segments that remain (exclusive, over the measured points), the noise around them, the judge of splits. */
export type Fit = { ends: number[]; noise: Noise; innovations: Innovations; strengthOf: StrengthOf };

/**
 * Levels of the values: segments, noise, segments again until the noise settles, then elimination (docs/statistics.md).
 * At least one value. `smallestEffect` is relative; smaller changes are not kept.
 */
export function fitLevels(value: Float64Array, smallestEffect: number): Fit {
  const floor = roundingFloor(value);
  const isNegligible = negligible(value, smallestEffect);
  const free = (now: Noise, ends: number[]) =>
    now.scale > floor ? value.length - ends.length : Number.POSITIVE_INFINITY;
  let noise = noiseOfDifferences(value, floor);
  let ends = divide(value, noise);
  for (let round = 0; round < 2; round++) {
    const before = noise;
    noise = noiseOfResiduals(value, ends, before, floor);
    if (isClose(before, noise)) break;
    ends = divide(value, noise);
  }
  ends = eliminate(ends, strengthByLevels(value, noise, free(noise, ends)), LEVELS_Z, isNegligible);
  noise = noiseOfResiduals(value, ends, noise, floor);
  const innovations = estimateInnovations(value, ends, noise);
  const strengthOf = strengthByLikelihood(value, innovations);
  ends = eliminate(relocate(value, ends, innovations), strengthOf, FOUND_Z, isNegligible);
  return { ends, noise, innovations, strengthOf };
}

/** Optimal segments, in units of the noise. */
function divide(value: Float64Array, noise: Noise): number[] {
  const scaled = value.map((x) => (x - (value[0] as number)) / noise.scale);
  const unit = Math.sqrt(longRun(noise)) * (noise.pull / noise.scale) ** 2;
  const penalty = (PENALTY_SLOPE * Math.log(value.length) + PENALTY_BASE) * unit;
  return segment(scaled, { penalty, cap: OUTLIER_SDS, resolution: RESOLUTION });
}

/** The medians that a page shows decide; without a ratio nothing is negligible. */
function negligible(value: Float64Array, smallestEffect: number): IsNegligible | undefined {
  if (!(smallestEffect > 0)) return undefined;
  return (start, split, end) => {
    const change = relativeChange(median(value.subarray(start, split)) ?? 0, median(value.subarray(split, end)) ?? 0);
    return change !== null && Math.abs(change) < smallestEffect;
  };
}
