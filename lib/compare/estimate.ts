import { FAMILY_ROWS, USUAL_FACTOR, USUAL_FACTOR_DF } from "./constants";
import type { Measured } from "./measured";
import { fitPrior, type Prior, type Spread, shrink } from "./prior";
import { drawQuiet, type Quiet, type QuietTail } from "./quiet";
import { countOf, type GroupFactor, groupFactor, rowMean, separateSlowRuns } from "./runFactor";

/** A row's two levels on its scale, and how far their difference can be trusted. */
export type Estimate = {
  baseline: number;
  contender: number;
  /** Of a run of this row alone, drawn towards the family; df 0: unknown. Variance 0 with df > 0: no noise at all. */
  row: Spread;
  /** Of the factor that a run lays on all rows; df 0: none known. */
  factor: Spread;
  /** Chances of sizes, in standard errors, by which single runs of one level differ, as the histories show them; null: unknown. */
  quiet: QuietTail | null;
  /** Runs a side; for the factor those that are not slow. */
  runs: { baseline: number; contender: number; baselineFactor: number; contenderFactor: number };
};

/** Estimates of the rows of one metric and environment, in their order, and the factors of the runs of both sides. */
export type GroupEstimate = {
  rows: Omit<Estimate, "quiet">[];
  /** What its histories show of comparisons without a change; null: too little. */
  quiet: Quiet | null;
  baseline: GroupFactor;
  contender: GroupFactor;
};

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
  return {
    rows: rows.map((row, i) => estimate(row, spreads[i] as Spread, isExact(own[i] as Spread) ? none : factors)),
    quiet: prior && rows.some(isSingle) ? drawn(rows, own, factors, prior) : null,
    baseline: factors.baseline,
    contender: factors.contender,
  };
}

/** Comparisons of single runs are held against what the histories show; others need no picture of it. */
const isSingle = ({ counts }: Measured) => Math.min(counts.baseline.runs, counts.contender.runs) === 1;

function drawn(rows: readonly Measured[], own: readonly Spread[], factors: Factors, prior: Prior): Quiet | null {
  return drawQuiet(
    rows.map((row, i) => quietHistory(row, own[i] as Spread, factors)),
    prior,
  );
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
  let first = Number.NaN;
  for (const value of values) {
    if (Number.isNaN(first)) first = value;
    else if (!Number.isNaN(value) && value !== first) return false;
  }
  return true;
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

/**
 * Factors of all runs from the rows that vary. Rows weigh by their sd, itself drawn towards the others': first as it is,
 * then without the factors found, for a slow run makes every row look noisy.
 */
function findFactors(rows: readonly Measured[], own: readonly Spread[], none: Factors): Factors {
  const first = factorsGiven(rows, own, none);
  const cleaned = rows.map((row) => ownSpread(row, first)).map((one, i) => (isNoisy(one) ? one : (own[i] as Spread)));
  return factorsGiven(rows, cleaned, none);
}

function factorsGiven(rows: readonly Measured[], spreads: readonly Spread[], none: Factors): Factors {
  const prior = fitPrior(spreads);
  const weights = shrink(spreads, prior).map((one) => 1 / Math.sqrt(one.variance));
  const found = GROUPS.map((name) => {
    const runs = none[name].factor.length;
    return groupFactor({ values: rows.map((row) => padded(row[name], runs)), runs }, weights);
  });
  const usual = { variance: USUAL_FACTOR ** 2 * prior.variance, df: USUAL_FACTOR_DF };
  const all = separateSlowRuns(
    found.map((factor) => factor.slice()),
    usual,
    false,
  );
  const kept = separateSlowRuns(found, usual, true);
  const [baseline, contender, history] = kept.groups as [GroupFactor, GroupFactor, GroupFactor];
  // Where a side has too few runs to show a slow one, a slow one must be reckoned with.
  const canTell = [baseline, contender].every(({ factor }) => countOf(factor) >= 3);
  const { variance, df } = canTell ? kept : all;
  return { baseline, contender, history, spread: { variance, df } };
}

function padded(values: Float64Array, length: number): Float64Array {
  if (values.length === length) return values;
  const all = new Float64Array(length).fill(Number.NaN);
  all.set(values);
  return all;
}

const NONE = new Float64Array(0);

/** History of a row that varies, without the factors of its runs; empty for others. */
function quietHistory({ history }: Measured, own: Spread, factors: Factors): Float64Array {
  if (!isNoisy(own)) return NONE;
  const { factor } = factors.history;
  return factor.every(Number.isNaN) ? history : history.map((value, run) => value - (factor[run] || 0));
}

function estimate(row: Measured, spread: Spread, factors: Factors): Omit<Estimate, "quiet"> {
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
