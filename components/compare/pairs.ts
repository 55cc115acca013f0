import type { Tone } from "@/components/ui/glyph";
import type { Verdict } from "@/lib/compare";
import { verdictTone } from "@/lib/format/comparison";
import { findUnit } from "@/lib/model/units";
import type { CompareMetric, CompareRow } from "@/lib/queries/compare";

/** One case with its rows of two metrics; both have a ratio. */
export type Pair = { across: CompareRow; up: CompareRow };

/** Points of a scatter at most; those without a verdict are left out first. */
export const MOST_PAIRS = 400;

/** The two metrics that a scatter shows: those asked for, else the first of time and the first of memory. */
export function scatterMetrics(
  metrics: readonly CompareMetric[],
  asked: { across: string | null; up: string | null },
): { across: CompareMetric; up: CompareMetric } | null {
  const named = (name: string | null) => metrics.find((one) => one.name === name);
  const of = (dimension: string) => metrics.filter(({ unit }) => findUnit(unit)?.dimension === dimension);
  const across = named(asked.across) ?? of("time").find((one) => one.name !== asked.up) ?? metrics[0];
  const memory = of("bytes").toSorted((a, b) => Number(/peak/.test(b.name)) - Number(/peak/.test(a.name)));
  const up =
    named(asked.up) ?? [...memory, ...metrics].find((one) => one !== across) ?? metrics.find((one) => one !== across);
  return across && up && across !== up ? { across, up } : null;
}

/** Cases with a ratio of both metrics; those with a verdict, and the larger changes, first. */
export function pairsOf(rows: readonly CompareRow[], across: string, up: string): Pair[] {
  const key = (row: CompareRow) =>
    `${row.workloadNumber} ${JSON.stringify(row.params)} ${row.version} ${row.environment}`;
  const others = new Map(rows.filter(({ metric }) => metric === up).map((row) => [key(row), row]));
  const pairs = rows.flatMap((row): Pair[] => {
    const other = row.metric === across ? others.get(key(row)) : undefined;
    return other && row.change !== null && other.change !== null ? [{ across: row, up: other }] : [];
  });
  return pairs
    .map((pair) => ({ pair, called: Number(isCalled(pair.across.verdict) || isCalled(pair.up.verdict)) }))
    .toSorted((a, b) => b.called - a.called || sizeOf(b.pair) - sizeOf(a.pair))
    .map(({ pair }) => pair);
}

const sizeOf = ({ across, up }: Pair) => Math.abs(across.change ?? 0) + Math.abs(up.change ?? 0);

const isCalled = (verdict: Verdict) => verdict !== "unchanged" && verdict !== "inconclusive";

/** How a point is drawn: the worst that was called of either metric, mixed where they disagree. */
export function pairTone({ across, up }: Pair): Tone {
  const called = [across.verdict, up.verdict].filter(isCalled).map(verdictTone);
  if (called.includes("worse") && called.includes("better")) return "mixed";
  const tone = called.find((one) => one === "worse") ?? called.find((one) => one === "better") ?? called[0];
  if (tone) return tone;
  return across.verdict === "unchanged" && up.verdict === "unchanged" ? "same" : "unsure";
}
