import type { ProjectRow } from "@/lib/auth/access";
import { db, rows } from "@/lib/db/sql";
import { type MainLine, type ResolvedSide, readReaches } from "./side";

/** A tag as reports know it: its commit, and the newest commit of the default branch that it holds. */
export type Tagged = { tag: string; commitId: number; at: string | null; rejected: boolean; reach: number | null };

/** Tags off the default branch whose ancestors are looked at; older ones are left out of "contained in". */
const MOST_OFF_LINE = 100;

/** All tags of the project, by what they hold, oldest first. */
export async function readTags(project: ProjectRow, main: MainLine | null): Promise<Tagged[]> {
  const tags = await rows<Omit<Tagged, "reach">>(
    db(),
    `SELECT r.tag, r.commit_id AS "commitId", coalesce(r.released_at, c.committed_at) AS at, coalesce((
         SELECT p.state = 'rejected' FROM reports p WHERE p.project_id = $1 AND p.candidate = r.tag
         ORDER BY p.number DESC LIMIT 1), false) AS rejected
     FROM releases r JOIN commits c ON c.project_id = $1 AND c.id = r.commit_id
     WHERE r.project_id = $1 ORDER BY coalesce(r.released_at, c.committed_at) NULLS FIRST, r.tag`,
    [project.id],
  );
  if (!main) return tags.map((tag) => ({ ...tag, reach: null }));
  const off = tags.filter(({ commitId }) => !main.places.has(commitId)).slice(-MOST_OFF_LINE);
  const reaches = await readReaches(
    project,
    main,
    off.map(({ commitId }) => commitId),
  );
  return tags
    .map((tag) => ({ ...tag, reach: main.places.get(tag.commitId) ?? reaches.get(tag.commitId) ?? null }))
    .toSorted((a, b) => (a.reach ?? -1) - (b.reach ?? -1));
}

/**
 * The last shipped release before a commit: the nearest tag among its first parents, its own commit left out. A tag whose
 * report was rejected never shipped. Of several tags on one commit the newest. null: there is none.
 */
export function predecessorOf(side: ResolvedSide, tags: readonly Tagged[], main: MainLine | null): Tagged | null {
  const shipped = tags.filter(({ rejected, commitId }) => !rejected && commitId !== side.commitId);
  const depths = new Map(side.own.map(({ id, depth }) => [id, depth]));
  const onOwnLine = shipped
    .filter(({ commitId }) => depths.has(commitId))
    .toSorted((a, b) => (depths.get(b.commitId) ?? 0) - (depths.get(a.commitId) ?? 0));
  const nearest = onOwnLine.at(-1);
  if (nearest) return nearest;
  const { position, fork } = side.told;
  const limit = position === null ? (fork?.position ?? -1) : position - 1;
  const before = shipped
    .map((tag) => ({ tag, place: main?.places.get(tag.commitId) ?? null }))
    .filter((one): one is { tag: Tagged; place: number } => one.place !== null && one.place <= limit)
    .toSorted((a, b) => a.place - b.place);
  return before.at(-1)?.tag ?? null;
}

/** Tags that hold a place of the default branch, oldest first. */
export const tagsHolding = (tags: readonly Tagged[], place: number): string[] =>
  tags.filter(({ reach }) => reach !== null && reach >= place).map(({ tag }) => tag);
