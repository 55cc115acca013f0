import { markOverview } from "@/lib/db/overviewMarks";
import { type Db, rows } from "@/lib/db/sql";
import { type GraphCommit, orderLine } from "@/lib/model/orderLine";

type Commit = GraphCommit & { id: number };
type Place = { commitId: number; position: number | null; claimed: boolean; startedAt: string | null };

/**
 * Computes the lines of `dirty` branches anew from the whole graph and writes what differs: the default branch first,
 * then also branches that hold a commit which joined or left its line. The caller holds the project's place lock.
 */
export async function recomputePlaces(
  tx: Db,
  projectId: number,
  defaultId: number,
  dirty: Set<number>,
  newRuns: readonly number[],
): Promise<{ isReordered: boolean }> {
  const graph = await readGraph(tx, projectId);
  let isReordered = false;
  if (dirty.has(defaultId)) {
    const { before, after } = await recompute(tx, projectId, defaultId, graph);
    const measured = await readMeasured(tx, projectId, newRuns);
    const only = (ids: number[]) => ids.filter((id) => measured.has(id)).join();
    isReordered = only(before) !== only(after);
    for (const branchId of await branchesWith(tx, projectId, difference(before, after))) dirty.add(branchId);
  }
  dirty.delete(defaultId);
  if (!dirty.size) return { isReordered };
  const base = await readLine(tx, projectId, defaultId);
  for (const branchId of dirty) await recompute(tx, projectId, branchId, graph, base);
  return { isReordered };
}

type Graph = { bySha: Map<string, Commit>; byId: Map<number, Commit> };

async function readGraph(tx: Db, projectId: number): Promise<Graph> {
  const commits = await rows<Commit>(
    tx,
    `select id, sha, parents, committed_at as "committedAt" from commits where project_id = $1`,
    [projectId],
  );
  return {
    bySha: new Map(commits.map((commit) => [commit.sha, commit])),
    byId: new Map(commits.map((commit) => [commit.id, commit])),
  };
}

/** Writes the line of one branch. Gives the ids on it before and after, oldest first. */
async function recompute(
  tx: Db,
  projectId: number,
  branchId: number,
  graph: Graph,
  base?: ReadonlySet<string>,
): Promise<{ before: number[]; after: number[] }> {
  const places = await readPlaces(tx, projectId, branchId);
  const heads = await rows<{ commitId: number; receivedAt: string }>(
    tx,
    `select commit_id as "commitId", to_char(received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as "receivedAt"
       from commit_lists where project_id = $1 and branch_id = $2`,
    [projectId, branchId],
  );
  const shaOf = (id: number) => graph.byId.get(id)?.sha ?? "";
  const line = orderLine(graph.bySha, {
    claims: new Map(places.filter(({ claimed }) => claimed).map((place) => [shaOf(place.commitId), place.startedAt])),
    heads: new Map(heads.map(({ commitId, receivedAt }) => [shaOf(commitId), receivedAt])),
    base,
  });
  const after = line.flatMap((sha) => graph.bySha.get(sha)?.id ?? []);
  await writePlaces(tx, projectId, branchId, places, after);
  const onLine = places.filter(({ position }) => position !== null);
  const before = onLine.sort((a, b) => (a.position ?? 0) - (b.position ?? 0)).map(({ commitId }) => commitId);
  return { before, after };
}

async function readPlaces(tx: Db, projectId: number, branchId: number): Promise<Place[]> {
  return rows<Place>(
    tx,
    `select commit_id as "commitId", position, claimed, started_at as "startedAt"
       from branch_commits where project_id = $1 and branch_id = $2`,
    [projectId, branchId],
  );
}

/** What fell off the line keeps a row without position, so that its page can say so. */
async function writePlaces(
  tx: Db,
  projectId: number,
  branchId: number,
  places: Place[],
  line: number[],
): Promise<void> {
  const known = new Map(places.map(({ commitId, position }) => [commitId, position]));
  const wanted = new Map<number, number | null>(line.map((commitId, position) => [commitId, position]));
  for (const { commitId } of places) if (!wanted.has(commitId)) wanted.set(commitId, null);
  const changed = [...wanted].filter(([commitId, position]) => known.get(commitId) !== position);
  if (!changed.length) return;
  await rows(
    tx,
    `insert into branch_commits (project_id, branch_id, commit_id, position)
     select $1, $2, placed.commit_id, placed.position
       from unnest($3::int[], $4::int[]) as placed (commit_id, position)
         on conflict (project_id, branch_id, commit_id) do update set position = excluded.position`,
    [projectId, branchId, changed.map(([commitId]) => commitId), changed.map(([, position]) => position)],
  );
  await markOverview(tx, projectId); // a line can change with nothing to analyse: it gets longer, nothing is measured yet
}

/** Commits that had runs for trends before this transaction. */
async function readMeasured(tx: Db, projectId: number, newRuns: readonly number[]): Promise<Set<number>> {
  const measured = await rows<{ id: number }>(
    tx,
    `select distinct commit_id as id from runs
      where project_id = $1 and experiment is null and id <> all($2::int[])`,
    [projectId, newRuns],
  );
  return new Set(measured.map(({ id }) => id));
}

function difference(before: number[], after: number[]): number[] {
  const [was, is] = [new Set(before), new Set(after)];
  return [...before.filter((id) => !is.has(id)), ...after.filter((id) => !was.has(id))];
}

async function branchesWith(tx: Db, projectId: number, commitIds: number[]): Promise<number[]> {
  if (!commitIds.length) return [];
  const found = await rows<{ id: number }>(
    tx,
    `select distinct branch_id as id from branch_commits where project_id = (select $1::int) and commit_id = any($2::int[])`,
    [projectId, commitIds],
  );
  return found.map(({ id }) => id);
}

async function readLine(tx: Db, projectId: number, branchId: number): Promise<Set<string>> {
  const line = await rows<{ sha: string }>(
    tx,
    `select c.sha from branch_commits bc join commits c on c.project_id = (select $1::int) and c.id = bc.commit_id
      where bc.project_id = (select $1::int) and bc.branch_id = $2 and bc.position is not null`,
    [projectId, branchId],
  );
  return new Set(line.map(({ sha }) => sha));
}
