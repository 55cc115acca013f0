import { type Db, row, rows } from "@/lib/db/sql";
import type { Claim, Placing } from "./placeCommits";

type Last = {
  position: number;
  sha: string;
  committedAt: string | null;
  startedAt: string | null;
  claimed: boolean;
  isHead: boolean;
};

/**
 * The everyday case without loading the graph: a commit that nobody knew, whose first parent ends the line (or is new
 * too: a suite that measures every tenth commit), younger than what stands there. False: not that case, nothing done.
 * Must place as `orderLine` would; a test compares them.
 */
export async function appendCommit(tx: Db, placing: Placing, claim: Claim): Promise<boolean> {
  const { projectId, created, ids } = placing;
  const { branchId, commitId, sha, committedAt, startedAt, parents } = claim;
  if (!created.has(sha) || !committedAt || !startedAt) return false;
  const last = await readLast(tx, projectId, branchId);
  if (!last || !isGreater([committedAt, startedAt, sha], [last.committedAt, last.startedAt, last.sha])) return false;
  const [parent, ...others] = parents;
  if (!others.every((other) => created.has(other))) return false; // a merge may join pieces
  if (parent === last.sha) {
    // Another tip beside the last commit would have to be weighed against the new one.
    const leads = last.claimed ? isGreater([startedAt, committedAt], [last.startedAt, last.committedAt]) : last.isHead;
    if (!leads) return false;
    await place(tx, projectId, branchId, last.position, [commitId]);
    return true;
  }
  if (parent !== undefined && !created.has(parent)) return false;
  const parentId = parent === undefined ? undefined : ids.get(parent);
  await place(tx, projectId, branchId, last.position, parentId === undefined ? [commitId] : [parentId, commitId]);
  return true;
}

function isGreater(a: (string | null)[], b: (string | null)[]): boolean {
  const index = a.findIndex((text, at) => (text ?? "") !== (b[at] ?? ""));
  return index >= 0 && (a[index] ?? "") > (b[index] ?? "");
}

async function readLast(tx: Db, projectId: number, branchId: number): Promise<Last | null> {
  return row<Last>(
    tx,
    `select bc.position, c.sha, c.committed_at as "committedAt", bc.started_at as "startedAt", bc.claimed,
            exists (select from commit_lists l
                     where l.project_id = $1 and l.branch_id = $2 and l.commit_id = bc.commit_id) as "isHead"
       from branch_commits bc
       join commits c on c.project_id = $1 and c.id = bc.commit_id
      where bc.project_id = $1 and bc.branch_id = $2 and bc.position is not null
      order by bc.position desc limit 1`,
    [projectId, branchId],
  );
}

async function place(tx: Db, projectId: number, branchId: number, after: number, commitIds: number[]): Promise<void> {
  await rows(
    tx,
    `insert into branch_commits (project_id, branch_id, commit_id, position)
     select $1, $2, placed.commit_id, $3 + placed.ordinal
       from unnest($4::int[]) with ordinality as placed (commit_id, ordinal)
         on conflict (project_id, branch_id, commit_id) do update set position = excluded.position`,
    [projectId, branchId, after, commitIds],
  );
}
