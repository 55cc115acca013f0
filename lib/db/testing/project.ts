import { randomBytes } from "node:crypto";
import { type Db, db, row, rows } from "../sql";

/** What a test starts from: a project with a default branch `main`, one environment, one workload and one metric. */
export type TestProject = {
  id: number;
  slug: string;
  branchId: number;
  environmentId: number;
  revisionId: number;
  caseId: number;
  metricId: number;
};

async function idOf(text: string, values: unknown[], on: Db): Promise<number> {
  const made = await row<{ id: number }>(on, text, values);
  if (!made) throw new Error(`nothing inserted: ${text}`);
  return made.id;
}

/**
 * Inserts an empty project by SQL alone, for tests of reads and analysis that do not need the road through ingestion:
 * workload `work` (one case, no parameters), metric `duration` (s, lower), environment `cluster` without facts.
 */
export async function createTestProject(on: Db = db()): Promise<TestProject> {
  const slug = `test-${randomBytes(5).toString("hex")}`;
  const id = await idOf(
    "INSERT INTO projects (slug, name, last_workload_number) VALUES ($1, $1, 1) RETURNING id",
    [slug],
    on,
  );
  const branchId = await idOf("INSERT INTO branches (project_id, name) VALUES ($1, 'main') RETURNING id", [id], on);
  const environmentId = await idOf(
    "INSERT INTO environments (project_id, name) VALUES ($1, 'cluster') RETURNING id",
    [id],
    on,
  );
  const revisionId = await idOf(
    `INSERT INTO environment_revisions (project_id, environment_id, facts, facts_hash, facts_group)
     VALUES ($1, $2, '{}', 'empty', currval('environment_revisions_id_seq')) RETURNING id`,
    [id, environmentId],
    on,
  );
  const caseId = await idOf(
    `WITH workload AS (INSERT INTO workloads (project_id, number, name) VALUES ($1, 1, 'work') RETURNING id)
     INSERT INTO cases (project_id, workload_id, params, params_hash) SELECT $1, id, '{}', 'empty' FROM workload
     RETURNING id`,
    [id],
    on,
  );
  const metricId = await idOf(
    "INSERT INTO metrics (project_id, name, unit, better) VALUES ($1, 'duration', 's', 'lower') RETURNING id",
    [id],
    on,
  );
  return { id, slug, branchId, environmentId, revisionId, caseId, metricId };
}

/** Inserts `count` commits in a row at the end of the branch; gives their ids, oldest first. */
export async function appendCommits(project: TestProject, count: number, on: Db = db()): Promise<number[]> {
  const made = await rows<{ id: number }>(
    on,
    `WITH start AS (
       SELECT coalesce(max(position) + 1, 0) AS at FROM branch_commits WHERE project_id = $1 AND branch_id = $2
     ), added AS (
       INSERT INTO commits (project_id, sha, parents, committed_at, listed)
       SELECT $1, md5(random()::text) || lpad(i::text, 8, '0'), '{}', timestamptz '2026-01-01' + (start.at + i) * interval '1 h', true
       FROM start, generate_series(0, $3::int - 1) AS i RETURNING id, committed_at
     ), placed AS (
       INSERT INTO branch_commits (project_id, branch_id, commit_id, position, claimed)
       SELECT $1, $2, id, start.at + row_number() OVER (ORDER BY committed_at) - 1, true FROM added, start
       RETURNING commit_id, position
     ) SELECT commit_id AS id FROM placed ORDER BY position`,
    [project.id, project.branchId, count],
  );
  return made.map(({ id }) => id);
}

/**
 * Inserts one run per commit with one point each: `values[i]` are the samples (s) of `commits[i]`.
 * Gives the id of their series, made at the first call.
 */
export async function insertPoints(
  project: TestProject,
  commits: number[],
  values: number[][],
  on: Db = db(),
): Promise<number> {
  const { id, caseId, metricId, environmentId, revisionId, branchId } = project;
  const seriesId = await idOf(
    `INSERT INTO series (project_id, case_id, metric_id, environment_id, revision_id) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (project_id, case_id, metric_id, environment_id, version, revision_id, trend)
     DO UPDATE SET version = excluded.version RETURNING id`,
    [id, caseId, metricId, environmentId, revisionId],
    on,
  );
  await rows(
    on,
    `WITH sent AS (
       SELECT commit_id, samples::float8[] AS samples FROM unnest($6::int[], $7::text[]) AS s (commit_id, samples)
     ), run AS (
       INSERT INTO runs (project_id, key, commit_id, branch_id, environment_id, revision_id, started_at, content_hash, document)
       SELECT $1, gen_random_uuid(), commit_id, $2, $3, $4, now(), '', '{}' FROM sent RETURNING id, commit_id
     ), result AS (
       INSERT INTO results (project_id, run_id, case_id, outcome) SELECT $1, id, $8, 'passed' FROM run
     )
     INSERT INTO points (project_id, series_id, commit_id, run_id, median, lo, hi, n, samples)
     SELECT $1, $5, commit_id, run.id, median, lo, hi, n, samples
     FROM run JOIN sent USING (commit_id), LATERAL (
       SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) AS median, min(x) AS lo, max(x) AS hi, count(*)::int AS n
       FROM unnest(samples) AS x
     ) AS summary`,
    [
      id,
      branchId,
      environmentId,
      revisionId,
      seriesId,
      commits,
      values.map((samples) => `{${samples.join(",")}}`),
      caseId,
    ],
  );
  return seriesId;
}
