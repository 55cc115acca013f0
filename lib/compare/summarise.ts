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
  metrics: MetricSummary[];
};

export type MetricSummary = {
  metric: string;
  /** Rows with a ratio, and rows without one (a side without runs, or values that are not all above 0). */
  pairs: number;
  leftOut: number;
  /** Geometric mean of contender / baseline over the pairs, minus 1; null without pairs. */
  change: number | null;
  /** 95 % interval of it; null where the noise of a pair is unknown. */
  interval: readonly [number, number] | null;
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
 * rows that are each doubtful can be certain together.
 */
export function summarise(rows: readonly ComparedRow[]): Summary {
  const counts = { regressions: 0, improvements: 0, unchanged: 0, inconclusive: 0, rose: 0, fell: 0 };
  const metrics = new Map<string, ComparedRow[]>();
  for (const row of rows) {
    counts[COUNTED[row.verdict]]++;
    const others = metrics.get(row.metric);
    if (others) others.push(row);
    else metrics.set(row.metric, [row]);
  }
  return { total: rows.length, ...counts, metrics: [...metrics].map(([metric, all]) => overall(metric, all)) };
}

function overall(metric: string, rows: readonly ComparedRow[]): MetricSummary {
  const complete = rows.filter((row) => row.change !== null);
  const pairs = complete.length;
  const leftOut = rows.length - pairs;
  if (pairs === 0) return { metric, pairs, leftOut, change: null, interval: null };
  const mean = complete.reduce((sum, row) => sum + Math.log1p(row.change as number), 0) / pairs;
  return { metric, pairs, leftOut, change: Math.expm1(mean), interval: intervalOf(mean, complete) };
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
