import { formatChange, formatInterval } from "../format/change";
import { metricInSentence, metricLabel } from "../format/name";
import { formatCount, NBSP, plural } from "../format/number";
import { formatDate, shortSha } from "../format/time";
import { formatDifference, formatScaled, formatValue, type Scale, scaleFor } from "../format/unit";
import { type Decided, isInForce } from "./decide";
import { caseName } from "./judge";
import type { ReportRead } from "./read";
import type { PlanItem, ReportFigures, ReportRow, ReportShift, Untold, Waiver } from "./types";

/** Rows by what became of them. */
export type RowCounts = Record<
  "total" | "worse" | "better" | "moved" | "unchanged" | "untold" | "added" | "missing",
  number
>;

export function countRows({ rows, troubles }: Pick<ReportFigures, "rows" | "troubles">): RowCounts {
  const count = (...verdicts: ReportRow["verdict"][]) =>
    rows.filter(({ verdict }) => verdicts.includes(verdict)).length;
  return {
    total: rows.length,
    worse: count("regression"),
    better: count("improvement"),
    moved: count("rose", "fell"),
    unchanged: count("unchanged"),
    untold: count("cannot tell"),
    added: count("new"),
    missing: troubles.length,
  };
}

/** "2023.4.0 against 2023.3.2: not ready". */
export function reportTitle({
  figures: { candidate, baseline },
  decided,
}: Pick<ReportRead, "figures" | "decided">): string {
  const { word, text } = decided.verdict;
  return baseline
    ? `${candidate.label} against ${baseline.label}: ${word === "ready" ? text : word}`
    : `${candidate.label}: no earlier release`;
}

/** What the verdict adds to the title, at the begin of a sentence; "" where the title says all. */
export function verdictRest({ verdict }: Pick<Decided, "verdict">): string {
  if (verdict.word === "ready") return "";
  const rest = verdict.text.slice(verdict.word.length).replace(/^(: | )/, "");
  return rest === "" ? "" : rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** "3 of 100 series got worse, 1 got better, 27 are unchanged, 69 cannot be told. No workload fails or is missing." */
export function countsSentence(figures: Pick<ReportFigures, "rows" | "troubles">): string {
  const { total, worse, better, moved, unchanged, untold, added, missing } = countRows(figures);
  if (total === 0) return "No series was measured at both.";
  const part = (count: number, words: string) => (count > 0 ? [`${formatCount(count)} ${words}`] : []);
  const rest = [
    ...part(better, "got better"),
    ...part(moved, "moved"),
    ...part(unchanged, unchanged === 1 ? "is unchanged" : "are unchanged"),
    ...part(untold, "cannot be told"),
    ...part(added, added === 1 ? "is new" : "are new"),
  ];
  const first = `${worse === 0 ? "None" : formatCount(worse)} of ${plural(total, "series", "series")} got worse`;
  const trouble =
    missing === 0
      ? "No workload fails or is missing."
      : `${plural(missing, "workload")} ${missing === 1 ? "fails or is" : "fail or are"} missing.`;
  return `${[first, ...rest].join(", ")}. ${trouble}`;
}

/** The scale in which both values of a row are shown. */
export const rowScale = ({ baseline, candidate, unit }: ReportRow): Scale =>
  scaleFor([baseline?.value ?? null, candidate?.value ?? null], unit);

export type RowCells = {
  metric: string;
  baseline: string;
  candidate: string;
  change: string;
  interval: string;
  own: string | null;
};

/** A row's figures as text; `own`: the candidate's own runs, where there are any. */
export function rowCells(row: ReportRow): RowCells {
  const scale = rowScale(row);
  const own = row.candidate?.from === "level" ? row.candidate.own : null;
  return {
    metric: metricLabel(row.metric, row.metricName),
    baseline: formatScaled(row.baseline?.value, scale),
    candidate: formatValue(row.candidate?.value, scale),
    change: row.change === null ? formatDifference(row.difference, scale) : formatChange(row.change),
    interval: intervalText(row, scale),
    own: own && `${plural(own.runs, "own run")}: ${formatValue(own.value, scaleFor([own.value], row.unit))}`,
  };
}

function intervalText({ interval, change }: ReportRow, scale: Scale): string {
  if (!interval) return "–";
  if (change !== null) return formatInterval(...interval);
  return interval.map((end) => formatDifference(end, { ...scale, unit: "" })).join(`${NBSP}…${NBSP}`);
}

/** Largest first: ratios before differences. */
export const bySize = (rows: readonly ReportRow[]): ReportRow[] =>
  rows.toSorted(
    (a, b) =>
      Math.abs(b.change ?? 0) - Math.abs(a.change ?? 0) || Math.abs(b.difference ?? 0) - Math.abs(a.difference ?? 0),
  );

const WHY: Record<Untold, string> = {
  noise: "on the same level or near it, with an interval wider than the smallest effect",
  unmeasured: "without a run near one of the releases",
  step: "with a release inside the range of a step",
  border: "under other conditions at the two releases",
  provisional: "with a step between that is not confirmed yet",
  drift: "drifting, without a step between",
};

/** "60 on the same level or near it, with an interval wider than the smallest effect; 9 with a release inside the range of a step." */
export function untoldSentence(rows: readonly ReportRow[]): string {
  const parts = (Object.keys(WHY) as Untold[]).flatMap((why) => {
    const count = rows.filter((row) => row.verdict === "cannot tell" && row.why === why).length;
    return count > 0 ? [`${formatCount(count)} ${WHY[why]}`] : [];
  });
  return parts.length === 0 ? "Everything can be told." : `${parts.join("; ")}.`;
}

/** Why a row cannot be told, in words: "2023.4.0: no run lies near". */
export function whyText(
  row: ReportRow,
  { baseline, candidate }: Pick<ReportFigures, "baseline" | "candidate">,
): string {
  const side = row.whySide === "baseline" ? baseline?.label : row.whySide === "candidate" ? candidate.label : null;
  const isAboutSide = row.why === "unmeasured" || row.why === "step";
  return `${isAboutSide && side ? `${side}: ` : ""}${row.whyText ?? row.why ?? ""}`;
}

/** "10 workloads on vm-b at 515dffe, up to 33 runs each: some 0.1 hours". */
export function planText({ environment, sha, cases, runs, hours }: PlanItem): string {
  const each = runs === 1 ? "1 run each" : `up to ${plural(runs, "run")} each`;
  return `${plural(cases.length, "case")} on ${environment} at ${shortSha(sha)}, ${each}${hours === null ? "" : `: ${hoursText(hours)}`}`;
}

/** "some 12 minutes", "some 3.4 hours". */
export function hoursText(hours: number): string {
  if (hours < 1) return `some ${plural(Math.max(1, Math.round(hours * 60)), "minute")}`;
  return `some ${hours < 9.95 ? hours.toFixed(1) : formatCount(Math.round(hours))} hours`;
}

/** Which tags hold a shift: "in 2023.4.0 and 22 later ones"; "in no release". */
export function tagsText({ tags }: Pick<ReportShift, "tags">): string {
  const [first, ...later] = tags;
  if (first === undefined) return "in no release yet";
  return later.length === 0 ? `in ${first}` : `in ${first} and ${plural(later.length, "later one")}`;
}

/** Where a shift was undone, or null. */
export function fixText(
  shift: Pick<ReportShift, "recovery" | "fixedHere">,
  candidate: string,
  branch: string,
): string | null {
  if (shift.fixedHere) return `fixed in ${candidate} by its own runs, but not on ${branch}`;
  const { recovery } = shift;
  if (!recovery) return null;
  const where = recovery.tags[0] === undefined ? `on ${branch}, in no release yet` : `first in ${recovery.tags[0]}`;
  const holds = { yes: `${candidate} holds it`, may: `${candidate} may hold it`, no: `${candidate} does not hold it` };
  return `undone by #${recovery.by}, ${where}; ${holds[recovery.inCandidate]}`;
}

/** Who is credited with an improvement: the pull request and author where one commit can be the cause, else the range. */
export function creditText({ credits, commitsBetween, lastGood, firstShifted }: ReportShift): string {
  const [only, ...others] = credits;
  if (only && others.length === 0) {
    const by = only.author ? ` by ${only.author}` : "";
    return only.pullRequest ? `#${only.pullRequest}${by}` : `${shortSha(only.sha)}${by}`;
  }
  const requests = [...new Set(credits.flatMap(({ pullRequest }) => pullRequest ?? []))];
  if (requests.length === 0 || requests.length > 4)
    return `one of ${plural((commitsBetween ?? credits.length - 1) + 1, "commit")} in ${shortSha(lastGood)}..${shortSha(firstShifted)}`;
  return `one of ${requests.map((number) => `#${number}`).join(", ")}`;
}

/** A line for release notes: "Peak memory of anom_mean is 20.5 % lower (#7280 by ada)." */
export function noteText(row: ReportRow, shift: ReportShift | null): string {
  const size =
    row.change === null
      ? rowCells(row).change
      : `${formatChange(Math.abs(row.change)).replace(/^\+/, "")} ${row.change < 0 ? "lower" : "higher"}`;
  const name = `${metricLabel(row.metric, row.metricName)} of ${caseName(row.workload, row.params)}`;
  return `${name} is ${size} on ${row.environment}${shift ? ` (${creditText(shift)})` : ""}.`;
}

/** "#19, 4 Dec 2026, ada: the cluster was too small". */
export function waiverText({ shift, workload, owner, expiresOn, reason }: Waiver): string {
  return `${shift === null ? workload : `#${shift}`}, until ${formatDate(`${expiresOn}T00:00:00Z`)}, ${owner} answers for it: ${reason}`;
}

/** Waivers that hold now, and those that ended or were withdrawn. */
export function splitWaivers(waivers: readonly Waiver[], now: string) {
  return { inForce: waivers.filter((one) => isInForce(one, now)), over: waivers.filter((one) => !isInForce(one, now)) };
}

/** How the report is made, in plain words; a paragraph per text. */
export function methodTexts({ figures, policy }: Pick<ReportRead, "figures" | "policy">): string[] {
  const { near, baseline, candidate } = figures;
  const from = baseline ? `${baseline.label} (${shortSha(baseline.sha)})` : "no earlier release";
  return [
    `${candidate.label} (${shortSha(candidate.sha)}) is compared with ${from}. For each case, metric and environment the value at a release is the level of the segment that its commit lies in, with the 95 % interval of that level. A level rests on all runs between two steps, so it is far more certain than the runs of the tag alone; those stand beside it.`,
    "A row got worse or better when the interval of its change leaves out zero and the change is at least the metric's smallest effect. It is unchanged when the whole interval lies within the smallest effect. Everything else cannot be told.",
    `Nothing is told either where no run lies within ${plural(near, "commit")} of a release, where the release lies inside the range of a step, or where the workload's version, the facts of the environment or a marked event lie between.`,
    `Sign-off waits for every confirmed regression that ${candidate.label} holds and ${baseline?.label ?? "the release before"} does not${policy.missing === "fail" ? ", and for every workload that is missing or fails" : ""}: accepted, set aside as infrastructure or not real, undone before the release, or waived by somebody who answers for it.`,
  ];
}

/** "duration of anom_mean in vm-b". */
export const rowInWords = (row: ReportRow): string =>
  `${metricInSentence(metricLabel(row.metric, row.metricName))} of ${caseName(row.workload, row.params)} in ${row.environment}`;
