import { judgeRuns, LOOKS_AHEAD, LOOKS_BACK, type MeasuredRun, type RunJudgement } from "../cause/slowRuns";
import { type Db, rows } from "../db/sql";
import { type Border, bordersOf } from "./measurements";
import type { Positions } from "./positions";
import type { LineKey, Scope } from "./requests";

/** Measured commits that are judged at a time: bounds what is in memory. */
const CHUNK = 100;

type Run = { id: number; position: number };
type Known = { runId: number; state: RunJudgement["state"]; factor: number | null; cases: number };
type Target = { environmentId: number; metricId: number; smallestEffect: number; lines: LineKey[] };

/**
 * Judges runs as wholes, per environment and metric of the lines that are analysed, and stores what changed. Only runs
 * that are new, or near one that is new or gone, are judged again, unless `everything` is. Gives the trend series of runs
 * that began or ceased to be left out: their lines are to be judged again too.
 */
export async function judgeWholeRuns(
  tx: Db,
  scope: Scope,
  {
    positions,
    borders,
    lines,
    everything,
  }: { positions: Positions; borders: readonly Border[]; lines: readonly LineKey[]; everything: boolean },
): Promise<number[]> {
  const changed: number[] = [];
  for (const target of targetsOf(lines)) {
    const found = await judgeTarget(tx, scope, positions, borders, target, everything);
    if (found.length > 0) changed.push(...(await seriesOfRuns(tx, scope, target, found)));
  }
  return changed;
}

function targetsOf(lines: readonly LineKey[]): Target[] {
  const targets = new Map<string, Target>();
  for (const line of lines) {
    const { environmentId, metricId, smallestEffect } = line;
    const key = `${environmentId} ${metricId}`;
    const target = targets.get(key) ?? { environmentId, metricId, smallestEffect, lines: [] };
    targets.set(key, target);
    target.lines.push(line);
  }
  return [...targets.values()];
}

/** Ids of runs that began or ceased to be left out. */
async function judgeTarget(
  tx: Db,
  scope: Scope,
  positions: Positions,
  borders: readonly Border[],
  target: Target,
  everything: boolean,
): Promise<number[]> {
  const [runs, known] = [await readRuns(tx, scope, positions, target), await readKnown(tx, scope, target)];
  const measured = [...new Set(runs.map(({ position }) => position))];
  const present = new Set(runs.map(({ id }) => id));
  const gone = [...known.keys()].filter((id) => !present.has(id));
  const parts = everything || gone.length > 0 ? wholeOf(measured.length) : partsAround(measured, runs, known);
  const changed: number[] = [];
  const updates: RunJudgement[] = [];
  for (const { from, to } of parts) {
    const start = Math.max(0, from - LOOKS_BACK);
    const window = measured.slice(start, to + LOOKS_AHEAD + 1);
    const judged = await judgeWindow(tx, scope, { runs, window, borders, target, positions });
    const own = new Set(measured.slice(from, to + 1));
    const positionOf = new Map(runs.map(({ id, position }) => [id, position]));
    for (const one of judged) {
      if (!own.has(positionOf.get(one.id) ?? -1)) continue;
      const before = known.get(one.id);
      if (before?.state === one.state && before.factor === one.factor && before.cases === one.cases) continue;
      updates.push(one);
      if (isLeftOut(before?.state) !== isLeftOut(one.state)) changed.push(one.id);
    }
  }
  await store(tx, scope, target, updates, gone);
  return [...changed, ...gone.filter((id) => isLeftOut(known.get(id)?.state))];
}

const isLeftOut = (state: RunJudgement["state"] | undefined) => state === "pending" || state === "slow";

type Part = { from: number; to: number };

function wholeOf(count: number): Part[] {
  return Array.from({ length: Math.ceil(count / CHUNK) }, (_, i) => ({
    from: i * CHUNK,
    to: Math.min(count, (i + 1) * CHUNK) - 1,
  }));
}

/** Stretches of measured commits whose judgement may depend on a run without one; indices, cut into chunks. */
function partsAround(measured: readonly number[], runs: readonly Run[], known: ReadonlyMap<number, Known>): Part[] {
  const fresh = new Set(runs.flatMap(({ id, position }) => (known.has(id) ? [] : [position])));
  const parts: Part[] = [];
  measured.forEach((position, i) => {
    if (!fresh.has(position)) return;
    const last = parts.at(-1);
    const from = Math.max(0, i - LOOKS_AHEAD);
    const to = Math.min(measured.length - 1, i + LOOKS_BACK);
    if (last && from <= last.to + 1) last.to = to;
    else parts.push({ from, to });
  });
  return parts.flatMap(({ from, to }) =>
    wholeOf(to - from + 1).map((part) => ({ from: part.from + from, to: part.to + from })),
  );
}

/** Runs of the environment that count, on commits of the line, in the order in which they are judged. */
async function readRuns(tx: Db, { projectId }: Scope, positions: Positions, { environmentId }: Target): Promise<Run[]> {
  const found = await rows<{ id: number; commitId: number }>(
    tx,
    `SELECT u.id, u.commit_id AS "commitId" FROM runs u
     WHERE u.project_id = $1 AND u.environment_id = $2 AND u.experiment IS NULL AND NOT EXISTS (
       SELECT FROM exclusions e WHERE e.project_id = $1 AND e.run_id = u.id AND e.series_id IS NULL AND e.restored_at IS NULL)
     ORDER BY u.started_at, u.key`,
    [projectId, environmentId],
  );
  return found
    .flatMap(({ id, commitId }) => {
      const position = positions.get(commitId);
      return position === undefined ? [] : [{ id, position }];
    })
    .sort((a, b) => a.position - b.position);
}

async function readKnown(
  tx: Db,
  { projectId }: Scope,
  { environmentId, metricId }: Target,
): Promise<Map<number, Known>> {
  const found = await rows<Known>(
    tx,
    `SELECT j.run_id AS "runId", j.state, j.factor, j.cases FROM run_judgements j
     JOIN runs u ON u.project_id = $1 AND u.id = j.run_id AND u.environment_id = $2
     WHERE j.project_id = $1 AND j.metric_id = $3`,
    [projectId, environmentId, metricId],
  );
  return new Map(found.map((one) => [one.runId, one]));
}

type Window = {
  runs: readonly Run[];
  window: readonly number[];
  borders: readonly Border[];
  target: Target;
  positions: Positions;
};
type Packed = {
  caseId: number;
  workloadId: number;
  version: string;
  factsGroup: number;
  points: [runId: number, commitId: number, median: number][];
};

/** Reads and judges the runs of a window of measured commits. */
async function judgeWindow(
  tx: Db,
  { projectId }: Scope,
  { runs, window, borders, target, positions }: Window,
): Promise<RunJudgement[]> {
  const inside = new Set(window);
  const own = runs.filter(({ position }) => inside.has(position));
  const commits = [...positions].flatMap(([id, position]) => (inside.has(position) ? [id] : []));
  const packed = await rows<Packed>(
    tx,
    `SELECT s.case_id AS "caseId", c.workload_id AS "workloadId", s.version, r.facts_group AS "factsGroup",
            json_agg(json_build_array(p.run_id, p.commit_id, p.median)) AS points
     FROM series s
     JOIN cases c ON c.project_id = (SELECT $1::int) AND c.id = s.case_id
     JOIN environment_revisions r ON r.project_id = (SELECT $1::int) AND r.id = s.revision_id
     JOIN points p ON p.project_id = (SELECT $1::int) AND p.series_id = s.id AND p.commit_id = ANY($4::int[])
     WHERE s.project_id = $1 AND s.environment_id = $2 AND s.metric_id = $3 AND s.trend AND NOT EXISTS (
       SELECT FROM exclusions e WHERE e.project_id = (SELECT $1::int) AND e.run_id = p.run_id
         AND e.series_id = p.series_id AND e.restored_at IS NULL)
     GROUP BY s.id, s.case_id, c.workload_id, s.version, r.facts_group`,
    [projectId, target.environmentId, target.metricId, commits],
  );
  const values = new Map(own.map(({ id }) => [id, new Map<string, number>()]));
  for (const { caseId, workloadId, version, factsGroup, points } of packed) {
    const line = { caseId, workloadId, metricId: target.metricId, environmentId: target.environmentId };
    const cuts = bordersOf(borders, line);
    for (const [runId, commitId, value] of points) {
      const epoch = cuts.filter((cut) => cut <= (positions.get(commitId) as number)).length;
      values.get(runId)?.set(JSON.stringify([caseId, version, factsGroup, epoch]), value);
    }
  }
  const measured = own.map(({ id, position }): MeasuredRun => ({ id, position, values: values.get(id) ?? new Map() }));
  return judgeRuns(measured, target.smallestEffect);
}

/** Suites of few cases have no judgements, and no rows. */
async function store(
  tx: Db,
  { projectId }: Scope,
  { metricId }: Target,
  updates: readonly RunJudgement[],
  gone: readonly number[],
): Promise<void> {
  if (gone.length > 0)
    await rows(tx, "DELETE FROM run_judgements WHERE project_id = $1 AND metric_id = $2 AND run_id = ANY($3::int[])", [
      projectId,
      metricId,
      gone,
    ]);
  if (updates.length === 0) return;
  await rows(
    tx,
    `INSERT INTO run_judgements (project_id, run_id, metric_id, state, factor, cases)
     SELECT $1::int, id, $2::int, state, factor, cases
     FROM json_to_recordset($3) AS x (id int, state text, factor float8, cases int)
     ON CONFLICT (project_id, run_id, metric_id)
     DO UPDATE SET state = excluded.state, factor = excluded.factor, cases = excluded.cases`,
    [projectId, metricId, JSON.stringify(updates)],
  );
}

async function seriesOfRuns(tx: Db, { projectId }: Scope, target: Target, runs: readonly number[]): Promise<number[]> {
  const found = await rows<{ id: number }>(
    tx,
    `SELECT DISTINCT s.id FROM results r
     JOIN series s ON s.project_id = (SELECT $1::int) AND s.case_id = r.case_id AND s.metric_id = $3
       AND s.environment_id = $4 AND s.trend
     WHERE r.project_id = $1 AND r.run_id = ANY($2::int[])`,
    [projectId, runs, target.metricId, target.environmentId],
  );
  return found.map(({ id }) => id);
}

/** Runs that are in no level and no detection of a metric: slow as a whole, or not yet decided. */
export type LeftOut = { has(runId: number, metricId: number): boolean };

export async function readLeftOut(tx: Db, { projectId }: Scope): Promise<LeftOut> {
  const found = await rows<{ runId: number; metricId: number }>(
    tx,
    `SELECT run_id AS "runId", metric_id AS "metricId" FROM run_judgements
     WHERE project_id = $1 AND state IN ('pending', 'slow')`,
    [projectId],
  );
  const keys = new Set(found.map(({ runId, metricId }) => `${runId} ${metricId}`));
  return { has: (runId, metricId) => keys.has(`${runId} ${metricId}`) };
}
