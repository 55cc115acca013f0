import { studentUpper } from "@/lib/stats/studentInverse";
import { CERTAINTY } from "./constants";
import { addVariances } from "./judge";
import type { ComparedRow, Variance, Verdict } from "./types";

/** Counts of the verdicts, and per metric how everything moved together. */
export type Summary = Record<
  "regressions" | "improvements" | "unchanged" | "inconclusive" | "rose" | "fell",
  number
> & {
  total: number;
  /** Of the inconclusive ones: those that wait for their planned runs. */
  open: number;
  metrics: MetricSummary[];
};

/** Why a pair has no place in the mean: a row without a ratio, or a case that is not on both sides. */
export type LeftOut = "no ratio" | "missing" | "failed" | "skipped" | "new" | "version";

/** A case that is on one side only: why, and the metrics that it takes out; none: it has no value on either side. */
export type LeftOutCase = { kind: Exclude<LeftOut, "no ratio">; leftOut: readonly string[] };

/** How the rows of one metric moved together. */
export type Overall = {
  /** Rows with a ratio. */
  pairs: number;
  /** Geometric mean of contender / baseline over the pairs, minus 1; null without pairs. */
  change: number | null;
  /** 95 % interval of it; null where the noise of a pair is unknown. */
  interval: readonly [number, number] | null;
};

export type MetricSummary = Overall & {
  metric: string;
  /** Pairs that the mean lacks, and why: rows without a ratio, and cases on one side only. */
  leftOut: number;
  leftOutBy: Partial<Record<LeftOut, number>>;
};

const COUNTED = {
  regression: "regressions",
  improvement: "improvements",
  unchanged: "unchanged",
  inconclusive: "inconclusive",
  rose: "rose",
  fell: "fell",
} as const satisfies Record<Verdict, keyof Summary>;

/**
 * What a page says in one sentence. Every row weighs the same. The interval is that of the mean over these cases: the
 * noise of each row (independent of the others') and the factors of the runs (shared within a metric and environment);
 * rows that are each doubtful can be certain together. `others`: cases that are on one side only, counted as left out.
 */
export function summarise(rows: readonly ComparedRow[], others: readonly LeftOutCase[] = []): Summary {
  const counts = { regressions: 0, improvements: 0, unchanged: 0, inconclusive: 0, rose: 0, fell: 0 };
  for (const row of rows) counts[COUNTED[row.verdict]]++;
  const metrics = grouped(rows, ({ metric }) => metric);
  return {
    total: rows.length,
    ...counts,
    open: rows.filter(({ open }) => open).length,
    metrics: [...metrics].map(([metric, all]) => ({ metric, ...overall(all), ...leftOutOf(metric, all, others) })),
  };
}

/** As `Summary.metrics`, for each group of rows that `keyOf` makes: workloads, environments, variants. Groups in order of their first row. */
export function overallBy<Row extends ComparedRow>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Map<string, Overall> {
  return new Map([...grouped(rows, keyOf)].map(([key, all]) => [key, overall(all)]));
}

function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const others = groups.get(key);
    if (others) others.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

function leftOutOf(metric: string, rows: readonly ComparedRow[], others: readonly LeftOutCase[]) {
  const leftOutBy: MetricSummary["leftOutBy"] = {};
  const add = (why: LeftOut) => {
    leftOutBy[why] = (leftOutBy[why] ?? 0) + 1;
  };
  for (const { change } of rows) if (change === null) add("no ratio");
  for (const { kind, leftOut } of others) if (leftOut.length === 0 || leftOut.includes(metric)) add(kind);
  return { leftOut: Object.values(leftOutBy).reduce((sum, count) => sum + count, 0), leftOutBy };
}

function overall(rows: readonly ComparedRow[]): Overall {
  const complete = rows.filter((row) => row.change !== null);
  const pairs = complete.length;
  if (pairs === 0) return { pairs, change: null, interval: null };
  const mean = complete.reduce((sum, row) => sum + Math.log1p(row.change as number), 0) / pairs;
  return { pairs, change: Math.expm1(mean), interval: intervalOf(mean, complete) };
}

function intervalOf(mean: number, rows: readonly ComparedRow[]): readonly [number, number] | null {
  if (rows.some((row) => row.variance === null && !row.exact)) return null;
  const { variance, df } = addVariances(partsOf(rows));
  if (variance > 0 && !(df > 0)) return null;
  const reach = variance > 0 ? studentUpper((1 - CERTAINTY) / 2, df) * Math.sqrt(variance) : 0;
  return [Math.expm1(mean - reach), Math.expm1(mean + reach)];
}

/** Variances that add up to that of the mean: each row's own, and one for the runs of each environment. */
function partsOf(rows: readonly ComparedRow[]): Variance[] {
  const own: Variance[] = [];
  const shared = new Map<string, Variance[]>();
  for (const { variance, environment = "" } of rows) {
    if (variance === null) continue;
    own.push({ variance: variance.own.variance / rows.length ** 2, df: variance.own.df });
    const others = shared.get(environment);
    if (others) others.push(variance.shared);
    else shared.set(environment, [variance.shared]);
  }
  const runs = [...shared.values()].map((parts) => {
    // The same factors move all these rows: their sds add up, not their variances.
    const sd = parts.reduce((sum, part) => sum + Math.sqrt(part.variance), 0) / rows.length;
    return { variance: sd ** 2, df: (parts[0] as Variance).df };
  });
  return [...own, ...runs];
}
