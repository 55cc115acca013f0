import { studentUpper } from "@/lib/stats/studentInverse";
import { CERTAINTY } from "./constants";
import type { ComparedRow, Verdict } from "./types";

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
  /** 95 % interval of it; null for fewer than two pairs. */
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
 * What a page says in one sentence. Every row weighs the same. The interval of a geometric mean holds for the cases as a
 * sample of cases like these (Student's t over the logs of their ratios): it says how far the mean would move with other
 * cases, and the noise of each row is part of that; a factor of the runs common to all rows is not.
 */
export function summarise(rows: readonly ComparedRow[]): Summary {
  const counts = { regressions: 0, improvements: 0, unchanged: 0, inconclusive: 0, rose: 0, fell: 0 };
  const metrics = new Map<string, (number | null)[]>();
  for (const row of rows) {
    counts[COUNTED[row.verdict]]++;
    const changes = metrics.get(row.metric);
    if (changes) changes.push(row.change);
    else metrics.set(row.metric, [row.change]);
  }
  return { total: rows.length, ...counts, metrics: [...metrics].map(([metric, changes]) => overall(metric, changes)) };
}

function overall(metric: string, changes: readonly (number | null)[]): MetricSummary {
  const logs = changes.flatMap((change) => (change === null ? [] : [Math.log1p(change)]));
  const pairs = logs.length;
  const leftOut = changes.length - pairs;
  if (pairs === 0) return { metric, pairs, leftOut, change: null, interval: null };
  const mean = logs.reduce((sum, log) => sum + log, 0) / pairs;
  if (pairs === 1) return { metric, pairs, leftOut, change: Math.expm1(mean), interval: null };
  const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (pairs - 1);
  const reach = studentUpper((1 - CERTAINTY) / 2, pairs - 1) * Math.sqrt(variance / pairs);
  const interval = [Math.expm1(mean - reach), Math.expm1(mean + reach)] as const;
  return { metric, pairs, leftOut, change: Math.expm1(mean), interval };
}
