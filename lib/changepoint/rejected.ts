import { median } from "../stats/quantile";
import { chanceOfWeak } from "./chance";
import { FOUND_POINTS, REJECTED_LISTED } from "./constants";
import type { Fit } from "./fit";
import type { Points } from "./points";
import { relativeChange } from "./relativeChange";
import type { Rejected } from "./types";

type Considered = { start: number; split: number; end: number; z: number; why: Rejected["why"] };

/**
 * The splits that were considered and are not told, the strongest first, each place once: less than FOUND_POINTS from a
 * told one, or from a stronger one, they are the same. `outliers` are places of points.
 */
export function describeRejected(points: Points, fit: Fit, outliers: readonly number[]): Rejected[] {
  const spikes = groups(outliers).map((group) => asSplit(fit, group));
  const isSpike = (at: number) => spikes.some((one) => at >= one.split && at <= one.end);
  const removed = fit.removed.filter(({ why, split }) => why !== "short" || !isSpike(split)); // listed as the spike
  const considered: Considered[] = [...removed, ...spikes];
  const listed: Considered[] = [];
  const isTaken = (at: number) =>
    [...fit.ends.slice(0, -1), ...listed.map((one) => one.split)].some((other) => Math.abs(other - at) < FOUND_POINTS);
  for (const one of considered.sort((a, b) => b.z - a.z)) {
    if (listed.length < REJECTED_LISTED && !isTaken(one.split)) listed.push(one);
  }
  return listed.map((one) => describe(points, fit, one));
}

/** Outliers that follow one another. */
function groups(outliers: readonly number[]): { first: number; last: number }[] {
  const found: { first: number; last: number }[] = [];
  for (const at of outliers) {
    const group = found.at(-1);
    if (group && group.last === at - 1) group.last = at;
    else found.push({ first: at, last: at });
  }
  return found;
}

/** Outliers as the level they would be. A level of several points is no outlier: those stand among the removed splits. */
function asSplit(fit: Fit, { first, last }: { first: number; last: number }): Considered {
  const k = fit.ends.findIndex((end) => first < end);
  const start = k > 0 ? (fit.ends[k - 1] as number) : 0;
  const z = first > start ? fit.strengthOf(start, first, last + 1) : 0;
  const isNewest = last + 1 === fit.ends.at(-1); // may be the start of a level
  return { start, split: first, end: last + 1, z, why: isNewest ? "short" : "outlier" };
}

function describe({ value, index }: Points, fit: Fit, { start, split, end, z, why }: Considered): Rejected {
  const before = median(value.subarray(start, split)) ?? 0;
  const after = median(value.subarray(split, end)) ?? 0;
  const isJudged = Math.min(split - start, end - split) >= FOUND_POINTS;
  return {
    index: index[split] as number,
    last: index[end - 1] as number,
    change: relativeChange(before, after),
    difference: after - before,
    z,
    p: isJudged ? chanceOfWeak(z, fit.noise.correlation, value.length) : null,
    why,
  };
}
