import type { Summary, Verdict } from "@/lib/compare";
import type { Json } from "@/lib/model/words";
import { formatChange, formatInterval, formatP } from "./change";
import { metricInSentence, metricLabel, paramsLabel } from "./name";
import { formatCount, NBSP, plural } from "./number";
import { formatDifference, formatScaled, formatValue, type Scale, scaleFor } from "./unit";
import { toneOf } from "./verdict";

/** Counts of a comparison; those of what is on one side only may be absent (a file has none). */
export type ComparisonCounts = Omit<Summary, "metrics" | "open"> &
  Partial<Record<"open" | "missing" | "failed" | "skipped" | "new" | "version", number>>;

/** What is told of a compared row, by page, terminal and Markdown alike. */
export type ToldRow = {
  workload: string;
  params?: unknown;
  metric: string;
  environment?: string;
  unit?: string;
  verdict: Verdict;
  change: number | null;
  difference: number | null;
  interval: readonly [number, number] | null;
  q: number | null;
  needsRuns: number | null;
  baseline: { value: number | null; runs: number };
  contender: { value: number | null; runs: number };
};

/**
 * The answer in one sentence: "20 of 50 improved, 5 regressed; 17 unchanged, 8 cannot be told". A regression is never left
 * out, the larger number goes first, and what is on one side only is counted at the end.
 */
export function comparisonHeadline(counts: ComparisonCounts): string {
  const { total, regressions, improvements, unchanged, inconclusive, rose, fell, open = 0 } = counts;
  const oneSided = oneSidedWords(counts);
  if (total === 0) return `Nothing could be compared${oneSided && `; ${oneSided}`}`;
  if (open === total)
    return `${formatCount(open)} wait for their runs: intervals only, no verdict yet${oneSided && `; ${oneSided}`}`;
  const moved = [
    { count: improvements, word: "improved" },
    { count: regressions, word: "regressed" },
    { count: rose, word: "rose" },
    { count: fell, word: "fell" },
  ]
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
  const still = [
    ...(unchanged > 0 ? [`${formatCount(unchanged)} unchanged`] : []),
    ...(inconclusive > open ? [`${formatCount(inconclusive - open)} cannot be told`] : []),
    ...(open > 0 ? [`${formatCount(open)} wait for their runs`] : []),
  ].join(", ");
  const first = moved.map(
    ({ count, word }, i) => `${formatCount(count)}${i === 0 ? ` of ${formatCount(total)}` : ""} ${word}`,
  );
  const parts = [first.length > 0 ? first.join(", ") : `None of ${formatCount(total)} moved`, still, oneSided];
  return parts.filter(Boolean).join("; ");
}

/** "1 missing, 2 failed, 1 new": what could not be compared, by case; "" for none. */
export function oneSidedWords({ missing, failed, skipped, new: added, version }: ComparisonCounts): string {
  const words = [
    [missing, "missing"],
    [failed, "failed"],
    [skipped, "skipped"],
    [version, "of another version"],
    [added, "new"],
  ] as const;
  return words.flatMap(([count, word]) => (count ? [`${formatCount(count)} ${word}`] : [])).join(", ");
}

/** How the whole comparison is marked; `mixed` where both directions were called. */
export function comparisonMark(counts: ComparisonCounts): {
  tone: "worse" | "better" | "mixed" | "same" | "unsure";
  word: string;
} {
  const { regressions, improvements, unchanged, inconclusive, total, open = 0 } = counts;
  if (total > 0 && open === total) return { tone: "unsure", word: "Open" };
  if (regressions > 0 && improvements > 0) return { tone: "mixed", word: "Mixed" };
  if (regressions > 0) return { tone: "worse", word: "Regression" };
  if (improvements > 0) return { tone: "better", word: "Improvement" };
  if (total > 0 && unchanged === total) return { tone: "same", word: "Unchanged" };
  return inconclusive > 0 || total === 0
    ? { tone: "unsure", word: "Inconclusive" }
    : { tone: "same", word: "No verdict" };
}

/** How a row's verdict is drawn. */
export function verdictTone(verdict: Verdict): "worse" | "better" | "up" | "down" | "same" | "unsure" | "mixed" {
  if (verdict === "unchanged") return "same";
  return verdict === "inconclusive" ? "unsure" : toneOf(verdict);
}

/** How many of the called rows are expected to be false, at the rate that is held. */
export function falseCallsText(counts: ComparisonCounts, rate: number): string {
  const calls = counts.regressions + counts.improvements + counts.rose + counts.fell;
  const share = `${formatCount(rate * 100)}${NBSP}%`;
  if (calls === 0)
    return `Where nothing differs, at most ${formatCount(rate * 100)} of 100 such comparisons show a call at all.`;
  const expected = calls * rate;
  const least = expected < 0.1 ? "less than 0.1" : expected.toFixed(1);
  return `False calls are held at ${share} of all calls: of ${plural(calls, "call")} expect at most ${least} to be false.`;
}

type Overall = Omit<Summary["metrics"][number], "leftOutBy"> & Partial<Pick<Summary["metrics"][number], "leftOutBy">>;

/** "Duration −13.5 % [−18.0 … −8.7] over 10 pairs, 1 left out: failed"; null where no ratio exists. */
export function overallText(summary: Overall, displayName?: string | null): string | null {
  const { metric, change, interval, pairs, leftOut } = summary;
  if (change === null) return null;
  const reach = interval ? ` [${formatInterval(...interval)}]` : "";
  const out = leftOut > 0 ? `, ${formatCount(leftOut)} left out: ${leftOutWords(summary)}` : "";
  return `${metricLabel(metric, displayName)} ${formatChange(change)}${reach} over ${plural(pairs, "pair")}${out}`;
}

/** Why pairs are left out: "failed", or "3 failed, 1 of another version". */
function leftOutWords({ leftOutBy = {} }: Overall): string {
  const words = Object.entries(leftOutBy).map(([why, count]) => [
    why === "version" ? "of another version" : why,
    count,
  ]);
  if (words.length <= 1) return String(words[0]?.[0] ?? "no ratio");
  return words.map(([why, count]) => `${formatCount(Number(count))} ${why}`).join(", ");
}

/** The scale in which a row's two values are shown. */
export const rowScale = (row: Pick<ToldRow, "unit" | "baseline" | "contender">): Scale =>
  scaleFor([row.baseline.value, row.contender.value], row.unit ?? "");

/** The change of a row, or the difference in its unit where no ratio exists. */
export function changeText(row: Pick<ToldRow, "change" | "difference" | "unit" | "baseline" | "contender">): string {
  return row.change === null ? formatDifference(row.difference, rowScale(row)) : formatChange(row.change);
}

/** The interval in per cent, or in the row's unit. */
export function intervalText(row: Pick<ToldRow, "change" | "interval" | "unit" | "baseline" | "contender">): string {
  if (row.interval === null) return "–";
  if (row.change !== null) return formatInterval(...row.interval);
  const scale = rowScale(row);
  return row.interval.map((end) => formatDifference(end, { ...scale, unit: "" })).join(`${NBSP}…${NBSP}`);
}

/** Further runs that would settle a row: "6 runs", "> 50 runs"; "" where it is settled. */
export function settleText({ verdict, needsRuns }: Pick<ToldRow, "verdict" | "needsRuns">): string {
  if (verdict !== "inconclusive") return "";
  return needsRuns === null ? `>${NBSP}50 runs` : plural(needsRuns, "run");
}

/** "anom_mean, size=5". */
export function caseLabel({ workload, params }: Pick<ToldRow, "workload" | "params">): string {
  const given = paramsLabel((params ?? null) as Json);
  return given === "" ? workload : `${workload} (${given})`;
}

/** A row as the cells of a plain table, all text. */
export function rowCells(row: ToldRow): string[] {
  const scale = rowScale(row);
  return [
    row.verdict,
    caseLabel(row),
    metricInSentence(metricLabel(row.metric)),
    row.environment ?? "",
    changeText(row),
    intervalText(row),
    formatScaled(row.baseline.value, scale),
    formatValue(row.contender.value, scale),
    `${row.baseline.runs} / ${row.contender.runs}`,
    formatP(row.q),
    settleText(row),
  ];
}

/** Heads of `rowCells`. */
export const ROW_HEADS = [
  "verdict",
  "workload",
  "metric",
  "environment",
  "change",
  "95 % interval",
  "baseline",
  "contender",
  "runs",
  "q",
  "to settle",
] as const;

/** A text that Markdown shows as it is: no HTML, no links, no new cell. */
function inert(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_[\]()|~#!@]/g, "\\$&")
    .replace(/[\r\n]+/g, " ");
}

/** What a comparison says, as GitHub's Markdown: the sentence, the called rows as a table, and the rest in numbers. */
export function comparisonMarkdown(told: {
  baseline: string;
  contender: string;
  counts: ComparisonCounts;
  overall: readonly string[];
  rows: readonly ToldRow[];
  notes: readonly string[];
  url?: string;
}): string {
  const called = told.rows.filter(({ verdict }) => verdict !== "unchanged" && verdict !== "inconclusive");
  const columns = [0, 1, 2, 3, 4, 5, 8, 9];
  const line = (cells: readonly string[]) => `| ${columns.map((i) => inert(cells[i] ?? "")).join(" | ")} |`;
  return [
    `**${inert(comparisonHeadline(told.counts))}**`,
    "",
    `${inert(told.baseline)} → ${inert(told.contender)}${told.overall.length > 0 ? `: ${told.overall.map(inert).join("; ")}` : ""}.`,
    ...(called.length > 0
      ? ["", line(ROW_HEADS), `|${columns.map(() => "---|").join("")}`, ...called.map((row) => line(rowCells(row)))]
      : []),
    ...told.notes.flatMap((note) => ["", inert(note)]),
    ...(told.url ? ["", told.url] : []),
    "",
  ].join("\n");
}
