import { z } from "zod";
import { db, row, rows } from "@/lib/db/sql";
import { NotFound } from "@/lib/errors";
import { decodeCursor, type Page, pageOf } from "@/lib/http/paging";
import type { Actor } from "@/lib/model/actor";
import { findProject } from "./project";

/** A commit on a branch. */
export type CommitItem = {
  sha: string;
  /** Place on the branch's line, from 0 for the oldest; null: sent for the branch, but off its line. */
  position: number | null;
  /** Null: known only as the parent of another. */
  committedAt: string | null;
  parents: string[];
  pullRequest: number | null;
  author: string | null;
  subject: string | null;
  /** Runs at this commit, in whatever branch they were sent for. */
  runs: number;
};

/** Commits of a branch, the head first; those off the line at the end. The default branch unless another is named. */
export async function listCommits(
  actor: Actor,
  slug: string,
  filter: { limit: number; cursor?: string; branch?: string },
): Promise<Page<CommitItem>> {
  const project = await findProject(actor, slug);
  const name = filter.branch ?? project.defaultBranch;
  const branch = await row<{ id: number; total: number }>(
    db(),
    `select b.id, (select count(*) from branch_commits bc where bc.project_id = $1 and bc.branch_id = b.id) as total
       from branches b where b.project_id = $1 and b.name = $2`,
    [project.id, name],
  );
  if (!branch) throw new NotFound(`The project '${slug}' has no branch '${name}'.`);
  const [place, id] = decodeCursor(filter.cursor, z.tuple([z.int32(), z.int32()])) ?? [null, null];
  const found = await rows<CommitItem & { id: number }>(
    db(),
    `select c.id, c.sha, bc.position, c.committed_at as "committedAt", c.parents, c.pull_request as "pullRequest",
            c.author, c.subject,
            (select count(*) from runs r where r.project_id = $1 and r.commit_id = c.id) as runs
       from branch_commits bc
       join commits c on c.project_id = bc.project_id and c.id = bc.commit_id
      where bc.project_id = $1 and bc.branch_id = $2
        and ($3::int is null or (coalesce(bc.position, -1), c.id) < ($3::int, $4::int))
      order by coalesce(bc.position, -1) desc, c.id desc limit $5`,
    [project.id, branch.id, place, id, filter.limit + 1],
  );
  const item = ({ id: _, ...commit }: CommitItem & { id: number }): CommitItem => commit;
  return pageOf(found, filter.limit, branch.total, item, (last) => [last.position ?? -1, last.id]);
}
