import { db, rows } from "@/lib/db/sql";
import type { Json } from "@/lib/model/words";
import type { Costs } from "@/lib/release/plan";
import { costKey } from "@/lib/release/plan";
import type { MainLine, ResolvedSide } from "./side";

/** Commits that lie near a side, at or before it on its own line: `distance` 0 is its own. */
export function commitsNear(side: ResolvedSide, main: MainLine, near: number): Map<number, number> {
  const { position } = side.told;
  if (position === null)
    return new Map(side.own.filter(({ depth }) => depth <= near).map(({ id, depth }) => [id, depth]));
  const found = new Map<number, number>();
  for (const [id, place] of main.places)
    if (place <= position && place >= position - near) found.set(id, position - place);
  return found;
}

/** The newest results of a case in an environment near a side. */
export type NearResult = {
  caseId: number;
  environmentId: number;
  environment: string;
  workload: string;
  workloadNumber: number;
  params: Json;
  sha: string;
  distance: number;
  passed: number;
  failed: number;
  error: string | null;
};

type ResultRow = Omit<NearResult, "distance"> & { commitId: number };

/** Per case and environment what became of it at the nearest commit with a result; controls and experiments left out. */
export async function readNearResults(projectId: number, near: ReadonlyMap<number, number>): Promise<NearResult[]> {
  const found = await rows<ResultRow>(
    db(),
    `SELECT t.case_id AS "caseId", u.environment_id AS "environmentId", e.name AS environment, w.name AS workload,
       w.number AS "workloadNumber", k.params, c.sha, c.id AS "commitId",
       count(*) FILTER (WHERE t.outcome = 'passed') AS passed, count(*) FILTER (WHERE t.outcome = 'failed') AS failed,
       (array_agg(t.error) FILTER (WHERE t.outcome = 'failed'))[1] AS error
     FROM runs u
     JOIN results t ON t.project_id = $1 AND t.run_id = u.id AND NOT t.control
     JOIN cases k ON k.project_id = $1 AND k.id = t.case_id
     JOIN workloads w ON w.project_id = $1 AND w.id = k.workload_id AND w.retired_at IS NULL AND w.merged_into IS NULL
     JOIN environments e ON e.project_id = $1 AND e.id = u.environment_id
     JOIN commits c ON c.project_id = $1 AND c.id = u.commit_id
     WHERE u.project_id = $1 AND u.commit_id = ANY($2::int[]) AND u.experiment IS NULL AND NOT EXISTS (
       SELECT FROM exclusions x WHERE x.project_id = $1 AND x.run_id = u.id AND x.series_id IS NULL AND x.restored_at IS NULL)
     GROUP BY t.case_id, u.environment_id, e.name, w.name, w.number, k.params, c.sha, c.id`,
    [projectId, [...near.keys()]],
  );
  const newest = new Map<string, NearResult>();
  for (const { commitId, ...result } of found) {
    const distance = near.get(commitId) ?? 0;
    const key = `${result.caseId} ${result.environmentId}`;
    const known = newest.get(key);
    if (!known || distance < known.distance) newest.set(key, { ...result, distance });
  }
  return [...newest.values()];
}

/** The newest run of an environment near a side, with what was true of it. */
export type NearRun = {
  environmentId: number;
  environment: string;
  sha: string;
  distance: number;
  components: Json;
  facts: Json;
};

export async function readNearRuns(projectId: number, near: ReadonlyMap<number, number>): Promise<NearRun[]> {
  const found = await rows<Omit<NearRun, "distance"> & { commitId: number }>(
    db(),
    `SELECT DISTINCT ON (u.environment_id, u.commit_id) u.environment_id AS "environmentId", e.name AS environment, c.sha,
       u.commit_id AS "commitId", u.components, v.facts
     FROM runs u
     JOIN environments e ON e.project_id = $1 AND e.id = u.environment_id
     JOIN environment_revisions v ON v.project_id = $1 AND v.id = u.revision_id
     JOIN commits c ON c.project_id = $1 AND c.id = u.commit_id
     WHERE u.project_id = $1 AND u.commit_id = ANY($2::int[]) AND u.experiment IS NULL AND NOT EXISTS (
       SELECT FROM exclusions x WHERE x.project_id = $1 AND x.run_id = u.id AND x.series_id IS NULL AND x.restored_at IS NULL)
     ORDER BY u.environment_id, u.commit_id, u.components IS NULL, u.started_at DESC NULLS LAST, u.key DESC`,
    [projectId, [...near.keys()]],
  );
  const newest = new Map<number, NearRun>();
  for (const { commitId, ...run } of found) {
    const distance = near.get(commitId) ?? 0;
    const known = newest.get(run.environmentId);
    if (!known || distance < known.distance) newest.set(run.environmentId, { ...run, distance });
  }
  return [...newest.values()].toSorted((a, b) => (a.environment < b.environment ? -1 : 1));
}

/** Newest runs of an environment whose times say what a run costs. */
const COST_RUNS = 30;

/** What a run of each case took lately, and how many runs a measured commit usually has, per environment. */
export async function readCosts(projectId: number): Promise<Costs> {
  const recent = `recent AS (
    SELECT u.id, u.environment_id, u.commit_id, u.started_at, u.finished_at FROM environments e
    CROSS JOIN LATERAL (SELECT * FROM runs r WHERE r.project_id = $1 AND r.environment_id = e.id AND r.experiment IS NULL
      ORDER BY r.started_at DESC NULLS LAST, r.id DESC LIMIT ${COST_RUNS}) u WHERE e.project_id = $1)`;
  const [seconds, usual] = await Promise.all([
    rows<{ workload: string; params: Json; environment: string; seconds: number | null }>(
      db(),
      `WITH ${recent}, shares AS (
         SELECT q.id, extract(epoch FROM q.finished_at - q.started_at)::float8 / count(*) AS share
         FROM recent q JOIN results t ON t.project_id = $1 AND t.run_id = q.id GROUP BY q.id, q.finished_at, q.started_at)
       SELECT w.name AS workload, k.params, e.name AS environment, percentile_cont(0.5) WITHIN GROUP (ORDER BY
         coalesce(extract(epoch FROM t.finished_at - t.started_at)::float8, s.share)) AS seconds
       FROM recent q
       JOIN shares s ON s.id = q.id
       JOIN results t ON t.project_id = $1 AND t.run_id = q.id AND t.outcome = 'passed'
       JOIN cases k ON k.project_id = $1 AND k.id = t.case_id
       JOIN workloads w ON w.project_id = $1 AND w.id = k.workload_id
       JOIN environments e ON e.project_id = $1 AND e.id = q.environment_id
       GROUP BY w.name, k.id, k.params, e.name`,
      [projectId],
    ),
    rows<{ environment: string; runs: number }>(
      db(),
      `WITH ${recent}, counted AS (
         SELECT environment_id, commit_id, count(*) AS runs FROM recent GROUP BY environment_id, commit_id)
       SELECT e.name AS environment, percentile_disc(0.5) WITHIN GROUP (ORDER BY runs) AS runs FROM counted q
       JOIN environments e ON e.project_id = $1 AND e.id = q.environment_id GROUP BY e.name`,
      [projectId],
    ),
  ]);
  return {
    usualRuns: new Map(usual.map(({ environment, runs }) => [environment, Number(runs)])),
    seconds: new Map(
      seconds.flatMap(({ workload, params, environment, seconds }): [string, number][] =>
        seconds === null || seconds < 0 ? [] : [[costKey(workload, params, environment), seconds]],
      ),
    ),
  };
}
