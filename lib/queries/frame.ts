import { db, row, rows } from "@/lib/db/sql";
import { type Actor, may } from "@/lib/model/actor";
import type { Role } from "@/lib/model/words";
import type { Member } from "@/lib/shift/summary";
import { OPEN_SHIFT } from "./open";
import { readableProject } from "./project";

export type ProjectLink = { slug: string; name: string };

/** Who is signed in, as the bar shows it. */
export type FrameAccount = { name: string; role: Role };

export const accountOf = ({ user }: Actor): FrameAccount | null => (user ? { name: user.name, role: user.role } : null);

/** What the bar shows above every page of a project. */
export type Frame = {
  account: FrameAccount | null;
  project: ProjectLink;
  /** All projects the caller may read, by name. */
  projects: ProjectLink[];
  /** Rows of the shifts list under its filter "open". */
  openShifts: number;
};

/** The bar of the project `slug`. Throws NotFound. */
export async function readFrame(actor: Actor, slug: string): Promise<Frame> {
  const project = await readableProject(actor, slug);
  const [projects, count] = await Promise.all([
    readProjects(actor),
    row<{ open: number }>(db(), `SELECT count(*) AS open FROM shifts s WHERE s.project_id = $1 AND ${OPEN_SHIFT}`, [
      project.id,
    ]),
  ]);
  const { slug: own, name } = project;
  return { account: accountOf(actor), project: { slug: own, name }, projects, openShifts: count?.open ?? 0 };
}

/** One project as the list at "/" shows it. */
export type ProjectItem = ProjectLink & {
  workloads: number;
  runs: number;
  openShifts: number;
  /** ISO time of the newest run; null: none yet. */
  newestRun: string | null;
};

/** The projects the caller may read, by name. */
export async function readProjects(actor: Actor): Promise<ProjectLink[]> {
  const found = await rows<ProjectLink & { id: number; visibility: string }>(
    db(),
    "SELECT id, slug, name, visibility FROM projects ORDER BY lower(name), slug",
  );
  return found.filter(mayRead(actor)).map(({ slug, name }) => ({ slug, name }));
}

/** The same with what there is in each; for the page that lists them. */
export async function readProjectItems(actor: Actor): Promise<ProjectItem[]> {
  const found = await rows<ProjectItem & { id: number; visibility: string }>(
    db(),
    `SELECT p.id, p.slug, p.name, p.visibility,
       (SELECT count(*) FROM workloads w WHERE w.project_id = p.id AND w.merged_into IS NULL) AS workloads,
       (SELECT count(*) FROM runs r WHERE r.project_id = p.id) AS runs,
       (SELECT count(*) FROM shifts s WHERE s.project_id = p.id AND ${OPEN_SHIFT}) AS "openShifts",
       (SELECT max(started_at) FROM runs r WHERE r.project_id = p.id) AS "newestRun"
     FROM projects p ORDER BY lower(p.name), p.slug`,
  );
  return found.filter(mayRead(actor)).map(({ id: _id, visibility: _visibility, ...item }) => item);
}

const mayRead = (actor: Actor) => (project: { id: number; visibility: string }) =>
  project.visibility === "public" || may(actor, "read", project.id);

/** What the palette can jump to; one answer for all kinds, so that the typed text and the list belong together. */
export type PaletteAnswer = {
  workloads: { number: number; name: string }[];
  shifts: { number: number; largest: Member; firstShiftedAt: string | null }[];
  /** Newest first. */
  releases: { tag: string; sha: string; releasedAt: string | null }[];
  /** Those whose sha begins with the text, from four characters on. */
  commits: { sha: string; subject: string | null; committedAt: string | null; measured: boolean }[];
};

const PALETTE_ROWS = 8;

/** Fewer characters of a sha name too many commits. */
const LEAST_SHA = 4;

/**
 * Workloads whose name contains `text` (names that begin with it first), shifts that touch such a workload or have this
 * number, releases whose tag contains it, commits whose sha begins with it. Without a text: the newest shifts and
 * releases and the first workloads.
 */
export async function readPalette(actor: Actor, slug: string, text: string | null): Promise<PaletteAnswer> {
  const project = await readableProject(actor, slug);
  const wanted = (text ?? "").replaceAll("\0", "").trim().toLowerCase();
  const number = /^#?(\d{1,9})$/.exec(wanted)?.[1];
  const values = [project.id, wanted, number === undefined ? null : Number(number)];
  const sha = /^[0-9a-f]{4,64}$/.test(wanted) && wanted.length >= LEAST_SHA ? wanted : null;
  const [workloads, shifts, releases, commits] = await Promise.all([
    rows<PaletteAnswer["workloads"][number]>(
      db(),
      `SELECT w.number, coalesce(w.display_name, w.name) AS name FROM workloads w
       WHERE w.project_id = $1 AND w.merged_into IS NULL AND w.retired_at IS NULL
         AND (strpos(lower(w.name), $2) > 0 OR strpos(lower(w.display_name), $2) > 0 OR w.number = $3)
       ORDER BY NOT starts_with(lower(w.name), $2), lower(w.name) LIMIT ${PALETTE_ROWS}`,
      values,
    ),
    rows<PaletteAnswer["shifts"][number]>(
      db(),
      `SELECT s.number, s.summary -> 'largest' AS largest, c.committed_at AS "firstShiftedAt" FROM shifts s
       LEFT JOIN commits c ON c.project_id = s.project_id AND c.id = s.first_shifted_commit_id
       WHERE s.project_id = $1 AND s.state <> 'withdrawn' AND s.part_of IS NULL
         AND (s.number = $3 OR strpos(lower(s.summary #>> '{largest,workload}'), $2) > 0)
       ORDER BY s.number = $3 DESC NULLS LAST, c.committed_at DESC NULLS LAST, s.number DESC LIMIT ${PALETTE_ROWS}`,
      values,
    ),
    rows<PaletteAnswer["releases"][number]>(
      db(),
      `SELECT r.tag, c.sha, coalesce(r.released_at, c.committed_at) AS "releasedAt" FROM releases r
       JOIN commits c ON c.project_id = $1 AND c.id = r.commit_id
       WHERE r.project_id = $1 AND strpos(lower(r.tag), $2) > 0
       ORDER BY coalesce(r.released_at, c.committed_at) DESC NULLS LAST, r.tag DESC LIMIT ${PALETTE_ROWS}`,
      values.slice(0, 2),
    ),
    sha === null ? [] : readCommits(project.id, sha),
  ]);
  return { workloads, shifts, releases, commits };
}

/** By the index on (project_id, sha): a prefix is a range of it. */
async function readCommits(projectId: number, prefix: string): Promise<PaletteAnswer["commits"]> {
  return rows<PaletteAnswer["commits"][number]>(
    db(),
    `SELECT c.sha, c.subject, c.committed_at AS "committedAt",
       EXISTS (SELECT FROM runs r WHERE r.project_id = $1 AND r.commit_id = c.id) AS measured
     FROM commits c
     WHERE c.project_id = $1 AND c.sha >= $2 AND c.sha < $2 || 'g' AND (c.committed_at IS NOT NULL OR c.listed)
     ORDER BY c.sha LIMIT ${PALETTE_ROWS}`,
    [projectId, prefix],
  );
}
