import type { FamilyRow } from "./types";

/** Days by place as small numbers, -1 where a run's day is not known. */
export type Days = Record<"baseline" | "contender" | "history", Int32Array>;

/** The days of a row; null where none are given. Equal texts are one day, on either side. */
export function daysOf({ days }: FamilyRow): Days | null {
  if (!days) return null;
  const numbers = new Map<string, number>();
  const numbered = (all: readonly (string | null)[]) =>
    Int32Array.from(all, (day) => {
      if (day === null) return -1;
      const known = numbers.get(day) ?? numbers.size;
      numbers.set(day, known);
      return known;
    });
  return {
    baseline: numbered(days.baseline),
    contender: numbered(days.contender),
    history: numbered(days.history),
  };
}

/**
 * Share of the variance of a run that runs of one day have in common, with the degrees of freedom between days. `scale`: what
 * the estimated variance is to be multiplied with, see `rescaled`.
 */
export type DayEffect = { share: number; df: number; scale: number };
export const NO_DAY_EFFECT: DayEffect = { share: 0, df: 0, scale: 1 };

/**
 * A variance that is estimated from the history and the sides together is too small where a side's runs are of one day: they
 * show what differs within it. `fromSides`: the share of the degrees of freedom that the sides gave.
 */
export function rescaled(effect: DayEffect, fromSides: number): DayEffect {
  return { ...effect, scale: 1 / (1 - Math.min(0.9, fromSides * effect.share)) };
}

/**
 * The intraclass correlation of days, 0 or more, by the analysis of variance of one way, pooled over rows that each weigh by
 * 1 / `variances`: how much of a run's noise is its day's. `rows` by place, NaN where missing. NO_DAY_EFFECT where no day
 * has two runs, or all are of one day. O(rows * runs). Source: Searle, Casella & McCulloch 1992, section 3.6.
 */
export function dayEffect(rows: readonly Float64Array[], variances: readonly number[], days: Int32Array): DayEffect {
  const sum = { between: 0, within: 0, dfBetween: 0, dfWithin: 0, sizes: 0, rows: 0 };
  const room = byDay(days);
  rows.forEach((row, i) => {
    const one = oneWay(row, days, room);
    const variance = variances[i] as number;
    if (one === null || !(variance > 0)) return;
    sum.between += one.between / variance;
    sum.within += one.within / variance;
    sum.dfBetween += one.days - 1;
    sum.dfWithin += one.runs - one.days;
    sum.sizes += (one.runs - one.squares / one.runs) / (one.days - 1);
    sum.rows++;
  });
  if (sum.rows === 0 || !(sum.within > 0)) return NO_DAY_EFFECT;
  const ratio = sum.between / sum.dfBetween / (sum.within / sum.dfWithin);
  const excess = Math.max(0, ratio - 1);
  return { share: excess / (excess + sum.sizes / sum.rows), df: sum.dfBetween, scale: 1 };
}

/** Room for a sum and a count per day, used by one row after the other. */
function byDay(days: Int32Array) {
  const most = days.reduce((largest, day) => Math.max(largest, day + 1), 0);
  return { sums: new Float64Array(most), counts: new Int32Array(most) };
}

/** Sums of squares between and within days; null without two days and a day with two runs. */
function oneWay(row: Float64Array, days: Int32Array, { sums, counts }: ReturnType<typeof byDay>) {
  sums.fill(0);
  counts.fill(0);
  let total = 0;
  let square = 0;
  let runs = 0;
  for (let run = 0; run < row.length; run++) {
    const [value, day] = [row[run] as number, days[run] ?? -1];
    if (Number.isNaN(value) || day < 0) continue;
    sums[day] = (sums[day] as number) + value;
    counts[day] = (counts[day] as number) + 1;
    total += value;
    square += value * value;
    runs++;
  }
  let seen = 0;
  let means = 0;
  let squares = 0;
  for (let day = 0; day < sums.length; day++) {
    const count = counts[day] as number;
    if (count === 0) continue;
    seen++;
    means += (sums[day] as number) ** 2 / count;
    squares += count ** 2;
  }
  if (seen < 2 || runs === seen) return null;
  return { between: means - total ** 2 / runs, within: Math.max(0, square - means), days: seen, runs, squares };
}

/**
 * How far the days of two sides lie apart: the sum over days of the squared difference of their shares of the runs. 0 where
 * both ran on the same days equally often, 2 where each ran on one of its own; 1 / days of each where they share none.
 */
export function apartOf(row: { baseline: Float64Array; contender: Float64Array }, days: Days): number {
  const shares = new Map<number, number>();
  let alone = 0;
  for (const [side, sign] of [
    ["baseline", 1],
    ["contender", -1],
  ] as const) {
    const values = row[side];
    let count = 0;
    for (const value of values) if (!Number.isNaN(value)) count++;
    values.forEach((value, run) => {
      if (Number.isNaN(value)) return;
      const day = days[side][run] ?? -1;
      // A run of an unknown day is one of its own.
      if (day < 0) alone += 1 / count ** 2;
      else shares.set(day, (shares.get(day) ?? 0) + sign / count);
    });
  }
  let sum = alone;
  for (const share of shares.values()) sum += share ** 2;
  return sum;
}
