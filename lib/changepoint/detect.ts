import { OUTLIER_SDS, PENALTY_BASE, PENALTY_SLOPE } from "./constants";
import { describe } from "./describe";
import { eliminate } from "./eliminate";
import { estimateInnovations, relocate } from "./locate";
import { longRun, type Noise, noiseOfDifferences, noiseOfResiduals, roundingFloor } from "./noise";
import { type Points, readPoints } from "./points";
import { segment } from "./segment";
import type { Detection, DetectOptions, PointValue } from "./types";

/**
 * The changepoints of one series, its levels between them, its outliers and its noise.
 * `values` in order of commits, in the metric's unit. Near-linear in their number. Defined for every input: without
 * measured points everything is empty and `noise` null. The method and its sources: docs/statistics.md, Changepoints.
 */
export function detect(values: readonly PointValue[], options: DetectOptions = {}): Detection {
  const points = readPoints(values);
  if (points.value.length === 0)
    return { changepoints: [], segments: [], outliers: [], open: points.open, noise: null };
  return describe(points, fit(points, options));
}

/** Ends of the segments that remain (exclusive, over the measured points) and the noise around them. */
export type Fit = { ends: number[]; noise: Noise };

function fit({ value }: Points, { smallestEffect = 0 }: DetectOptions): Fit {
  const floor = roundingFloor(value);
  let noise = noiseOfDifferences(value, floor);
  let ends = [value.length];
  for (let round = 0; round < 2; round++) {
    ends = divide(value, noise);
    noise = noiseOfResiduals(value, ends, noise, floor);
  }
  ends = eliminate(value, divide(value, noise), noise);
  noise = noiseOfResiduals(value, ends, noise, floor);
  const innovations = estimateInnovations(value, ends, noise);
  ends = relocate(value, ends, innovations);
  ends = eliminate(value, ends, noise, { innovations });
  return { ends, noise };
}

/** Optimal segments, in units of the noise. */
export function divide(value: Float64Array, noise: Noise): number[] {
  const scaled = value.map((x) => (x - (value[0] as number)) / noise.scale);
  const unit = Math.sqrt(longRun(noise)) * (noise.pull / noise.scale) ** 2;
  const penalty = (PENALTY_SLOPE * Math.log(value.length) + PENALTY_BASE) * unit;
  return segment(scaled, { penalty, cap: OUTLIER_SDS });
}
