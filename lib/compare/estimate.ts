import { FAMILY_ROWS, FEWEST_PAST, MIXED, USUAL_FACTOR, USUAL_FACTOR_DF } from "./constants";
import { apartOf, type DayEffect, type Days, dayEffect, NO_DAY_EFFECT, rescaled } from "./dayEffect";
import type { Measured } from "./measured";
import {
  believed,
  calmPrior,
  type Factors,
  heeding,
  isBeyond,
  isCalm,
  isExact,
  isNoisy,
  partsOf,
  spreadFrom,
} from "./noise";
import { fitPrior, type Prior, type Spread, shrink } from "./prior";
import { drawQuiet, type Quiet, type QuietTail } from "./quiet";
import { Room } from "./room";
import { countOf, type GroupFactor, groupFactor, rowMean, separateSlowRuns, spreadOf } from "./runFactor";

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
  /** What runs of one day have in common, of the row's own noise and of the factor; `apart`: as `apartOf` of the sides. */
  days: { row: DayEffect; factor: DayEffect; apart: number };
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

/**
 * Levels and noise of rows of one metric and environment, all on the same scale. `together` says whether rows lend each
 * other their noise and tell the factors of the runs (logs); otherwise each stands alone (plain scale).
 */
export function estimateGroup(rows: readonly Measured[], together: boolean, days: Days | null = null): GroupEstimate {
  const none = noFactors(rows);
  const own = rows.map((row) => spreadFrom(partsOf(row, none)));
  const noisy = rows.filter((_, i) => isNoisy(own[i] as Spread));
  const isFamily = together && noisy.length >= FAMILY_ROWS;
  const factors = isFamily ? findFactors(noisy, own.filter(isNoisy), { none, days }) : none;
  const parts = rows.map((row, i) => (isNoisy(own[i] as Spread) ? partsOf(row, factors) : null));
  const cleaned = parts.map((part, i) => (part ? spreadFrom(part) : (own[i] as Spread)));
  const prior = isFamily ? believed(fitPrior(cleaned.filter(isNoisy))) : null;
  const calm = isFamily ? calmPrior(parts) : null;
  const lent = prior ? lend(cleaned, prior) : cleaned;
  const spreads = lent.map((one, i) =>
    heeding(parts[i] ?? null, one, { prior, calm, isMixed: () => isMixed(rows[i] as Measured, days) }),
  );
  const histories = cleanHistories(rows, factors);
  const daysOf = days ? daysOfRows(days, dayEffects({ rows, histories, spreads, factors, days })) : () => NO_DAYS;
  return {
    rows: rows.map((row, i) =>
      estimate(row, {
        spread: spreads[i] as Spread,
        factors: isExact(own[i] as Spread) ? none : factors,
        days: daysOf(row),
      }),
    ),
    quiet: prior && rows.some(isSingle) ? drawn(histories, own, prior) : null,
    baseline: factors.baseline,
    contender: factors.contender,
  };
}

/** Comparisons of single runs are held against what the histories show; others need no picture of it. */
const isSingle = ({ counts }: Measured) => Math.min(counts.baseline.runs, counts.contender.runs) === 1;

/** From the histories of rows that vary. */
function drawn(histories: readonly Float64Array[], own: readonly Spread[], prior: Prior): Quiet | null {
  return drawQuiet(
    histories.map((history, i) => (isNoisy(own[i] as Spread) ? history : NONE)),
    prior,
  );
}

/** Rows without variance stand apart: they neither shape the prior nor are drawn towards it. */
function lend(spreads: readonly Spread[], prior: Prior): Spread[] {
  const open = spreads.filter((one) => !isExact(one));
  const shrunk = shrink(open, prior);
  let next = 0;
  return spreads.map((one) => (isExact(one) ? one : (shrunk[next++] as Spread)));
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
function findFactors(
  rows: readonly Measured[],
  own: readonly Spread[],
  { none, days }: { none: Factors; days: Days | null },
): Factors {
  const first = factorsGiven(rows, own, { start: none, days });
  const cleaned = rows
    .map((row) => spreadFrom(partsOf(row, first)))
    .map((one, i) => (isNoisy(one) ? one : (own[i] as Spread)));
  return factorsGiven(rows, cleaned, { start: first, days });
}

/** `start`: where the search for the factors begins. */
function factorsGiven(
  rows: readonly Measured[],
  spreads: readonly Spread[],
  { start, days }: { start: Factors; days: Days | null },
): Factors {
  const prior = fitPrior(spreads);
  const weights = shrink(spreads, prior).map((one) => 1 / Math.sqrt(one.variance));
  const found = GROUPS.map((name) => {
    const { factor } = start[name];
    const runs = factor.length;
    return groupFactor({ values: rows.map((row) => padded(row[name], runs)), runs }, weights, factor);
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
  const sides = spreadOf([baseline, contender]);
  const past = spreadOf([history]);
  const areMixed = isMixed({ baseline: baseline.factor, contender: contender.factor }, days);
  const isHeeded = past.df >= FEWEST_PAST - 1 && (isBeyond(sides, past) || (isCalm(sides, past) && areMixed));
  return { baseline, contender, history, spread: isHeeded ? sides : { variance, df } };
}

/** Whether both sides ran on the same days; false where days are not known. */
const isMixed = (sides: Pick<Measured, "baseline" | "contender">, days: Days | null): boolean =>
  days !== null && apartOf(sides, days) <= MIXED;

function padded(values: Float64Array, length: number): Float64Array {
  if (values.length === length) return values;
  const all = new Float64Array(length).fill(Number.NaN);
  all.set(values);
  return all;
}

const NONE = new Float64Array(0);

/** Histories of all rows without the factors of their runs. */
function cleanHistories(rows: readonly Measured[], { history: { factor } }: Factors): Float64Array[] {
  if (factor.every(Number.isNaN)) return rows.map(({ history }) => history);
  const room = new Room();
  return rows.map(({ history }) => {
    const cleaned = room.take(history.length);
    for (let run = 0; run < cleaned.length; run++) cleaned[run] = (history[run] as number) - (factor[run] || 0);
    return cleaned;
  });
}

const NO_DAYS: Estimate["days"] = { row: NO_DAY_EFFECT, factor: NO_DAY_EFFECT, apart: 0 };

type DaysGiven = {
  rows: readonly Measured[];
  /** Without the factors of their runs. */
  histories: readonly Float64Array[];
  spreads: readonly Spread[];
  factors: Factors;
  days: Days;
};

/** What the histories show of days: of rows without the factors of their runs, and of these factors. */
function dayEffects({ rows, histories, spreads, factors, days }: DaysGiven) {
  const varies = (_: unknown, i: number) => isNoisy(spreads[i] as Spread);
  const known = factors.history.factor.map((factor, run) => (factors.history.slow[run] ? Number.NaN : factor));
  const row = dayEffect(
    histories.filter(varies),
    spreads.filter(isNoisy).map(({ variance }) => variance),
    days.history,
  );
  const factor = dayEffect([known], [factors.spread.variance], days.history);
  const fromSides = dfFromSides(rows.filter(varies));
  return { row: rescaled(row, fromSides), factor: rescaled(factor, fromSides) };
}

/** Days of a row; most rows have all their runs, and lie apart as the others do. */
function daysOfRows(days: Days, effects: ReturnType<typeof dayEffects>): (row: Measured) => Estimate["days"] {
  const isWhole = ({ baseline, contender }: Measured) =>
    countOf(baseline) === days.baseline.length && countOf(contender) === days.contender.length;
  let whole: Estimate["days"] | null = null;
  return (row) => {
    if (!isWhole(row)) return { ...effects, apart: apartOf(row, days) };
    whole ??= { ...effects, apart: apartOf(row, days) };
    return whole;
  };
}

/** Share of the degrees of freedom of all rows that their sides give, not their histories. */
function dfFromSides(rows: readonly Measured[]): number {
  const df = (values: Float64Array) => Math.max(0, countOf(values) - 1);
  const sides = rows.reduce((sum, { baseline, contender }) => sum + df(baseline) + df(contender), 0);
  const past = rows.reduce((sum, { history }) => sum + df(history), 0);
  return sides + past > 0 ? sides / (sides + past) : 0;
}

function estimate(
  row: Measured,
  { spread, factors, days }: { spread: Spread; factors: Factors; days: Estimate["days"] },
): Omit<Estimate, "quiet"> {
  return {
    baseline: rowMean(row.baseline, factors.baseline.factor),
    contender: rowMean(row.contender, factors.contender.factor),
    row: spread,
    factor: factors.spread,
    days,
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
  for (let run = 0; run < values.length; run++) if (!Number.isNaN(values[run]) && !slow[run]) count++;
  return Math.max(1, count);
}
