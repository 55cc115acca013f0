import { type Db, prepared } from "@/lib/db/sql";
import { appendCommits } from "./appendCommits";
import { recomputePlaces } from "./recomputePlaces";

/** Runs say that a commit lies on a branch. */
export type Claim = {
  branchId: number;
  commitId: number;
  sha: string;
  parents: string[];
  committedAt: string | null;
  startedAt: string | null;
};

export type Placing = {
  projectId: number;
  defaultBranch: string;
  claims: Claim[];
  /** Heads of commit lists that were just received. */
  heads: { branchId: number; commitId: number }[];
  created: ReadonlySet<string>;
  moved: readonly number[];
  ids: ReadonlyMap<string, number>;
  /** Runs of this very transaction: what they measure had no order before. */
  newRuns: readonly number[];
};

/**
 * Keeps the places of commits on branches after commits were stored. Gives whether commits that were measured before
 * now stand in another order on the default branch's line, so that all its lines must be analysed anew.
 * One transaction of a project at a time is here: it holds the row of the default branch until it ends.
 */
export async function placeCommits(tx: Db, placing: Placing): Promise<{ isReordered: boolean }> {
  const { projectId, heads, moved, claims } = placing;
  const news = await newClaims(tx, projectId, claims);
  if (!news.length && !heads.length && !moved.length) return { isReordered: false };
  const defaultId = await lockPlaces(tx, projectId, placing.defaultBranch);
  const placed = await storeClaims(tx, projectId, news);
  await storeHeads(tx, projectId, heads);
  const open = news.filter(({ branchId, commitId }) => !placed.has(`${branchId}/${commitId}`));
  if (!heads.length && !moved.length && (!open.length || (await appendCommits(tx, placing, open))))
    return { isReordered: false };
  const dirty = new Set([...open, ...heads].map(({ branchId }) => branchId));
  for (const branchId of await branchesOf(tx, projectId, moved)) dirty.add(branchId);
  return recomputePlaces(tx, projectId, defaultId, dirty, placing.newRuns);
}

/** One claim per branch and commit, the newest; without those that say nothing new. */
async function newClaims(tx: Db, projectId: number, claims: Claim[]): Promise<Claim[]> {
  const newest = new Map<string, Claim>();
  for (const claim of claims) {
    const id = `${claim.branchId}/${claim.commitId}`;
    const before = newest.get(id);
    if (!before || (claim.startedAt ?? "") > (before.startedAt ?? "")) newest.set(id, claim);
  }
  const wanted = [...newest.values()];
  if (!wanted.length) return [];
  const known = await prepared<{ branchId: number; commitId: number; startedAt: string | null }>(
    tx,
    `select bc.branch_id as "branchId", bc.commit_id as "commitId", bc.started_at as "startedAt"
       from branch_commits bc
       join unnest($2::int[], $3::int[]) as wanted (branch_id, commit_id)
         on bc.branch_id = wanted.branch_id and bc.commit_id = wanted.commit_id
      where bc.project_id = (select $1::int) and bc.claimed`,
    [projectId, wanted.map(({ branchId }) => branchId), wanted.map(({ commitId }) => commitId)],
  );
  for (const { branchId, commitId, startedAt } of known) {
    const claim = newest.get(`${branchId}/${commitId}`);
    if (claim && (claim.startedAt ?? "") <= (startedAt ?? "")) newest.delete(`${branchId}/${commitId}`);
  }
  return [...newest.values()];
}

/** Not FOR UPDATE: that would wait for every run that refers to the branch, and they for us. */
async function lockPlaces(tx: Db, projectId: number, name: string): Promise<number> {
  const lock = async () => {
    const select = "select id from branches where project_id = $1 and name = $2 for no key update";
    return (await prepared<{ id: number }>(tx, select, [projectId, name]))[0]?.id;
  };
  const found = await lock();
  if (found !== undefined) return found;
  await prepared(tx, "insert into branches (project_id, name) values ($1, $2) on conflict do nothing", [
    projectId,
    name,
  ]);
  return (await lock()) ?? 0;
}

/**
 * Notes the claims. Gives those whose commit has a place on the line already ("branch/commit"): a newer run of a commit
 * on the line, or the first run of a listed one, moves nothing. (Without a date its run's start is its date: that may.)
 */
async function storeClaims(tx: Db, projectId: number, claims: Claim[]): Promise<Set<string>> {
  const stored = await prepared<{ branchId: number; commitId: number; isPlaced: boolean }>(
    tx,
    `with stored as (
       insert into branch_commits as bc (project_id, branch_id, commit_id, claimed, started_at)
       select $1, claim.branch_id, claim.commit_id, true, claim.started_at
         from unnest($2::int[], $3::int[], $4::timestamptz[]) as claim (branch_id, commit_id, started_at)
           on conflict (project_id, branch_id, commit_id)
           do update set claimed = true, started_at = greatest(bc.started_at, excluded.started_at)
       returning bc.branch_id, bc.commit_id, bc.position)
     select s.branch_id as "branchId", s.commit_id as "commitId",
            s.position is not null and c.committed_at is not null as "isPlaced"
       from stored s join commits c on c.project_id = (select $1::int) and c.id = s.commit_id`,
    [
      projectId,
      claims.map(({ branchId }) => branchId),
      claims.map(({ commitId }) => commitId),
      claims.map(({ startedAt }) => startedAt),
    ],
  );
  return new Set(stored.filter(({ isPlaced }) => isPlaced).map(({ branchId, commitId }) => `${branchId}/${commitId}`));
}

/** The same head again is the newest again: a branch that went back and forth ends where it was sent last. */
async function storeHeads(tx: Db, projectId: number, heads: Placing["heads"]): Promise<void> {
  for (const { branchId, commitId } of heads)
    await prepared(
      tx,
      `insert into commit_lists (project_id, branch_id, commit_id, received_at) values ($1, $2, $3, clock_timestamp())
       on conflict (project_id, branch_id, commit_id) do update set received_at = excluded.received_at`,
      [projectId, branchId, commitId],
    );
}

async function branchesOf(tx: Db, projectId: number, commitIds: readonly number[]): Promise<number[]> {
  if (!commitIds.length) return [];
  const found = await prepared<{ id: number }>(
    tx,
    `select distinct branch_id as id from branch_commits where project_id = (select $1::int) and commit_id = any($2::int[])`,
    [projectId, commitIds],
  );
  return found.map(({ id }) => id);
}
