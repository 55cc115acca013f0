import { fisherTail } from "@/lib/stats/fisher";
import { CALM_P, DISAGREE_P, FAMILY_ROWS, FEWEST_CALM, FEWEST_PAST, PRIOR_SHARE } from "./constants";
import type { Measured } from "./measured";
import { fitPrior, type Prior, type Spread } from "./prior";
import type { GroupFactor } from "./runFactor";

/** Factors of the runs of each group, with their variance. */
export type Factors = Record<"baseline" | "contender" | "history", GroupFactor> & { spread: Spread };

export function isNoisy(spread: Spread): boolean {
  return spread.df > 0 && spread.variance > 0;
}

export function isExact(spread: Spread): boolean {
  return spread.df > 0 && spread.variance === 0;
}

/** Squares of a row's runs around the mean of their group: of both sides, and of its history. */
export type Parts = { sides: Squares; past: Squares };
type Squares = { square: number; df: number; isEqual: boolean };

/** Of a row without the factors of its runs. */
export function partsOf(row: Measured, factors: Factors): Parts {
  const baseline = squaresOf(row.baseline, factors.baseline.factor);
  const contender = squaresOf(row.contender, factors.contender.factor);
  return { sides: together(baseline, contender), past: squaresOf(row.history, factors.history.factor) };
}

function together(a: Squares, b: Squares): Squares {
  return { square: a.square + b.square, df: a.df + b.df, isEqual: a.isEqual && b.isEqual };
}

/** Squares around the mean, factors removed; `isEqual`: equal values can differ from their mean in the last digit, that is no noise. */
function squaresOf(values: Float64Array, factor: ArrayLike<number>): Squares {
  let first = Number.NaN;
  let isEqual = true;
  let sum = 0;
  let count = 0;
  for (let run = 0; run < values.length; run++) {
    const value = values[run] as number;
    if (Number.isNaN(value)) continue;
    if (count === 0) first = value;
    else if (value !== first) isEqual = false;
    sum += value - (factor[run] || 0);
    count++;
  }
  if (count < 2) return ONE_RUN;
  const mean = sum / count;
  let square = 0;
  for (let run = 0; run < values.length; run++) {
    const value = values[run] as number;
    if (!Number.isNaN(value)) square += (value - (factor[run] || 0) - mean) ** 2;
  }
  return { square, df: count - 1, isEqual };
}

const ONE_RUN: Squares = { square: 0, df: 0, isEqual: true };

/** Noise of a row as all its runs show it. */
export const spreadFrom = ({ sides, past }: Parts): Spread => varianceFrom(together(sides, past));

function varianceFrom({ square, df, isEqual }: Squares): Spread {
  return { variance: isEqual || df === 0 ? 0 : square / df, df };
}

/**
 * A row whose sides disagree among their own runs by more than its history and the prior explain is judged by these runs
 * alone: a spike in one of two or three runs would pass for a change where thirty quiet runs of before vouch for it. One
 * whose sides agree far better than its history does, on the same days (`isMixed`), is judged without the history: runs
 * that were mixed within the hour do not differ by what months brought about. `calm`: what the sides of all rows show.
 */
export function heeding(
  parts: Parts | null,
  spread: Spread,
  { prior, calm, isMixed }: { prior: Prior | null; calm: Prior | null; isMixed: () => boolean },
): Spread {
  if (parts === null || !isNoisy(spread) || parts.sides.df === 0 || parts.past.df < FEWEST_PAST - 1) return spread;
  const past = varianceFrom(parts.past);
  const sides = varianceFrom(parts.sides);
  if (isBeyond(sides, prior ? combined(past, prior) : past)) return sides;
  return isCalm(sides, past) && isMixed() ? (calm ? combined(sides, calm) : sides) : spread;
}

/** Whether the sides agree by far better than the runs of before, with runs enough to tell. */
export const isCalm = (sides: Spread, past: Spread): boolean =>
  sides.df >= FEWEST_CALM &&
  sides.variance > 0 &&
  fisherTail(past.variance / sides.variance, past.df, sides.df) < CALM_P;

/** Whether the sides disagree by more than the runs of before make likely. */
export const isBeyond = (sides: Spread, past: Spread): boolean =>
  sides.df > 0 && past.variance > 0 && fisherTail(sides.variance / past.variance, sides.df, past.df) < DISAGREE_P;

function combined(own: Spread, prior: Prior): Spread {
  const weight = Math.min(prior.df, 1e8);
  const df = weight + own.df;
  return { variance: (weight * prior.variance + own.df * own.variance) / df, df };
}

/** What the sides' own runs show together, without the histories; null where too few rows have runs enough for it. */
export function calmPrior(parts: readonly (Parts | null)[]): Prior | null {
  const sides = parts
    .flatMap((part) => (part && part.sides.df >= FEWEST_CALM ? [varianceFrom(part.sides)] : []))
    .filter(isNoisy);
  return sides.length >= FAMILY_ROWS ? believed(fitPrior(sides)) : null;
}

/** The prior as it is believed. */
export const believed = ({ variance, df }: Prior): Prior => ({ variance, df: PRIOR_SHARE * df });
