import { formatChange, formatInterval } from "../format/change";
import { metricLabel } from "../format/name";
import { plural } from "../format/number";
import { shortSha } from "../format/time";
import { formatDifference, formatValue, scaleFor } from "../format/unit";
import type { Message, MessageBody, ToldMember } from "./message";

/** Members that a message spells out. */
const SPELT = 5;

const KINDS = {
  regression: "Regression",
  improvement: "Improvement",
  mixed: "Mixed shift",
  rose: "Rise",
  fell: "Fall",
};

/** The headline: "Regression #6 in Dask: Duration of map_futures +145 % and 11 more worse". One line. */
export function headline({ kind, body }: Message): string {
  const name = `${KINDS[body.direction]} #${body.shift}`;
  const what = { confirmed: name, resolved: `Resolved: ${name}`, withdrawn: `Withdrawn: ${name}`, test: "Test" }[kind];
  return oneLine(`${what} in ${body.projectName}: ${body.title}`);
}

/** "Duration of map_futures on vm-b: 12.1 s → 29.7 s, +145 % [+138 … +152]". One line, names as they were sent. */
export function memberLine(member: ToldMember): string {
  const scale = scaleFor([member.before, member.after], member.unit);
  const name = `${metricLabel(member.metric, member.metricName)} of ${member.workload}`;
  const where = `${member.params === "" ? "" : ` (${member.params})`} on ${member.environment}`;
  const change = member.change === null ? formatDifference(member.difference, scale) : formatChange(member.change);
  return oneLine(
    `${name}${where}: ${formatValue(member.before, scale)} → ${formatValue(member.after, scale)}, ${change}${interval(member)}`,
  );
}

function interval({ interval: ends, change, unit }: ToldMember): string {
  if (!ends) return "";
  if (change !== null) return ` [${formatInterval(...ends)}]`;
  const scale = scaleFor(ends, unit);
  return ` [${formatDifference(ends[0], scale)} … ${formatDifference(ends[1], scale)}]`;
}

/** "fad7f65..c53d30c, 3 commits"; the one commit where the range holds one. */
export function rangeWords({ lastGood, firstShifted, commits }: MessageBody): string {
  if (commits === 1) return `commit ${shortSha(firstShifted)}`;
  const range = `${shortSha(lastGood)}..${shortSha(firstShifted)}`;
  return commits === null ? `${range}, not on the branch any more` : `${range}, ${plural(commits, "commit")}`;
}

/** What a message says, line by line, without its headline and link. */
export function lines({ kind, body }: Message): string[] {
  const spelt = body.members.slice(0, SPELT).map(memberLine);
  const others = body.changepoints - spelt.length;
  return [
    ...(body.because === null ? [] : [oneLine(body.because)]),
    ...spelt,
    ...(others > 0 ? [`and ${plural(others, "more change")}`] : []),
    ...(kind === "test" ? [] : [`Since ${rangeWords(body)}`]),
  ];
}

/** The whole message as plain text. */
export const plainText = (message: Message): string =>
  [headline(message), "", ...lines(message), "", message.url, ""].join("\n");

/** At most so many characters; what is left out shows as "…". */
export function clip(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}

/** Names come from outside: what breaks lines would forge others, and turns of direction would hide what stands there. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, " ").trim();
}
