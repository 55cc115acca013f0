import { type Db, prepared } from "@/lib/db/sql";
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
 * The everyday case without loading the graph: commits of one branch that nobody knew, each the child of the line's end
 * (or of a commit that is new too: a suite that measures every tenth commit), and younger. False: not that case,
 * nothing done. Must place as `orderLine` would; a test compares them.
 */
export async function appendCommits(tx: Db, placing: Placing, claims: Claim[]): Promise<boolean> {
  const { projectId, created, ids } = placing;
  const branchId = claims[0]?.branchId ?? 0;
  if (!claims.every((claim) => claim.branchId === branchId && created.has(claim.sha))) return false;
  let last = await readLast(tx, projectId, branchId);
  if (!last) return false;
  const first = last.position;
  const placed = new Map<string, number>();
  const seen = new Set(claims.map(({ sha }) => sha));
  const open = new Map(claims.map((claim) => [claim.sha, claim]));
  while (open.size) {
    const claim = nextOf([...open.values()], last);
    const { parents, committedAt, startedAt, commitId, sha } = claim;
    if (!isNext(claim, last, (parent) => created.has(parent) && !seen.has(parent))) return false;
    const [parent] = parents;
    const between = parent === undefined || parent === last.sha ? undefined : ids.get(parent);
    if (parent !== undefined && between !== undefined) placed.set(parent, between);
    placed.set(sha, commitId);
    for (const one of parents) seen.add(one);
    open.delete(sha);
    last = { position: first + placed.size, sha, committedAt, startedAt, claimed: true, isHead: false };
  }
  await place(tx, projectId, branchId, first, [...placed.values()]);
  return true;
}

/** The child of the line's end, or else the eldest: those that follow it are placed after it. */
function nextOf(claims: Claim[], last: Last): Claim {
  const key = ({ committedAt, startedAt, sha }: Claim) => [committedAt, startedAt, sha];
  const child = claims.find(({ parents }) => parents[0] === last.sha);
  return child ?? claims.reduce((eldest, claim) => (isGreater(key(eldest), key(claim)) ? claim : eldest));
}

/** Does the commit stand right behind `last`, whatever the rest of the graph is? `isUnseen`: of a commit that is new. */
function isNext(claim: Claim, last: Last, isUnseen: (parent: string) => boolean): boolean {
  const { parents, committedAt, startedAt, sha } = claim;
  if (!committedAt || !startedAt) return false;
  if (!isGreater([committedAt, startedAt, sha], [last.committedAt, last.startedAt, last.sha])) return false;
  const [parent, ...others] = parents;
  if (!others.every(isUnseen)) return false; // a merge may join pieces
  if (parent !== last.sha) return parent === undefined || isUnseen(parent);
  // Another tip beside the last commit would have to be weighed against the new one.
  return last.claimed ? isGreater([startedAt, committedAt], [last.startedAt, last.committedAt]) : last.isHead;
}

function isGreater(a: (string | null)[], b: (string | null)[]): boolean {
  const index = a.findIndex((text, at) => (text ?? "") !== (b[at] ?? ""));
  return index >= 0 && (a[index] ?? "") > (b[index] ?? "");
}

async function readLast(tx: Db, projectId: number, branchId: number): Promise<Last | null> {
  const [last] = await prepared<Last>(
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
  return last ?? null;
}

async function place(tx: Db, projectId: number, branchId: number, after: number, commitIds: number[]): Promise<void> {
  await prepared(
    tx,
    `insert into branch_commits (project_id, branch_id, commit_id, position)
     select $1, $2, placed.commit_id, $3 + placed.ordinal
       from unnest($4::int[]) with ordinality as placed (commit_id, ordinal)
         on conflict (project_id, branch_id, commit_id) do update set position = excluded.position`,
    [projectId, branchId, after, commitIds],
  );
}
