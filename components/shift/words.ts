import { formatChange } from "@/lib/format/change";
import { metricInSentence, metricLabel } from "@/lib/format/name";
import { plural } from "@/lib/format/number";
import { formatDate, formatRange, shortSha } from "@/lib/format/time";
import { formatDifference, formatQuantity, scaleFor } from "@/lib/format/unit";
import { capitalised } from "@/lib/format/verdict";
import type { ShiftMember } from "@/lib/queries/members";
import type { ShiftRead, ShiftLogEntry as StoredEntry } from "@/lib/queries/shift";
import type { ShiftLogEntry } from "@/lib/shift/log";
import type { ShiftSummary } from "@/lib/shift/summary";

type Counts = Pick<ShiftSummary, "worse" | "better" | "moved">;

/** "12 series got worse and 3 better"; metrics without a good direction "moved". */
export function countsText({ worse, better, moved }: Counts): string {
  const parts = [
    worse > 0 ? `${plural(worse, "series", "series")} got worse` : "",
    better > 0 ? `${worse > 0 ? better : plural(better, "series", "series")}${worse > 0 ? "" : " got"} better` : "",
    moved > 0 ? `${plural(moved, "series", "series")} moved` : "",
  ];
  return parts.filter(Boolean).join(" and ");
}

/** The standing of a shift in one sentence, where there is something to say. */
export function standingText(shift: ShiftRead): string | null {
  if (shift.partOf !== null) return `It is part of #${shift.partOf} now.`;
  if (shift.state === "withdrawn") {
    const why = shift.withdrawnReason ? ` ${shift.withdrawnReason}` : "";
    return `Withdrawn on ${formatDate(shift.withdrawnAt)}.${why} The page stays as it was told.`;
  }
  if (shift.recoveredBy !== null) return `Recovered by #${shift.recoveredBy}.`;
  if (shift.state === "provisional") {
    const more = shift.needsPoints === null ? "" : ` ${plural(shift.needsPoints, "more point")} would confirm it.`;
    return `Provisional: nobody is told yet.${more}`;
  }
  return null;
}

/** How the range came to be what it is, when it is not as it was first told: the newest change of it. */
export function rangeHistoryText({ log }: Pick<ShiftRead, "log">): string | null {
  const last = log.findLast(({ kind }) => kind === "narrowed" || kind === "widened" || kind === "moved");
  if (!last) return null;
  const { from } = last.detail as { from: { lastGood: string; firstShifted: string } };
  return `${capitalisedKind(last.kind)} on ${formatDate(last.at)}, before ${rangeText(from)}.`;
}

/** An entry of the log in words. */
export function logText({ kind, detail }: StoredEntry): string {
  const entry = { ...(detail as object), kind } as ShiftLogEntry;
  switch (entry.kind) {
    case "opened":
      return `Opened with ${plural(entry.changepoints, "changepoint")}, ${rangeText(entry.range)}${entry.splitFrom === null ? "" : `, split from #${entry.splitFrom}`}`;
    case "returned":
      return `Back with ${plural(entry.changepoints, "changepoint")}, ${rangeText(entry.range)}`;
    case "split":
      return `Parts became ${entry.into.map((number) => `#${number}`).join(", ")}`;
    case "confirmed":
      return `Confirmed with ${plural(entry.changepoints, "changepoint")}`;
    case "narrowed":
    case "widened":
    case "moved":
      return `${capitalisedKind(entry.kind)} from ${rangeText(entry.from)} to ${rangeText(entry.to)}`;
    case "merged":
      return `Became part of #${entry.into}`;
    case "withdrawn":
      return `Withdrawn: ${entry.reason}`;
    case "recovered":
      return `Recovered by #${entry.by}`;
    case "relapsed":
      return `No longer recovered by #${entry.by}`;
    default:
      return capitalisedKind(kind);
  }
}

const rangeText = ({ lastGood, firstShifted }: { lastGood: string; firstShifted: string }) =>
  formatRange(lastGood, firstShifted);
const capitalisedKind = (kind: string) => kind.charAt(0).toUpperCase() + kind.slice(1);

/** "+138 %", or the difference where no ratio exists. */
export function changeText(member: Pick<ShiftMember, "change" | "difference" | "unit">): string {
  if (member.change !== null) return formatChange(member.change);
  return formatDifference(member.difference, scaleFor([member.difference], member.unit));
}

/** Characters that Markdown or a table of it would read as more than text; at-signs would call people. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~@]/g, "\\$&").replace(/\s+/g, " ");
}

const MOST_ROWS = 20;

/** The shift as Markdown for an issue: what moved, by how much, in which commits, with links. */
export function shiftMarkdown(shift: ShiftRead, url: string, diff: string | null): string {
  const range = formatRange(shift.lastGood, shift.firstShifted);
  const commits = shift.commitsBetween === null ? "" : `, ${plural(shift.commitsBetween + 1, "commit")}`;
  const lines = [
    `### [#${shift.number}](${url}) ${plain(shift.title)}`,
    "",
    `**${capitalised(shift.direction)}**, ${shift.state}. ${countsText(shift.summary)}.`,
    `Commits: ${diff ? `[\`${range}\`](${diff})` : `\`${range}\``}${commits}, first shifted ${formatDate(shift.firstShiftedAt)}.`,
    ...(shift.containedIn === null ? [] : [`First contained in ${plain(shift.containedIn)}.`]),
    "",
    "| workload | metric | environment | before | after | change | 95 % interval |",
    "|---|---|---|--:|--:|--:|--:|",
    ...shift.members.slice(0, MOST_ROWS).map(markdownRow),
  ];
  const more = shift.membersTotal - Math.min(shift.members.length, MOST_ROWS);
  if (more > 0) lines.push("", `${plural(more, "more series", "more series")}: ${url}`);
  return `${lines.join("\n")}\n`;
}

function markdownRow(member: ShiftMember): string {
  const { workload, metric, metricName, environment, before, after, unit, interval, change } = member;
  const ends = interval && change !== null ? interval.map((end) => formatChange(end)).join(" … ") : "";
  const cells = [
    plain(workload),
    plain(metricInSentence(metricLabel(metric, metricName))),
    plain(environment),
    formatQuantity(before, unit),
    formatQuantity(after, unit),
    changeText(member),
    ends,
  ];
  return `| ${cells.join(" | ")} |`;
}

/** What can be said of the cause: one commit is named only where the range holds one. */
export function causeText(shift: ShiftRead): string {
  if (shift.commitsBetween === null) return "The range is no longer on the branch’s line: its history was rewritten.";
  if (shift.commitsBetween === 0) return `Only ${shortSha(shift.firstShifted)} lies in the range.`;
  return `Any of these ${shift.commitsBetween + 1} can be the cause.`;
}
