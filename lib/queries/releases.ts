import { z } from "zod";
import { db, row, rows } from "@/lib/db/sql";
import { decodeCursor, type Page, pageOf } from "@/lib/http/paging";
import type { Actor } from "@/lib/model/actor";
import { findProject } from "./project";

/** A tag and its commit. */
export type ReleaseItem = {
  tag: string;
  sha: string;
  releasedAt: string | null;
  committedAt: string | null;
  /** Place of the commit on the default branch's line; null: not on it. */
  position: number | null;
};

/** Releases of a project, the newest first: by place on the default branch, then by date, then by tag. */
export async function listReleases(
  actor: Actor,
  slug: string,
  filter: { limit: number; cursor?: string },
): Promise<Page<ReleaseItem>> {
  const project = await findProject(actor, slug);
  const skipped = decodeCursor(filter.cursor, z.tuple([z.int32().min(0)]))?.[0] ?? 0;
  const found = await rows<ReleaseItem>(
    db(),
    `select r.tag, c.sha, r.released_at as "releasedAt", c.committed_at as "committedAt", bc.position
       from releases r
       join commits c on c.project_id = r.project_id and c.id = r.commit_id
       left join branches b on b.project_id = r.project_id and b.name = $2
       left join branch_commits bc on bc.project_id = r.project_id and bc.branch_id = b.id and bc.commit_id = c.id
      where r.project_id = $1
      order by bc.position desc nulls last, coalesce(r.released_at, c.committed_at) desc nulls last, r.tag desc
      limit $3 offset $4`,
    [project.id, project.defaultBranch, filter.limit + 1, skipped],
  );
  const count = await row<{ total: number }>(db(), "select count(*) as total from releases where project_id = $1", [
    project.id,
  ]);
  return pageOf(
    found,
    filter.limit,
    count?.total ?? 0,
    (release) => release,
    () => [skipped + filter.limit],
  );
}
