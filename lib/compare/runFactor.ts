import { studentTail } from "@/lib/stats/student";
import { weightedMedianInPlace } from "@/lib/stats/weightedMedian";
import { FAMILY_ROWS, SLOW_RUN_P } from "./constants";
import type { Spread } from "./prior";

/** One group of runs (a side, or the history): per row the run's value on the log scale, NaN where it is missing. */
export type Group = { values: readonly Float64Array[]; runs: number };

/** Per run what it did to all rows (NaN where too few rows tell), relative to the group's runs that are not slow. */
export type GroupFactor = { factor: Float64Array; slow: boolean[] };

/** Rounds end when no factor moves by more than this share of a row's sd. */
const CLOSE = 1e-3;

/**
 * The factor of each run of a group: the median over rows of the distance from the row's own mean, rows weighing by
 * `weights` (1 / sd), the means taken anew without the factors until both agree. At least FAMILY_ROWS rows with two runs
 * must have measured a run. `start`: factors that are close already save rounds. Cost O(rows * runs * rounds), at most eight.
 * Source: after Tukey's median polish (1977), with means in rows.
 */
export function groupFactor(group: Group, weights: ArrayLike<number>, start?: Float64Array): Float64Array {
  const rows = group.values.flatMap((row, i) => (countOf(row) >= 2 ? [{ row, weight: weights[i] as number }] : []));
  const factor = Float64Array.from({ length: group.runs }, (_, run) => start?.[run] || 0);
  const close = CLOSE / (rows.reduce((sum, { weight }) => sum + weight, 0) / Math.max(1, rows.length));
  const told = Array.from(factor, (_, run) => rowsWith(rows, run) >= FAMILY_ROWS);
  if (told.filter(Boolean).length < 2) return factor.fill(Number.NaN);
  const means = new Float64Array(rows.length);
  const room = { values: new Float64Array(rows.length), weights: new Float64Array(rows.length) };
  for (let round = 0; round < 8; round++) {
    for (let i = 0; i < rows.length; i++) means[i] = rowMean((rows[i] as { row: Float64Array }).row, factor);
    const next = factor.map((_, run) => (told[run] ? distance(rows, means, run, room) : 0));
    centre(next, told);
    const moved = next.reduce((most, value, run) => Math.max(most, Math.abs(value - (factor[run] as number))), 0);
    factor.set(next);
    if (moved < close) break;
  }
  return factor.map((value, run) => (told[run] ? value : Number.NaN));
}

function rowsWith(rows: readonly { row: Float64Array }[], run: number): number {
  let count = 0;
  for (const { row } of rows) if (!Number.isNaN(row[run])) count++;
  return count;
}

export function countOf(row: ArrayLike<number>): number {
  let count = 0;
  for (let run = 0; run < row.length; run++) if (!Number.isNaN(row[run])) count++;
  return count;
}

/** Mean over the runs that the row has, each without its factor; NaN for none. An unknown factor (NaN) counts as 0. */
export function rowMean(row: ArrayLike<number>, factor: ArrayLike<number>): number {
  let sum = 0;
  let count = 0;
  for (let run = 0; run < row.length; run++) {
    if (Number.isNaN(row[run])) continue;
    sum += (row[run] as number) - (factor[run] || 0);
    count++;
  }
  return sum / count;
}

/** The weighted median over rows of the distance of a run from the row's mean; `values` and `weights` are room to write in. */
function distance(
  rows: readonly { row: Float64Array; weight: number }[],
  means: Float64Array,
  run: number,
  room: { values: Float64Array; weights: Float64Array },
): number {
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const { row, weight } = rows[i] as { row: Float64Array; weight: number };
    const value = row[run] as number;
    if (Number.isNaN(value)) continue;
    room.values[count] = value - (means[i] as number);
    room.weights[count++] = weight;
  }
  return weightedMedianInPlace(room.values.subarray(0, count), room.weights.subarray(0, count)) ?? 0;
}

function centre(factor: Float64Array, counts: readonly boolean[]): void {
  let sum = 0;
  let count = 0;
  counts.forEach((counted, run) => {
    if (!counted) return;
    sum += factor[run] as number;
    count++;
  });
  if (count === 0) return;
  counts.forEach((_, run) => {
    factor[run] = (factor[run] as number) - sum / count;
  });
}

/**
 * Marks slow runs, one after the other, and centres each group on the others: a run of a group of at least three whose
 * distance from the mean of the group's other runs is too large for the variance of all other runs, these being few,
 * together with what is usual (Student's t, the error shared by the runs looked at). Returns the variance of
 * the factors of the remaining runs (of all, unless `mark`) with its degrees of freedom (0: unknown). Changes `factor` in place.
 */
export function separateSlowRuns(
  factors: readonly Float64Array[],
  usual: Spread,
  mark: boolean,
): { groups: GroupFactor[] } & Spread {
  const groups = factors.map((factor) => ({ factor, slow: Array.from(factor, () => false) }));
  const runs = factors.reduce((sum, factor) => sum + countOf(factor), 0);
  for (let step = 0; mark && step < runs; step++) {
    const worst = groups
      .flatMap((group) => group.slow.map((_, run) => ({ group, run, p: slowP(groups, group, run, usual) })))
      .sort((a, b) => a.p - b.p)[0];
    if (!worst || worst.p * runs >= SLOW_RUN_P) break;
    worst.group.slow[worst.run] = true;
  }
  for (const { factor, slow } of groups) {
    centre(
      factor,
      slow.map((isSlow, run) => !isSlow && !Number.isNaN(factor[run])),
    );
  }
  return { groups, ...spreadOf(groups) };
}

/** Variance of the factors of runs that are not slow around the means of their groups, with its df (0: unknown). */
export function spreadOf(groups: readonly GroupFactor[]): Spread {
  const { square, df } = pooled(groups);
  return { variance: df > 0 ? square / df : 0, df };
}

function slowP(groups: readonly GroupFactor[], group: GroupFactor, run: number, usual: Spread): number {
  const value = group.factor[run] as number;
  if (Number.isNaN(value) || group.slow[run]) return 1;
  const without = { factor: group.factor, slow: group.slow.map((slow, other) => slow || other === run) };
  const rest = summary(without);
  const { square, df } = pooled(groups.map((other) => (other === group ? without : other)));
  if (rest.count < 2) return 1;
  const together = df + usual.df;
  const variance = ((square + usual.df * usual.variance) / together) * (1 + 1 / rest.count);
  return 2 * studentTail(Math.abs(value - rest.mean) / Math.sqrt(variance), together);
}

function summary({ factor, slow }: GroupFactor): { mean: number; square: number; count: number } {
  const kept = factor.filter((value, run) => !slow[run] && !Number.isNaN(value));
  const mean = kept.reduce((sum, value) => sum + value, 0) / Math.max(1, kept.length);
  return { mean, square: kept.reduce((sum, value) => sum + (value - mean) ** 2, 0), count: kept.length };
}

function pooled(groups: readonly GroupFactor[]): { square: number; df: number } {
  let square = 0;
  let df = 0;
  for (const group of groups) {
    const one = summary(group);
    square += one.square;
    df += Math.max(0, one.count - 1);
  }
  return { square, df };
}
