import { formatChange } from "@/lib/format/change";
import { metricInSentence, metricLabel } from "@/lib/format/name";
import { plural } from "@/lib/format/number";
import { formatDate, formatRange } from "@/lib/format/time";
import { formatQuantity } from "@/lib/format/unit";
import { capitalised } from "@/lib/format/verdict";
import type { ShiftMember } from "@/lib/queries/members";
import type { ShiftRead, ShiftLogEntry as StoredEntry } from "@/lib/queries/shift";
import type { ShiftLogEntry } from "@/lib/shift/log";
import { changeText, countsText } from "@/lib/shift/words";

export { causeText, changeText, countsText, standingText } from "@/lib/shift/words";

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
