import { createHash } from "node:crypto";
import { Feed } from "feed";
import { escapeHtml, fitForXml } from "../format/html";
import { metricInSentence, metricLabel, paramsLabel } from "../format/name";
import { plural } from "../format/number";
import { formatDate, formatRange } from "../format/time";
import { formatQuantity } from "../format/unit";
import { capitalised } from "../format/verdict";
import type { Json, ShiftDirection, ShiftState } from "../model/words";
import type { Counts } from "./summary";
import { type Changed, changeText, countsText, intervalText } from "./words";

/** A shift as its entry needs it: what a list of shifts gives, with the address of its picture. */
export type FeedShift = {
  number: number;
  /** Absolute. */
  url: string;
  image: string;
  title: string;
  direction: ShiftDirection;
  state: ShiftState;
  lastGood: string;
  firstShifted: string;
  firstShiftedAt: string | null;
  commitsBetween: number | null;
  containedIn: string | null;
  summary: Counts;
  changepoints: readonly (Changed & {
    workload: string;
    params: Json;
    metric: string;
    environment: string;
    before: number;
    after: number;
  })[];
  changepointsTotal: number;
};

export type FeedProject = { id: number; name: string; createdAt: string };

/** Absolute addresses: the list of shifts, and this feed in both forms. */
export type FeedPlaces = { list: string; atom: string; json: string };

/** Rows of an entry's table. */
const ROWS = 8;

/**
 * The shifts of a project as Atom or JSON Feed. Entries keep their ids whatever the analysis does and wherever the server
 * moves, and are dated by the first shifted commit: an old shift that is found late is no news. All text is inert.
 */
export function shiftFeed(
  project: FeedProject,
  shifts: readonly FeedShift[],
  places: FeedPlaces,
  format: "atom" | "json",
): string {
  const dates = shifts.map((shift) => dateOf(shift, project).getTime());
  const feed = new Feed({
    id: idOf(project, "feed"),
    title: `Shifts of ${fitForXml(project.name)}`,
    link: places.list,
    updated: dates.length > 0 ? new Date(Math.max(...dates)) : new Date(project.createdAt),
    feedLinks: { atom: places.atom, json: places.json },
    author: { name: "Tidemark" },
    copyright: "",
    generator: "Tidemark",
  });
  for (const shift of shifts) feed.addItem(entryOf(project, shift, format));
  return format === "atom" ? feed.atom1() : feed.json1();
}

function entryOf(project: FeedProject, shift: FeedShift, format: "atom" | "json") {
  const date = dateOf(shift, project);
  const title = `#${shift.number} ${shift.title}`;
  return {
    id: idOf(project, `shift ${shift.number}`),
    // Atom's title is read as HTML, that of a JSON Feed as plain text.
    title: format === "atom" ? escapeHtml(title) : fitForXml(title),
    link: shift.url,
    date,
    published: date,
    content: contentOf(shift),
  };
}

/** Dated by commit; where nobody told its date, by the project. */
function dateOf({ firstShiftedAt }: FeedShift, { createdAt }: FeedProject): Date {
  return new Date(firstShiftedAt ?? createdAt);
}

/** The same on every server that holds this project, under whatever address. */
function idOf({ id, createdAt }: FeedProject, what: string): string {
  const hash = createHash("sha256")
    .update(`tidemark ${id} ${new Date(createdAt).toISOString()} ${what}`)
    .digest("hex");
  const variant = "89ab"[Number.parseInt(hash.charAt(16), 16) % 4];
  const parts = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    variant + hash.slice(17, 20),
    hash.slice(20, 32),
  ];
  return `urn:uuid:${parts.join("-")}`;
}

function contentOf(shift: FeedShift): string {
  const { commitsBetween, containedIn, firstShiftedAt, changepoints, changepointsTotal } = shift;
  const many = commitsBetween === null ? "" : `, ${plural(commitsBetween + 1, "commit")}`;
  const when = firstShiftedAt === null ? "" : `, first shifted ${formatDate(firstShiftedAt)}`;
  const release = containedIn === null ? "In no release yet." : `First contained in ${containedIn}.`;
  const sentence = `${capitalised(shift.direction)}, ${shift.state}: ${countsText(shift.summary)}. Range ${formatRange(shift.lastGood, shift.firstShifted)}${many}${when}. ${release}`;
  const rows = changepoints.slice(0, ROWS).map(rowOf);
  const more = changepointsTotal - rows.length;
  return [
    `<p>${escapeHtml(sentence)}</p>`,
    `<p><img src="${escapeHtml(shift.image)}" alt="${escapeHtml(`Shift ${shift.number}: before and after`)}" width="600" height="315"></p>`,
    `<table><tr><th>Workload</th><th>Metric</th><th>Environment</th><th>Before</th><th>After</th><th>Change</th><th>95 % interval</th></tr>${rows.join("")}</table>`,
    more > 0 ? `<p>${plural(more, "more series", "more series")}.</p>` : "",
  ].join("");
}

function rowOf(member: FeedShift["changepoints"][number]): string {
  const { workload, params, metric, environment, before, after, unit } = member;
  const given = paramsLabel(params);
  const cells = [
    given ? `${workload} ${given}` : workload,
    metricInSentence(metricLabel(metric)),
    environment,
    formatQuantity(before, unit),
    formatQuantity(after, unit),
    changeText(member),
    intervalText(member) ?? "cannot be told",
  ];
  return `<tr>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`;
}
