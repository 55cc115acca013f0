import { studentTail } from "@/lib/stats/student";
import { studentUpper } from "@/lib/stats/studentInverse";
import { CERTAINTY, EQUIVALENCE_ERROR } from "./constants";
import type { Estimate } from "./estimate";
import type { Tails } from "./tails";

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
 * Standard error of the difference of the levels, with `more` runs a side than there are; its degrees of freedom after
 * Satterthwaite. df 0: noise unknown. Tails heavier than the normal's tell in single runs and fade in means of several.
 */
export function errorOf(estimate: Estimate, more = 0): { standardError: number; df: number } {
  const { row, factor, tails, runs } = estimate;
  const perRun = 1 / (runs.baseline + more) + 1 / (runs.contender + more);
  const rowDf = row.df + 2 * more;
  const shape = tails ? faded(tails, rowDf, perRun / 2) : { square: 1, df: rowDf };
  const own = row.variance * perRun * shape.square;
  const shared = factor.variance * (1 / (runs.baselineFactor + more) + 1 / (runs.contenderFactor + more));
  const uncertainty =
    (shape.df > 0 ? own ** 2 / shape.df : 0) + (factor.df > 0 ? shared ** 2 / (factor.df + 2 * more) : 0);
  const df = row.df === 0 || uncertainty === 0 ? 0 : (own + shared) ** 2 / uncertainty;
  return { standardError: Math.sqrt(own + shared), df };
}

/** Squared scale and df of a mean over 1 / share runs: what exceeds the normal shrinks as the kurtosis of a mean does. */
function faded(tails: Tails, df: number, share: number): { square: number; df: number } {
  const excess = Math.max(0, 1 / tails.df - 1 / df) * share;
  return { square: 1 + (tails.scale ** 2 - 1) * share, df: 1 / (1 / df + excess) };
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
    p: Math.min(1, 2 * studentTail(Math.abs(effect) / standardError, df)),
    equivalenceP: tail((Math.abs(effect) - limit) / standardError, df),
    interval: [effect - reach, effect + reach],
    equivalenceInterval: [effect - inner, effect + inner],
  };
}

/** P(T > -t): small where t is far below 0. */
function tail(t: number, df: number): number {
  return t < 0 ? studentTail(-t, df) : 1 - studentTail(t, df);
}
