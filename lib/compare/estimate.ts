import { FAMILY_ROWS } from "./constants";
import type { Measured } from "./measured";
import { fitPrior, type Prior, type Spread, shrink } from "./prior";
import { countOf, type GroupFactor, groupFactor, rowMean, separateSlowRuns } from "./runFactor";
import { fitTails, type Tails } from "./tails";

/** A row's two levels on its scale, and how far their difference can be trusted. */
export type Estimate = {
  baseline: number;
  contender: number;
  /** Of a run of this row alone, drawn towards the family; df 0: unknown. Variance 0 with df > 0: no noise at all. */
  row: Spread;
  /** Of the factor that a run lays on all rows; df 0: none known. */
  factor: Spread;
  /** Shape of the noise as the histories show it; null: taken as normal. */
  tails: Tails | null;
  /** Runs a side; for the factor those that are not slow. */
  runs: { baseline: number; contender: number; baselineFactor: number; contenderFactor: number };
};

/** Estimates of the rows of one metric and environment, in their order, and the factors of the runs of both sides. */
export type GroupEstimate = { rows: Estimate[]; baseline: GroupFactor; contender: GroupFactor };

const GROUPS = ["baseline", "contender", "history"] as const;
type GroupName = (typeof GROUPS)[number];
type Factors = Record<GroupName, GroupFactor> & { spread: Spread };

/**
 * Levels and noise of rows of one metric and environment, all on the same scale. `together` says whether rows lend each
 * other their noise and tell the factors of the runs (logs); otherwise each stands alone (plain scale).
 */
export function estimateGroup(rows: readonly Measured[], together: boolean): GroupEstimate {
  const none = noFactors(rows);
  const own = rows.map((row) => ownSpread(row, none));
  const noisy = rows.filter((_, i) => isNoisy(own[i] as Spread));
  const isFamily = together && noisy.length >= FAMILY_ROWS;
  const factors = isFamily ? findFactors(noisy, own.filter(isNoisy), none) : none;
  const cleaned = rows.map((row, i) => (isNoisy(own[i] as Spread) ? ownSpread(row, factors) : (own[i] as Spread)));
  const prior = isFamily ? fitPrior(cleaned.filter(isNoisy)) : null;
  const spreads = prior ? lend(cleaned, prior) : cleaned;
  const tails =
    prior &&
    fitTails(
      noisy.map((row) => withoutFactor(row.history, factors.history.factor)),
      prior,
    );
  return {
    rows: rows.map((row, i) => ({
      ...estimate(row, spreads[i] as Spread, isExact(own[i] as Spread) ? none : factors),
      tails,
    })),
    baseline: factors.baseline,
    contender: factors.contender,
  };
}

function isNoisy(spread: Spread): boolean {
  return spread.df > 0 && spread.variance > 0;
}

function isExact(spread: Spread): boolean {
  return spread.df > 0 && spread.variance === 0;
}

/** Rows without variance stand apart: they neither shape the prior nor are drawn towards it. */
function lend(spreads: readonly Spread[], prior: Prior): Spread[] {
  const open = spreads.filter((one) => !isExact(one));
  const shrunk = shrink(open, prior);
  let next = 0;
  return spreads.map((one) => (isExact(one) ? one : (shrunk[next++] as Spread)));
}

/** Variance of a row's runs around the mean of their group, both sides and the history together, factors removed. */
function ownSpread(row: Measured, factors: Factors): Spread {
  let square = 0;
  let df = 0;
  for (const name of GROUPS) {
    const { factor } = factors[name];
    const mean = rowMean(row[name], factor);
    row[name].forEach((value, run) => {
      if (!Number.isNaN(value)) square += (value - (factor[run] || 0) - mean) ** 2;
    });
    df += Math.max(0, countOf(row[name]) - 1);
  }
  // Equal values can differ from their mean in the last digit: that is no noise.
  const isEqual = GROUPS.every((name) => allEqual(row[name]));
  return { variance: isEqual || df === 0 ? 0 : square / df, df };
}

function allEqual(values: Float64Array): boolean {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.every((value) => value === known[0]);
}

function noFactors(rows: readonly Measured[]): Factors {
  const none = (name: GroupName): GroupFactor => {
    const runs = rows.reduce((most, row) => Math.max(most, row[name].length), 0);
    return { factor: new Float64Array(runs).fill(Number.NaN), slow: new Array<boolean>(runs).fill(false) };
  };
  return {
    baseline: none("baseline"),
    contender: none("contender"),
    history: none("history"),
    spread: { variance: 0, df: 0 },
  };
}

/** Factors of all runs from the rows that vary. Rows weigh by their sd, itself drawn towards the others'. */
function findFactors(rows: readonly Measured[], own: readonly Spread[], none: Factors): Factors {
  const weights = shrink(own, fitPrior(own)).map((one) => 1 / Math.sqrt(one.variance));
  const found = GROUPS.map((name) => {
    const runs = none[name].factor.length;
    return groupFactor({ values: rows.map((row) => padded(row[name], runs)), runs }, weights);
  });
  // A weighted median of K normal values is known with pi / 2 times the variance of their weighted mean.
  const floor = ((Math.PI / 2) * rows.length) / weights.reduce((sum, weight) => sum + weight, 0) ** 2;
  const all = separateSlowRuns(
    found.map((factor) => factor.slice()),
    floor,
    false,
  );
  const kept = separateSlowRuns(found, floor, true);
  const [baseline, contender, history] = kept.groups as [GroupFactor, GroupFactor, GroupFactor];
  // Where a side has too few runs to show a slow one, a slow one must be reckoned with.
  const canTell = [baseline, contender].every(({ factor }) => countOf(factor) >= 3);
  const { variance, df } = canTell ? kept : all;
  return { baseline, contender, history, spread: { variance, df } };
}

function padded(values: Float64Array, length: number): Float64Array {
  const all = new Float64Array(length).fill(Number.NaN);
  all.set(values);
  return all;
}

function withoutFactor(values: Float64Array, factor: Float64Array): Float64Array {
  return values.map((value, run) => value - (factor[run] || 0));
}

function estimate(row: Measured, spread: Spread, factors: Factors): Omit<Estimate, "tails"> {
  return {
    baseline: rowMean(row.baseline, factors.baseline.factor),
    contender: rowMean(row.contender, factors.contender.factor),
    row: spread,
    factor: factors.spread,
    runs: {
      baseline: countOf(row.baseline),
      contender: countOf(row.contender),
      baselineFactor: factorRuns(row.baseline, factors.baseline),
      contenderFactor: factorRuns(row.contender, factors.contender),
    },
  };
}

/** Runs whose factor is one draw among others. If all of a row's runs are slow, one must do. */
function factorRuns(values: Float64Array, { slow }: GroupFactor): number {
  let count = 0;
  values.forEach((value, run) => {
    if (!Number.isNaN(value) && !slow[run]) count++;
  });
  return Math.max(1, count);
}
