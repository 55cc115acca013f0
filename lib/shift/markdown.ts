import { CONFIRMED_P, CONFIRMED_POINTS } from "../changepoint/constants";
import { formatP } from "../format/change";
import { markdownCode, markdownLink, markdownTable, markdownText } from "../format/markdown";
import { metricInSentence, metricLabel, paramsLabel } from "../format/name";
import { plural } from "../format/number";
import { formatDate, formatRange, shortSha } from "../format/time";
import { formatQuantity } from "../format/unit";
import { capitalised } from "../format/verdict";
import type { Json, ShiftDirection } from "../model/words";
import { diffUrl, pullRequestUrl } from "../urls/repository";
import type { Counts } from "./summary";
import { type Changed, changeText, countsText, intervalText, type Standing } from "./words";

/** One series of the shift, as the table shows it. */
export type MarkdownMember = Changed & {
  workload: string;
  params: Json;
  metric: string;
  metricName: string | null;
  environment: string;
  before: number;
  after: number;
  p: number;
  pointsBefore: number;
  pointsAfter: number;
};

/** A shift as its Markdown needs it: what readShift gives. */
export type MarkdownShift = Standing & {
  project: { slug: string; repository: string | null };
  branch: string;
  number: number;
  title: string;
  direction: ShiftDirection;
  summary: Counts;
  lastGood: string;
  firstShifted: string;
  firstShiftedAt: string | null;
  commitsBetween: number | null;
  commits: readonly { sha: string; pullRequest: number | null; subject: string | null }[];
  containedIn: string | null;
  fixedIn: string | null;
  members: readonly MarkdownMember[];
  membersTotal: number;
  /** How the detector judged it. */
  policy: MarkdownPolicy;
};

export type MarkdownPolicy = {
  detector: number;
  /** Metrics of the shift with the relative change under which nothing is told. */
  smallestEffects: readonly { metric: string; metricName: string | null; smallestEffect: number }[];
  /** Sensitivities of its series, smallest and largest; 1 unless somebody said otherwise. */
  sensitivity: readonly [number, number];
};

/** Absolute addresses that stand in it. */
export type MarkdownPlaces = {
  /** The page of the shift; that of another one differs by its number. */
  url: string;
  image: string;
  /** The shift as JSON. */
  api: string;
};

/** GitHub takes 65,536 characters; GitLab more. */
export const MARKDOWN_LENGTH = 64_000;
/** Rows that stand open; the others are one click away. */
const OPEN_ROWS = 20;
const MOST_COMMITS = 20;

type Length = { rows: number; commits: number; image: boolean; method: boolean };
const WHOLE: Length = { rows: Number.POSITIVE_INFINITY, commits: MOST_COMMITS, image: true, method: true };

/** The shift for an issue: picture, range, every series, how it was judged and how to see it again. Under 65,000 characters. */
export function shiftMarkdown(shift: MarkdownShift, places: MarkdownPlaces): string {
  return write(shift, places, WHOLE);
}

/** The same in ever fewer words, for a form that is filled in by its address. */
export function shiftMarkdowns(shift: MarkdownShift, places: MarkdownPlaces): string[] {
  return [
    write(shift, places, { ...WHOLE, rows: OPEN_ROWS }),
    write(shift, places, { rows: 10, commits: 10, image: true, method: true }),
    write(shift, places, { rows: 5, commits: 5, image: true, method: false }),
    write(shift, places, { rows: 1, commits: 0, image: false, method: false }),
  ];
}

function write(shift: MarkdownShift, places: MarkdownPlaces, length: Length): string {
  const before = [
    heading(shift, places),
    ...(length.image ? [image(shift, places)] : []),
    facts(shift, places),
    commits(shift, length.commits),
  ];
  const after = length.method ? [policy(shift), reproduce(shift, places)] : [];
  const around = [...before, ...after].filter(Boolean).join("\n\n").length;
  const table = members(shift, places, length.rows, MARKDOWN_LENGTH - around);
  return `${[...before, table, ...after].filter(Boolean).join("\n\n")}\n`;
}

function heading({ number, title }: MarkdownShift, { url }: MarkdownPlaces): string {
  return `### ${markdownLink(`#${number}`, url)} ${markdownText(title)}`;
}

function image({ number }: MarkdownShift, places: MarkdownPlaces): string {
  return markdownLink(
    `!${markdownLink(`Shift ${number}: before and after, with the range of commits shaded`, places.image)}`,
    places.url,
  );
}

/** Verdict, standing, range and releases, a sentence each. */
function facts(shift: MarkdownShift, places: MarkdownPlaces): string {
  const { lastGood, firstShifted, commitsBetween, firstShiftedAt, containedIn, fixedIn, project } = shift;
  const range = `\`${formatRange(lastGood, firstShifted)}\``;
  const diff = diffUrl(project.repository, lastGood, firstShifted);
  const many = commitsBetween === null ? "" : `, ${plural(commitsBetween + 1, "commit")}`;
  const when = firstShiftedAt === null ? "" : `, first shifted ${formatDate(firstShiftedAt)}`;
  const release = containedIn === null ? "In no release yet" : `First contained in ${markdownCode(containedIn)}`;
  const fixed = fixedIn === null ? "" : `, fixed in ${markdownCode(fixedIn)}`;
  return [
    `**${capitalised(shift.direction)}**, ${shift.state}: ${countsText(shift.summary)}.`,
    standing(shift, places),
    `Range: ${diff ? markdownLink(range, diff) : range}${many}${when}. ${cause(shift)}`,
    `${release}${fixed}.`,
  ]
    .filter(Boolean)
    .join("  \n");
}

/** Other shifts are named by links: a bare number would be an issue of whoever reads it. */
function standing(shift: MarkdownShift, { url }: MarkdownPlaces): string {
  const other = (number: number) => markdownLink(`#${number}`, url.replace(/\d+$/, String(number)));
  if (shift.partOf !== null) return `It is part of ${other(shift.partOf)} now.`;
  if (shift.state === "withdrawn")
    return `Withdrawn on ${formatDate(shift.withdrawnAt)}. ${markdownText(shift.withdrawnReason ?? "")}`;
  if (shift.recoveredBy !== null) return `Recovered by ${other(shift.recoveredBy)}.`;
  if (shift.state !== "provisional" || shift.needsPoints === null) return "";
  return `${plural(shift.needsPoints, "more point")} would confirm it.`;
}

/** One commit is named only where the range holds one. */
function cause({ commitsBetween, firstShifted }: MarkdownShift): string {
  if (commitsBetween === null) return "It is no longer on the branch’s line.";
  return commitsBetween === 0 ? `Only \`${shortSha(firstShifted)}\` lies in it.` : "Any of them can be the cause.";
}

/** The commits of the range, newest first, without the last good one. */
function commits({ commits: all, lastGood, commitsBetween, project }: MarkdownShift, most: number): string {
  const inside = all.filter(({ sha }) => sha !== lastGood);
  if (inside.length === 0 || most === 0) return "";
  const lines = inside.slice(0, most).map(({ sha, pullRequest, subject }) => {
    const pull = pullRequest === null ? null : pullRequestUrl(project.repository, pullRequest);
    const request =
      pullRequest === null ? "" : pull ? ` ${markdownLink(`#${pullRequest}`, pull)}` : ` pull request ${pullRequest}`;
    return `- \`${shortSha(sha)}\`${request}${subject ? ` ${markdownText(subject.slice(0, 120))}` : ""}`;
  });
  const more = (commitsBetween ?? inside.length - 1) + 1 - lines.length;
  return [...lines, ...(more > 0 ? [`- and ${plural(more, "older commit")}`] : [])].join("\n");
}

const HEAD = ["workload", "metric", "environment", "before", "after", "change", "95 % interval", "p", "points"];
const NUMERIC = [3, 4, 5, 6, 7, 8];

/** The first rows stand open, the others under a fold; what does not fit into `room` characters is counted. */
function members(shift: MarkdownShift, { url }: MarkdownPlaces, most: number, room: number): string {
  const rows: string[][] = [];
  let length = 1_000; // heads, the fold, the sentence at the end
  for (const member of shift.members.slice(0, Math.min(most, shift.members.length))) {
    const cells = row(member);
    length += cells.join(" | ").length + 5;
    if (length > room) break;
    rows.push(cells);
  }
  const [open, folded] = [rows.slice(0, OPEN_ROWS), rows.slice(OPEN_ROWS)];
  const more = shift.membersTotal - rows.length;
  return [
    open.length > 0 ? markdownTable(HEAD, open, NUMERIC) : "",
    folded.length > 0
      ? `<details><summary>${plural(folded.length, "more series", "more series")}</summary>\n\n${markdownTable(HEAD, folded, NUMERIC)}\n\n</details>`
      : "",
    more > 0 ? `${markdownLink(`${plural(more, "more series", "more series")} on its page`, url)}.` : "",
  ]
    .filter(Boolean)
    .join("\n\n");
}

function row(member: MarkdownMember): string[] {
  const { workload, params, metric, metricName, environment, before, after, unit, p } = member;
  const given = paramsLabel(params);
  return [
    given ? `${markdownCode(workload)} ${markdownCode(given)}` : markdownCode(workload),
    markdownText(metricInSentence(metricLabel(metric, metricName))),
    markdownCode(environment),
    markdownText(formatQuantity(before, unit)),
    markdownText(formatQuantity(after, unit)),
    markdownText(changeText(member)),
    markdownText(intervalText(member) ?? "cannot be told"),
    formatP(p), // "<" before a space opens no tag
    `${member.pointsBefore}, ${member.pointsAfter}`,
  ];
}

function policy({ policy: { detector, smallestEffects, sensitivity } }: MarkdownShift): string {
  const effects = smallestEffects.map(
    ({ metric, metricName, smallestEffect }) =>
      `${Math.round(smallestEffect * 1000) / 10} % of ${markdownText(metricInSentence(metricLabel(metric, metricName)))}`,
  );
  const [least, most] = sensitivity;
  const ready = least === most ? String(least) : `${least} to ${most}`;
  const told = effects.length > 0 ? `, nothing under ${effects.join(", ")}` : "";
  return `**Policy.** Step between two levels of one series, each point the median of a commit’s runs. Detector ${detector}, sensitivity ${ready}${told}; confirmed from ${CONFIRMED_POINTS} points at p ≤ ${CONFIRMED_P}. Interval and range hold with 95 %.`;
}

function reproduce(shift: MarkdownShift, { api }: MarkdownPlaces): string {
  const { project, number, lastGood, firstShifted, commitsBetween } = shift;
  const lines = [
    `git checkout ${firstShifted}   # first shifted; last good: ${lastGood}`,
    ...(commitsBetween ? [`git rev-list --first-parent --reverse ${lastGood}..${firstShifted}`] : []),
    `tidemark compare --project ${project.slug} --baseline commit:${shortSha(lastGood)} --contender commit:${shortSha(firstShifted)}`,
    `tidemark next --project ${project.slug} --shift ${number}   # which commit to run next, and how often`,
    `curl -sS '${api}'   # all of it as JSON`,
  ];
  return `<details><summary>How to reproduce</summary>\n\n\`\`\`sh\n${lines.join("\n")}\n\`\`\`\n\n</details>`;
}
