import type { Summary } from "@/lib/compare";
import type { CompareLooks } from "./comparePlan";
import type { OneSidedKind } from "./compareRows";
import type { CompareSide } from "./compareSide";
import type { OneSided } from "./compareTold";
import type { CompareWarning } from "./compareWarnings";

/** What a script may rely on. */
export type CompareGate = { answer: "pass" | "fail" | "cannot tell"; reasons: string[] };

export type CompareSummary = Summary & Record<"missing" | "failed" | "skipped" | "new" | "version", number>;

/** How many cases are on one side only, by kind. */
export function countOneSided(all: readonly OneSided[]): Record<OneSidedKind, number> {
  const counts = { missing: 0, failed: 0, skipped: 0, new: 0, version: 0 };
  for (const { kind } of all) counts[kind]++;
  return counts;
}

/** Why nothing could be compared; null when both sides have data. */
export function noteOf(baseline: CompareSide, contender: CompareSide): string | null {
  const empty = [
    ["baseline", baseline],
    ["contender", contender],
  ] as const;
  const told = empty.flatMap(([which, side]) => {
    if (side.runs > 0) return [];
    const { nearest } = side;
    const near = nearest
      ? ` The nearest measured commit is ${nearest.sha.slice(0, 7)}, ${nearest.distance} commit${nearest.distance === 1 ? "" : "s"} ${nearest.where} it.`
      : "";
    return [`The ${which} ${side.label} has no data. ${side.note ?? ""}${near}`.trim()];
  });
  return told.length > 0 ? `${told.join(" ")} Nothing was compared, and nothing was put in its place.` : null;
}

/** fail: a regression. cannot tell: no data, something missing or failed, or sides that are not alike. */
export function gateOf(
  summary: CompareSummary,
  warnings: readonly CompareWarning[],
  note: string | null,
  looks: CompareLooks | null,
): CompareGate {
  const doubts = [
    ...(note === null ? [] : [note]),
    ...warnings.filter(({ blocksGate }) => blocksGate).map(({ text }) => text),
    ...(looks?.open && note === null ? [waitingText(looks)] : []),
    ...(summary.failed > 0 ? [`${summary.failed} failed.`] : []),
    ...(summary.missing > 0 ? [`${summary.missing} missing on the contender.`] : []),
    ...(summary.total === 0 && note === null ? ["No row is measured on both sides."] : []),
  ];
  const isAlike = !warnings.some(({ blocksGate }) => blocksGate);
  if (summary.regressions > 0 && isAlike) {
    const count = `${summary.regressions} regression${summary.regressions === 1 ? "" : "s"}.`;
    return { answer: "fail", reasons: [count, ...doubts] };
  }
  return doubts.length > 0 ? { answer: "cannot tell", reasons: doubts } : { answer: "pass", reasons: [] };
}

/** "try plans 5 runs a side; so far 3 and 4 in vm-b." */
export function waitingText({ experiment, planned, environments }: CompareLooks): string {
  const far = environments
    .filter(({ look }) => look === 0)
    .map(({ environment, baseline, contender }) => {
      const counts = [baseline, contender].filter((count) => count !== null);
      return `${counts.join(" and ")} in ${environment}`;
    });
  return `${experiment} plans ${planned} run${planned === 1 ? "" : "s"} a side before a verdict; so far ${far.join(", ")}.`;
}
