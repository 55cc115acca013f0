import { projectFor, readProject } from "@/lib/auth/access";
import { badgeUrl, feedUrl, shiftImageUrl } from "@/lib/auth/sharedLinks";
import { db, row } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import { type MarkdownPlaces, shiftMarkdown, shiftMarkdowns } from "@/lib/shift/markdown";
import { absolute } from "@/lib/urls/absolute";
import { apiUrl } from "@/lib/urls/api";
import { newIssueUrl } from "@/lib/urls/issue";
import { shiftUrl } from "@/lib/urls/shift";
import { readShift, type ShiftRead } from "./shift";

/** What carries a shift elsewhere. All addresses are absolute. */
export type ShiftSharing = {
  /** The permalink. */
  url: string;
  /** Its picture; signed where the project is private. */
  image: string;
  /** A form for a new issue, filled in; null: the project names neither a repository on http(s) nor a form. */
  issue: string | null;
};

/** Rows of the Markdown of a shift, at most; it tells of the others. */
const MARKDOWN_MEMBERS = 300;

/** Setting that holds the template of a new issue's address. */
const ISSUE_URL = "issueUrl";

/** How to share a shift that was read for `actor`. `origin`: where people reach this server. */
export async function readShiftSharing(actor: Actor, shift: ShiftRead, origin: string): Promise<ShiftSharing> {
  const project = await readProject(actor, shift.project.slug);
  const [places, template] = await Promise.all([
    placesOf(project, shift.number, origin),
    row<{ value: string }>(
      db(),
      "SELECT value #>> '{}' AS value FROM settings WHERE project_id = $1 AND key = $2 AND jsonb_typeof(value) = 'string'",
      [project.id, ISSUE_URL],
    ),
  ]);
  const text = { title: shift.title, url: places.url, bodies: shiftMarkdowns(shift, places) };
  const { url, image } = places;
  return { url, image, issue: newIssueUrl(template?.value ?? null, project.repository, text) };
}

/** The shift as Markdown for an issue, as "Copy Markdown" gives it. Throws NotFound. */
export async function readShiftMarkdown(actor: Actor, slug: string, number: number, origin: string): Promise<string> {
  const [project, shift] = await Promise.all([
    readProject(actor, slug),
    readShift(actor, slug, number, MARKDOWN_MEMBERS),
  ]);
  return shiftMarkdown(shift, await placesOf(project, number, origin));
}

async function placesOf(
  project: Awaited<ReturnType<typeof readProject>>,
  number: number,
  origin: string,
): Promise<MarkdownPlaces> {
  return {
    url: absolute(origin, shiftUrl(project.slug, number)),
    image: await shiftImageUrl(origin, project, number),
    api: absolute(origin, apiUrl.shift(project.slug, number)),
  };
}

/** The addresses of a project that leave this server. */
export type SharedLinks = {
  /** True: they hold a signature, since the project is private. */
  signed: boolean;
  atom: string;
  json: string;
  /** Of the project, or of the workload that was asked for. */
  badge: string;
};

/** Feeds and badge of a project; signed where it is private, so that a feed reader or a README needs no token. */
export async function readSharedLinks(
  actor: Actor,
  slug: string,
  workload: string | null,
  origin: string,
): Promise<SharedLinks> {
  const project = await projectFor(actor, "read", slug);
  const [atom, json, badge] = await Promise.all([
    feedUrl(origin, project, "atom"),
    feedUrl(origin, project, "json"),
    badgeUrl(origin, project, workload),
  ]);
  return { signed: project.visibility === "private", atom, json, badge };
}
