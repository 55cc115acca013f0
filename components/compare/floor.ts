import type { CompareRow } from "@/lib/queries/compare";

/** What the runs of a comparison can and cannot show of one metric; relative changes. */
export type Floor = {
  metric: string;
  /** Rows whose noise is known. */
  rows: number;
  /** Of the middle row: 95 of 100 comparisons of equal sides lie within this of no change. */
  quiet: number;
  /** The smallest change that is called in 80 of 100 cases: of the middle row, and of the worst. */
  detectable: number | null;
  worst: { row: CompareRow; detectable: number } | null;
};

/** Per metric, in the order of `metrics`; those of which no row has a ratio and a known noise are left out. */
export function floorsOf(rows: readonly CompareRow[], metrics: readonly string[]): Floor[] {
  return metrics.flatMap((metric) => {
    const known = rows.filter((row) => row.metric === metric && row.change !== null && row.quiet !== null);
    const quiet = middleOf(known.map((row) => row.quiet?.[1] ?? 0));
    if (quiet === null) return [];
    const shown = known
      .flatMap((row) => (row.detectable === null ? [] : [{ row, detectable: row.detectable }]))
      .toSorted((a, b) => a.detectable - b.detectable);
    const detectable = middleOf(shown.map((one) => one.detectable));
    return [{ metric, rows: known.length, quiet, detectable, worst: shown.at(-1) ?? null }];
  });
}

/** The middle value, the larger of two; null without any. */
function middleOf(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
}
