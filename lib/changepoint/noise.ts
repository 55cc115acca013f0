import { clip, huberLocation, weightedHuberLocation } from "../stats/huber";
import { normalQuantile } from "../stats/normal";
import { quantile, sorted } from "../stats/quantile";
import { differenceLag1, differenceNoise, lag1, MAD_TO_SD, medianAbsolute } from "../stats/spread";
import {
  CLIP_SDS,
  CLOSE_NOISE,
  CORRELATION_PRIOR,
  CORRELATION_PRIOR_POINTS,
  REJECT_SDS,
  WIDE_SHARE,
} from "./constants";
import { part, type Weighed } from "./weighed";

/** The noise of a series around its levels. All in the unit of the values but `correlation`. */
export type Noise = {
  /** Robust sd of a point. */
  scale: number;
  /** Sd of one point's pull on a level estimated with that bound: levels of n independent points have sd `pull` / sqrt(n). */
  pull: number;
  /** Lag-1 autocorrelation, >= 0. */
  correlation: number;
};

/** The noise before any level is known: from differences of neighbours, which steps and spikes hardly touch. */
export function noiseOfDifferences(values: Float64Array, floor: number): Noise {
  const n = values.length;
  const correlation = Math.min(0.9, Math.max(0, (differenceLag1(values) ?? 0) - 2 / Math.sqrt(n)));
  const own = (differenceNoise(values) ?? 0) / Math.sqrt(1 - correlation);
  const scale = own > floor ? own : Math.max(floor, wideScale(differences(values)) / Math.SQRT2);
  return { scale, pull: scale, correlation };
}

/** The noise from the residuals of segments. `ends` as `segment` gives them. */
export function noiseOfResiduals(values: Weighed, ends: number[], before: Noise, floor: number): Noise {
  const residuals = residualsOf(values, ends, before);
  const own = robustScale(residuals, ends.length);
  const scale = own > floor ? own : Math.max(floor, wideScale(residuals));
  const bound = CLIP_SDS * scale;
  let square = 0;
  let inside = 0;
  let counted = 0;
  const clipped = residuals.map((residual) => {
    if (Math.abs(residual) > REJECT_SDS * scale) return 0;
    counted++;
    square += clip(residual, bound) ** 2;
    if (Math.abs(residual) <= bound) inside++;
    return clip(residual, bound);
  });
  const free = Math.max(1, counted - ends.length);
  const pull = Math.max(floor, Math.sqrt(square / free) / Math.max(0.5, inside / Math.max(1, counted)));
  return { scale, pull, correlation: correlationFrom(lag1(clipped) ?? 0, residuals.length, ends.length) };
}

/** Whether a segmentation under one noise serves for the other: on long series the second look changes nothing. */
export function isClose(one: Noise, other: Noise): boolean {
  const ratio = (one.scale * Math.sqrt(longRun(one))) / (other.scale * Math.sqrt(longRun(other)));
  return (
    Math.abs(ratio - 1) <= CLOSE_NOISE && Math.abs(one.pull / one.scale / (other.pull / other.scale) - 1) <= CLOSE_NOISE
  );
}

/** The level of values of one segment, as all comparisons use it (what pages show is the median). */
export function levelOf({ value, root }: Weighed, { scale }: Noise): number {
  const [bound, reject] = [CLIP_SDS * scale, REJECT_SDS * scale];
  return (root ? weightedHuberLocation(value, root, bound, reject) : huberLocation(value, bound, reject)) ?? 0;
}

/** Values minus the level of their segment, in units of a point of the usual weight. */
export function residualsOf(values: Weighed, ends: number[], noise: Noise): Float64Array {
  const { value, root } = values;
  const residuals = new Float64Array(value.length);
  let start = 0;
  for (const end of ends) {
    const level = levelOf(part(values, start, end), noise);
    for (let i = start; i < end; i++) residuals[i] = ((value[i] as number) - level) * (root ? (root[i] as number) : 1);
    start = end;
  }
  return residuals;
}

/** MAD about 0, enlarged for the levels that were fitted. 0 where most residuals are equal. */
function robustScale(residuals: Float64Array, levels: number): number {
  const n = residuals.length;
  const lost = Math.sqrt(n / Math.max(1, n - levels));
  return (medianAbsolute(residuals) ?? 0) * MAD_TO_SD * lost;
}

/**
 * The sd of values most of which are equal (counts, few digits), from the quantile WIDE_SHARE of their sizes instead of the
 * middle one: a value that every fourth point has is noise, not a row of far points. 0 where fewer differ.
 */
function wideScale(values: Float64Array): number {
  return (quantile(values.map(Math.abs), WIDE_SHARE) ?? 0) / normalQuantile((1 + WIDE_SHARE) / 2);
}

function differences(values: Float64Array): Float64Array {
  const steps = new Float64Array(Math.max(0, values.length - 1));
  for (let i = 0; i < steps.length; i++) steps[i] = (values[i + 1] as number) - (values[i] as number);
  return steps;
}

/**
 * An estimate from n points around fitted levels, low by some (levels + 3 r) / n (Kendall 1954), drawn towards what noise of clusters is like: 36 points
 * leave it uncertain by 0.16, and one that is too low makes levels look certain. Negative ones are taken as none, likewise.
 */
function correlationFrom(estimate: number, n: number, levels: number): number {
  const drawn = (n + 3) * estimate + levels + CORRELATION_PRIOR_POINTS * CORRELATION_PRIOR;
  return Math.min(0.9, Math.max(0, drawn / (n + CORRELATION_PRIOR_POINTS)));
}

/** Long-run variance of correlated noise over that of a point. */
export function longRun(noise: Noise): number {
  return (1 + noise.correlation) / (1 - noise.correlation);
}

/**
 * Variance of the mean of n successive points with lag-1 correlation r, over that of a point. 1 / n for r = 0.
 * Exact for a first-order autoregression; the long-run form would deny that three points of a correlated series are three.
 */
export function meanVariance(n: number, r: number): number {
  return (1 + r) / (1 - r) / n - (2 * r * (1 - r ** n)) / (n * n * (1 - r) ** 2);
}

/**
 * Least noise the resolution of the values allows: the smallest step between different values, uniform rounding taken
 * (step / sqrt 12). Heavily rounded series otherwise look free of noise. For series without any noise the smallest jump
 * takes this part, so that any jump that lasts is found.
 */
export function roundingFloor(values: Float64Array): number {
  const ascending = sorted(values);
  const largest = Math.max(Math.abs(ascending[0] ?? 0), Math.abs(ascending.at(-1) ?? 0));
  const same = largest * 1e-12; // what arithmetic on doubles leaves between equal decimals
  let step = Number.POSITIVE_INFINITY;
  for (let i = 1; i < ascending.length; i++) {
    const gap = (ascending[i] as number) - (ascending[i - 1] as number);
    if (gap > same && gap < step) step = gap;
  }
  return step === Number.POSITIVE_INFINITY ? Math.max(same, Number.MIN_VALUE * 1e20) : step / Math.sqrt(12);
}
