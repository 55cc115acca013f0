import { readProject } from "@/lib/auth/access";
import { db, row, rows } from "@/lib/db/sql";
import { Invalid } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";
import { isDay } from "@/lib/model/workingDays";
import { isoOf } from "./points";

/** What "since" means: an ISO time, and what it was said by. */
export type Since = { at: string; release: string | null };

/**
 * A moment as readers name it: release:TAG (when it was released, else when its commit was made), a day or an ISO time.
 * null: none was asked for. Throws Invalid.
 */
export async function sinceOf(projectId: number, asked: string | null): Promise<Since | null> {
  if (asked === null) return null;
  const tag = /^release:(.+)$/s.exec(asked)?.[1];
  if (tag !== undefined) return { at: await releasedAt(projectId, tag), release: tag };
  if (isDay(asked)) return { at: `${asked}T00:00:00.000Z`, release: null };
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(asked);
  if (isTime && !Number.isNaN(Date.parse(asked))) return { at: new Date(asked).toISOString(), release: null };
  throw fault("Must be release:TAG, or a day such as 2026-09-01, or a time with its zone.");
}

async function releasedAt(projectId: number, tag: string): Promise<string> {
  const found = await row<{ at: string | null }>(
    db(),
    `SELECT ${isoOf("coalesce(r.released_at, c.committed_at)")} AS at FROM releases r
     JOIN commits c ON c.project_id = $1 AND c.id = r.commit_id WHERE r.project_id = $1 AND r.tag = $2`,
    [projectId, tag.replaceAll("\0", "")],
  );
  if (!found) throw fault(`There is no release ${tag}. GET .../releases lists them.`);
  if (found.at === null) throw fault(`When ${tag} was released is not known. Give a day.`);
  return found.at;
}

/** Releases that have a moment, the newest first: what "since" can be offered with. */
export async function datedReleases(projectId: number): Promise<string[]> {
  const found = await rows<{ tag: string }>(
    db(),
    `SELECT r.tag FROM releases r JOIN commits c ON c.project_id = $1 AND c.id = r.commit_id
     WHERE r.project_id = $1 AND coalesce(r.released_at, c.committed_at) IS NOT NULL
     ORDER BY coalesce(r.released_at, c.committed_at) DESC, r.tag DESC LIMIT 50`,
    [projectId],
  );
  return found.map(({ tag }) => tag);
}

/** The same for whoever may read the project. */
export const listDatedReleases = async (actor: Actor, slug: string): Promise<string[]> =>
  datedReleases((await readProject(actor, slug)).id);

const fault = (message: string) => new Invalid(`since: ${message}`, [{ path: "?since", message }]);
