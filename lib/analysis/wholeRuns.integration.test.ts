import { expect, test } from "vitest";
import { exclude } from "@/lib/commands/exclusions";
import { db, row, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { appendCommits, createTestProject, type TestProject } from "@/lib/db/testing/project";
import { SYSTEM } from "@/lib/model/actor";
import { readCommit } from "@/lib/queries/commit";
import { readRun } from "@/lib/queries/run";
import { readSeries } from "@/lib/queries/series";
import { analyse } from "./analyse";
import { around, request } from "./testing/history";

testDatabase();

const CASES = 10;
const COMMITS = 30;

/** A suite of ten workloads, measured by one run per commit of `positions`; `factor` gives what all cases are multiplied by. */
async function send(
  project: TestProject,
  commits: number[],
  positions: number[],
  factor: (position: number) => number,
): Promise<void> {
  const ids = await rows<{ id: number }>(
    db(),
    `WITH w AS (INSERT INTO workloads (project_id, number, name) SELECT $1, 10 + i, 'suite/' || i FROM generate_series(1, $2::int) i
       ON CONFLICT DO NOTHING RETURNING id)
     INSERT INTO cases (project_id, workload_id, params, params_hash) SELECT $1, id, '{}', 'e' FROM w RETURNING id`,
    [project.id, CASES],
  );
  const cases =
    ids.length > 0
      ? ids
      : await rows<{ id: number }>(
          db(),
          "SELECT c.id FROM cases c JOIN workloads w ON w.id = c.workload_id WHERE c.project_id = $1 AND w.number > 10 ORDER BY 1",
          [project.id],
        );
  const series = await rows<{ id: number }>(
    db(),
    `INSERT INTO series (project_id, case_id, metric_id, environment_id, revision_id)
     SELECT $1, unnest($2::int[]), $3, $4, $5
     ON CONFLICT (project_id, case_id, metric_id, environment_id, version, revision_id, trend) DO UPDATE SET version = excluded.version RETURNING id`,
    [project.id, cases.map(({ id }) => id), project.metricId, project.environmentId, project.revisionId],
  );
  for (const position of positions) {
    const values = series.map(
      (_, k) => (around(10 + k, 1, 0.02, position * 7 + k * 11)[0]?.[0] ?? 0) * factor(position),
    );
    await rows(
      db(),
      `WITH run AS (
         INSERT INTO runs (project_id, key, commit_id, branch_id, environment_id, revision_id, started_at, content_hash, document)
         VALUES ($1, 'run-' || $2::int, $3, $4, $5, $6, timestamptz '2026-01-01' + $2::int * interval '1 h', '', '{}') RETURNING id
       ), result AS (INSERT INTO results (project_id, run_id, case_id, outcome) SELECT $1, run.id, c, 'passed' FROM run, unnest($9::int[]) c)
       INSERT INTO points (project_id, series_id, commit_id, run_id, median, lo, hi, n, samples)
       SELECT $1, s, $3, run.id, v, v, v, 1, ARRAY[v] FROM run, unnest($7::int[], $8::float8[]) AS x (s, v)`,
      [
        project.id,
        position,
        commits[position],
        project.branchId,
        project.environmentId,
        project.revisionId,
        series.map(({ id }) => id),
        values,
        cases.map(({ id }) => id),
      ],
    );
  }
  await request(
    project,
    series.map(({ id }) => id),
  );
}

const upTo = (from: number, to: number) => Array.from({ length: to - from }, (_, k) => from + k);
const judged = (project: TestProject) =>
  rows<{ key: string; state: string }>(
    db(),
    `SELECT u.key, j.state FROM run_judgements j JOIN runs u ON u.project_id = $1 AND u.id = j.run_id
     WHERE j.project_id = $1 AND j.state <> 'usual' ORDER BY u.key`,
    [project.id],
  );
const slowLines = async (project: TestProject) =>
  (
    await row<{ n: number }>(db(), "SELECT count(*) AS n FROM lines WHERE project_id = $1 AND cardinality(slow) > 0", [
      project.id,
    ])
  )?.n;

async function suite(): Promise<{ project: TestProject; commits: number[] }> {
  const project = await createTestProject();
  return { project, commits: await appendCommits(project, COMMITS) };
}
const slowAt =
  (slow: number, factor = 1.15) =>
  (position: number) =>
    position === slow ? factor : 1;

test("a run in which all cases are slow is left out until the next run decides; then it is a slow run", async () => {
  const { project, commits } = await suite();
  await send(project, commits, upTo(0, 21), slowAt(20));
  await analyse(project.id);
  expect(await judged(project)).toEqual([{ key: "run-20", state: "pending" }]);
  expect(await slowLines(project)).toBe(CASES);
  await send(project, commits, [21], slowAt(20));
  await analyse(project.id);
  expect(await judged(project)).toEqual([{ key: "run-20", state: "slow" }]);
  const series = await readSeries(SYSTEM, project.slug, {
    ...{ workload: "suite/1", params: null, metric: "duration", environment: null, branch: null },
    ...{ from: null, to: null, samples: false, thin: null },
  });
  expect(series.points.filter(({ slow }) => slow).map(({ position }) => position)).toEqual([20]);
  expect(series.segments.at(-1)).toMatchObject({ points: 21 });
});

test("when the next commits stay there it is a shift, and all of its points count", async () => {
  const { project, commits } = await suite();
  const since = (position: number) => (position >= 20 ? 1.15 : 1);
  await send(project, commits, upTo(0, 22), since);
  await analyse(project.id);
  expect((await judged(project)).map(({ state }) => state)).toEqual(["pending", "pending"]);
  expect(await row(db(), "SELECT FROM shifts WHERE project_id = $1", [project.id])).toBeNull();
  await send(project, commits, upTo(22, COMMITS), since);
  await analyse(project.id);
  expect(await slowLines(project)).toBe(0);
  expect(
    await rows(db(), "SELECT state, (summary ->> 'worse')::int AS worse FROM shifts WHERE project_id = $1", [
      project.id,
    ]),
  ).toEqual([{ state: "confirmed", worse: CASES }]);
});

test("any order of arrival and any batching gives the same judgements", async () => {
  const factor = (position: number) => (position === 12 || position === 25 ? 1.15 : 1);
  const once = await suite();
  await send(once.project, once.commits, upTo(0, COMMITS), factor);
  await analyse(once.project.id);
  const late = await suite();
  for (const part of [upTo(13, 22), upTo(0, 9), [25], [9, 11, 12], [10, 22, 23, 24], upTo(26, COMMITS)]) {
    await send(late.project, late.commits, part, factor);
    await analyse(late.project.id);
  }
  const all = (project: TestProject) =>
    rows(
      db(),
      `SELECT u.key, j.state, j.factor, j.cases FROM run_judgements j JOIN runs u ON u.project_id = $1 AND u.id = j.run_id
       WHERE j.project_id = $1 ORDER BY u.key`,
      [project.id],
    );
  expect(await judged(once.project)).toEqual([
    { key: "run-12", state: "slow" },
    { key: "run-25", state: "slow" },
  ]);
  expect(await all(late.project)).toEqual(await all(once.project));
});

test("a slow run that is excluded is judged no more", async () => {
  const { project, commits } = await suite();
  await send(project, commits, upTo(0, 25), slowAt(20));
  await analyse(project.id);
  await exclude(SYSTEM, project.slug, { run: "run-20", reason: "The disk was full." });
  await analyse(project.id);
  expect(await judged(project)).toEqual([]);
  expect(await slowLines(project)).toBe(0);
});

test("the pages of the run and of its commit read what is said of it, and what is excluded by whom and why", async () => {
  const { project, commits } = await suite();
  await send(project, commits, upTo(0, 22), slowAt(20));
  await analyse(project.id);
  const run = await readRun(SYSTEM, project.slug, "run-20");
  const judgement = { metric: "duration", state: "slow", cases: CASES, factor: expect.closeTo(1.15, 1) };
  expect([run.judgements, run.exclusions]).toMatchObject([[judgement], []]);
  expect((await readCommit(SYSTEM, project.slug, run.sha)).runs).toMatchObject([{ judgements: [judgement] }]);
  const named = { workload: "suite/1", metric: "duration" };
  await exclude(SYSTEM, project.slug, { run: "run-20", reason: "A lone reason.", ...named });
  await exclude(SYSTEM, project.slug, { run: "run-20", reason: "The disk was full." });
  await analyse(project.id);
  const { exclusions, judgements } = await readRun(SYSTEM, project.slug, "run-20");
  expect(judgements).toEqual([]);
  expect(exclusions).toMatchObject([
    { workload: null, metric: null, reason: "The disk was full.", excludedBy: SYSTEM.name },
    { ...named, params: {}, reason: "A lone reason.", excludedBy: SYSTEM.name },
  ]);
  expect((await readCommit(SYSTEM, project.slug, run.sha)).runs).toMatchObject([{ exclusions: [{}, {}] }]);
});
