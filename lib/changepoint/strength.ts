import { studentToNormal } from "../stats/student";
import { FOUND_Z, LEVELS_Z, SIDE_POINTS } from "./constants";
import { levelOf, meanVariance, type Noise } from "./noise";
import type { Innovations } from "./place";
import { inflation, part, type Weighed } from "./weighed";

/** Strength z of the split of [start, end) at `split`: sds of the difference of levels, on the normal scale. */
export type StrengthOf = (start: number, split: number, end: number) => number;

/**
 * Strength by levels: |difference| over its sd, each side counted with the SIDE_POINTS points next to the split, on the
 * normal scale, for the noise was estimated (`free` degrees of freedom). Serves until the noise's density is known.
 */
export function strengthByLevels(values: Weighed, noise: Noise, free: number): StrengthOf {
  return (start, split, end) => {
    const left = part(values, Math.max(start, split - SIDE_POINTS), split);
    const right = part(values, split, Math.min(end, split + SIDE_POINTS));
    const of = (side: Weighed) => meanVariance(side.value.length, noise.correlation) * inflation(side);
    const variance = of(left) + of(right);
    const ratio = Math.abs(levelOf(right, noise) - levelOf(left, noise)) / (noise.pull * Math.sqrt(variance));
    return studentToNormal(ratio, Math.max(3, free));
  };
}

/**
 * Strength by likelihood: sqrt(2 log ratio) of two levels against one over the same points, under the noise's own density
 * (Wilks 1938, doi 10.1214/aoms/1177732360). Three points in the long tail of skewed noise are far from the mean, yet not
 * unlikely; the humps of two-humped noise are unlikely between, and tell a step early.
 */
export function strengthByLikelihood(values: Weighed, { logDensity, noise }: Innovations): StrengthOf {
  return (start, split, end) => {
    const from = Math.max(start, split - SIDE_POINTS);
    const to = Math.min(end, split + SIDE_POINTS);
    const { value, root } = values;
    const left = levelOf(part(values, from, split), noise);
    const right = levelOf(part(values, split, to), noise);
    const single = levelOf(part(values, from, to), noise);
    let ratio = 0;
    let before = 0; // residuals of the point before, with two levels and with one
    let beforeSingle = 0;
    for (let i = from; i < to; i++) {
      const weight = root ? (root[i] as number) : 1;
      const residual = ((value[i] as number) - (i < split ? left : right)) * weight;
      const residualSingle = ((value[i] as number) - single) * weight;
      ratio += logDensity((residual - noise.correlation * before) / noise.scale);
      ratio -= logDensity((residualSingle - noise.correlation * beforeSingle) / noise.scale);
      before = residual;
      beforeSingle = residualSingle;
    }
    return Math.sqrt(2 * Math.max(0, ratio));
  };
}

/** The strength that both judges grant, the one by levels put on the scale of the one by likelihood. */
export function strengthByBoth(byLevels: StrengthOf, byLikelihood: StrengthOf): StrengthOf {
  return (start, split, end) =>
    Math.min((byLevels(start, split, end) * FOUND_Z) / LEVELS_Z, byLikelihood(start, split, end));
}
