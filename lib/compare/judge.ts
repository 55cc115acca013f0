import { studentTail } from "@/lib/stats/student";
import { studentUpper } from "@/lib/stats/studentInverse";
import { CERTAINTY, EQUIVALENCE_ERROR } from "./constants";
import type { DayEffect } from "./dayEffect";
import type { Estimate } from "./estimate";
import type { Spread } from "./prior";
import { quietShare } from "./quiet";

/** What the noise makes of a row's difference, on the row's scale. */
export type Test = {
  /** contender - baseline: the log of the ratio on the log scale. */
  effect: number;
  standardError: number;
  df: number;
  p: number;
  /** The larger p of the two one-sided tests against -limit and +limit. */
  equivalenceP: number;
  interval: readonly [number, number];
  /** The interval that must lie within the smallest effect. */
  equivalenceInterval: readonly [number, number];
};

/**
 * Variance of the difference of the levels, with `more` runs a side than there are: the row's own, and what the factors
 * of the runs lay on all rows of the metric and environment; each with its degrees of freedom (0: not known). What runs of
 * one day share does not become less with the runs of that day: it counts by how far the days of the sides lie apart, and never
 * less than if each run had a day of its own, for sides mixed in time are not to rest on how well days are known.
 */
export function varianceOf({ row, factor, days, runs }: Estimate, more = 0): { own: Spread; shared: Spread } {
  const apart = days.apart * ((runs.baseline + runs.contender) / (runs.baseline + runs.contender + 2 * more));
  const own = 1 / (runs.baseline + more) + 1 / (runs.contender + more);
  const shared = 1 / (runs.baselineFactor + more) + 1 / (runs.contenderFactor + more);
  return {
    own: withDays(row, days.row, { runs: own, apart, more }),
    shared: withDays(factor, days.factor, { runs: shared, apart, more }),
  };
}

function withDays(
  { variance, df }: Spread,
  day: DayEffect,
  { runs, apart, more }: { runs: number; apart: number; more: number },
): Spread {
  const total = variance * day.scale;
  const own = { variance: total * (1 - day.share) * runs, df: df > 0 ? df + 2 * more : 0 };
  if (day.share === 0 || df === 0) return own;
  return addTwo(own, { variance: total * day.share * Math.max(apart, runs), df: day.df });
}

/** Sum of independent variances with its degrees of freedom. Source: Satterthwaite 1946, doi 10.2307/3002019. */
export function addVariances(parts: readonly Spread[]): Spread {
  const variance = parts.reduce((sum, part) => sum + part.variance, 0);
  const uncertainty = parts.reduce((sum, part) => sum + (part.df > 0 ? part.variance ** 2 / part.df : 0), 0);
  return { variance, df: uncertainty > 0 ? variance ** 2 / uncertainty : 0 };
}

/** The same of two: each row asks for it a dozen times. */
function addTwo(a: Spread, b: Spread): Spread {
  const variance = a.variance + b.variance;
  const uncertainty = (a.df > 0 ? a.variance ** 2 / a.df : 0) + (b.df > 0 ? b.variance ** 2 / b.df : 0);
  return { variance, df: uncertainty > 0 ? variance ** 2 / uncertainty : 0 };
}

/** Standard error of the difference of the levels and its degrees of freedom; df 0: noise unknown. */
export function errorOf(estimate: Estimate, more = 0): { standardError: number; df: number } {
  const { own, shared } = varianceOf(estimate, more);
  const { variance, df } = addTwo(own, shared);
  return { standardError: Math.sqrt(variance), df: own.df > 0 ? df : 0 };
}

/** Tests one row; null where the noise is unknown or there is none, or a side has no run. `limit` > 0: the smallest effect on the row's scale. */
export function test(estimate: Estimate, limit: number): Test | null {
  const { standardError, df } = errorOf(estimate);
  const effect = estimate.contender - estimate.baseline;
  if (Number.isNaN(effect) || !(df > 0) || !(standardError > 0)) return null;
  const reach = standardError * studentUpper((1 - CERTAINTY) / 2, df);
  const inner = standardError * studentUpper(EQUIVALENCE_ERROR, df);
  return {
    effect,
    standardError,
    df,
    p: Math.max(
      Math.min(1, 2 * studentTail(Math.abs(effect) / standardError, df)),
      floorOf(estimate, Math.abs(effect) / standardError),
    ),
    equivalenceP: tail((Math.abs(effect) - limit) / standardError, df),
    interval: [effect - reach, effect + reach],
    equivalenceInterval: [effect - inner, effect + inner],
  };
}

/**
 * With one run on a side a spike cannot be told from a change: p is no smaller than the share of quiet comparisons, drawn
 * from the histories, that differ as much.
 */
function floorOf({ runs, quiet }: Estimate, size: number): number {
  return quiet !== null && Math.min(runs.baseline, runs.contender) === 1 ? quietShare(quiet, size) : 0;
}

/** P(T > -t): small where t is far below 0. */
function tail(t: number, df: number): number {
  return t < 0 ? studentTail(-t, df) : 1 - studentTail(t, df);
}
