import { studentTail } from "../stats/student";
import { studentUpper } from "../stats/studentInverse";
import { CERTAINTY, DRIFT_P, DRIFT_POINTS, PLACE_GAIN } from "./constants";
import { detect } from "./detect";
import { type Noise, noiseOfResiduals, roundingFloor } from "./noise";
import { readPoints } from "./points";
import { relativeChange } from "./relativeChange";
import { costOf, fitSlope, type Slope, slopeVariance } from "./slope";
import type { Detection, DetectOptions, PointValue } from "./types";
import { inUnit, unitOf } from "./unit";

/** The sum of small steps over a window of a series, beside the steps that are told there. Indices as in a Detection. */
export type Drift = {
  /** First and last measured point of the window, and how many there are. */
  since: number;
  last: number;
  points: number;
  /** Changepoints after `since` beside which the drift stands: it is what they do not explain. */
  steps: number[];
  /** Changepoints after `since` that a steady drift explains at least as well: it stands in their place. */
  instead: number[];
  /** The level at `since`, in the metric's unit, and what it would be at `last` by the drift alone. */
  before: number;
  after: number;
  /** after / before - 1; null where `before` is 0 or the signs differ. */
  change: number | null;
  /** after - before, in the metric's unit. */
  difference: number;
  /** 95 % interval of the change; of the difference where `change` is null. */
  interval: [number, number];
  /** Chance that a series without drift shows so large a one. */
  p: number;
  /** p at most DRIFT_P, and not under the smallest effect. */
  isTold: boolean;
};

/**
 * Whether a series has drifted since the point at index `since`: the slope that all levels between told steps have in
 * common, over the whole window ('+6 % since 2026.9.0, no single step'). `values` and `options` as for `detect`; `detection`
 * is what it gave for them, if at hand. O(n).
 * null where it cannot be told: fewer than DRIFT_POINTS measured points from `since` on.
 * Method, assumptions and figures: docs/statistics.md, Drift.
 */
export function drift(
  values: readonly PointValue[],
  since: number,
  options: DetectOptions = {},
  detection: Detection = detect(values, options),
): Drift | null {
  const { value, index } = readPoints(values);
  const from = index.findIndex((at) => at >= since);
  if (from < 0 || value.length - from < DRIFT_POINTS) return null;
  const unit = unitOf(value);
  const scaled = unit === 1 ? value : value.map((x) => x / unit);
  const tried = weakestFirst(detection, since).map((at) => index.indexOf(at));
  const { slope, kept } = explain(scaled, from, tried, (detection.noise ?? 0) / unit);
  const before = detection.changepoints.map((one) => index.indexOf(one.index)).filter((at) => at <= from);
  const { change, interval, p } = test(
    slope,
    noiseAround(scaled, from, [...before, ...kept, value.length], slope),
    value.length - before.length - tried.length,
  );
  const isSmall = change !== null && Math.abs(change) < (options.smallestEffect ?? 0);
  return {
    since: index[from] as number,
    last: index.at(-1) as number,
    points: value.length - from,
    steps: kept.map((at) => index[at] as number),
    instead: tried
      .filter((at) => !kept.includes(at))
      .map((at) => index[at] as number)
      .sort((a, b) => a - b),
    before: inUnit(slope.base, unit),
    after: inUnit(slope.base + slope.rise, unit),
    change,
    difference: inUnit(slope.rise, unit),
    interval: change === null ? [inUnit(interval[0], unit), inUnit(interval[1], unit)] : interval,
    p,
    isTold: p <= DRIFT_P && !isSmall,
  };
}

/** The rise over its error: p, and the interval of the change (of the rise, where there is no ratio). */
function test(slope: Slope, noise: Noise, points: number): Pick<Drift, "change" | "interval" | "p"> {
  const free = Math.max(3, ((points - 2) * (1 - noise.correlation)) / (1 + noise.correlation));
  const error = noise.pull * Math.sqrt(slopeVariance(slope, noise.correlation));
  const change = relativeChange(slope.base, slope.base + slope.rise);
  return {
    change,
    interval: intervalOf(slope, change, error * studentUpper((1 - CERTAINTY) / 2, free)),
    p: Math.min(1, Math.max(Number.MIN_VALUE, 2 * studentTail(Math.abs(slope.rise) / error, free))),
  };
}

/** Changepoints within the window, as they are to be tried. */
function weakestFirst({ changepoints }: Detection, since: number): number[] {
  return changepoints
    .filter((one) => one.index > since)
    .sort((a, b) => b.p - a.p)
    .map((one) => one.index);
}

/**
 * The slope, and the steps beside it. A step whose part a slope takes at no higher cost than all steps without a slope (but for PLACE_GAIN) is
 * given up: a ramp is told as steps where it is steep, though no commit made it.
 */
function explain(value: Float64Array, from: number, steps: readonly number[], scale: number) {
  const n = value.length;
  const inOrder = (some: readonly number[]) => [...some].sort((a, b) => a - b);
  const limit = costOf(fitSlope(value, from, [...inOrder(steps), n], true), scale);
  let kept = inOrder(steps);
  for (const step of steps) {
    const without = kept.filter((at) => at !== step);
    if (costOf(fitSlope(value, from, [...without, n]), scale) <= limit + PLACE_GAIN) kept = without;
  }
  return { slope: fitSlope(value, from, [...kept, n]), kept };
}

/** The noise around levels that slope together within the window. */
function noiseAround(value: Float64Array, from: number, ends: number[], slope: Slope): Noise {
  const level = value.map((x, i) => x - (i < from ? 0 : slope.rise * (slope.time[i - from] as number)));
  // A step at `since` itself is none; what stands before the window lies on levels of its own.
  const bounds = [...new Set([...ends, from])].filter((end) => end > 0).sort((a, b) => a - b);
  const floor = roundingFloor(value);
  return noiseOfResiduals(
    { value: level, root: null },
    bounds,
    { scale: slope.scale, pull: slope.scale, correlation: 0 },
    floor,
  );
}

/**
 * From `reach`, the half width of the difference's interval. The level at the start is not known exactly either, and errs
 * against the slope (least squares over one level: variance 1/3, covariance -1/2 of the rise's).
 */
function intervalOf({ base, rise }: Slope, change: number | null, reach: number): [number, number] {
  if (change === null) return [rise - reach, rise + reach];
  const half = (reach / Math.abs(base)) * Math.sqrt(1 + change + (change * change) / 3);
  return [change - half, change + half];
}
