import { expect, test } from "vitest";
import { db, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { appendCommits, createTestProject, type TestProject } from "@/lib/db/testing/project";
import { refreshPlanner } from "./refreshPlanner";
import { FIND_LINES, findLines } from "./requests";

testDatabase();

const CASES = 6000;

/** Gives a project cases with a series per version, each with a point per commit; gives the ids of the series. */
async function insertSeries(project: TestProject, cases: number, versions: number, commits: number): Promise<number[]> {
  const ids = await rows<{ id: number }>(
    db(),
    `WITH made AS (
       INSERT INTO cases (project_id, workload_id, params, params_hash)
       SELECT $1, c.workload_id, '{}', g::text FROM cases c, generate_series(1, $3::int) g
       WHERE c.project_id = $1 AND c.id = $2 RETURNING id
     )
     INSERT INTO series (project_id, case_id, version, metric_id, environment_id, revision_id)
     SELECT $1, id, version::text, $4, $5, $6 FROM made, generate_series(1, $7::int) version RETURNING id`,
    [project.id, project.caseId, cases, project.metricId, project.environmentId, project.revisionId, versions],
  );
  await rows(
    db(),
    `INSERT INTO points (project_id, series_id, commit_id, run_id, median, lo, hi, n, samples)
     SELECT $1, s.id, c, 1, 1, 1, 1, 2, '{1,1}' FROM unnest($2::int[]) s (id), unnest($3::int[]) c`,
    [project.id, ids.map(({ id }) => id), await appendCommits(project, commits)],
  );
  return ids.map(({ id }) => id);
}

test("the lines of a project that the planner does not know yet are found without reading all points for each", async () => {
  await insertSeries(await createTestProject(), 10, 20, 100);
  await rows(db(), "ANALYZE"); // from here on the planner knows of one project: few cases, many series of each
  const project = await createTestProject();
  const series = await insertSeries(project, CASES, 1, 1);
  const plan = await rows<{ "QUERY PLAN": string }>(db(), `EXPLAIN ${FIND_LINES}`, [
    project.id,
    project.branchId,
    series,
    false,
  ]);
  const text = plan.map((line) => line["QUERY PLAN"]).join("\n");
  expect(text).toMatch(/Index (Only )?Scan using points_pkey/);
  expect(text).not.toMatch(/Seq Scan on points/);
  const lines = await findLines(db(), { projectId: project.id, branchId: project.branchId }, series, false);
  expect(lines).toHaveLength(CASES);
  expect(new Set(lines.map(({ samples }) => samples))).toEqual(new Set([2]));
});

test("the planner is told once of a large project that it does not know", async () => {
  await insertSeries(await createTestProject(), 10, 20, 100);
  await rows(db(), "ANALYZE");
  const small = await createTestProject();
  await insertSeries(small, 100, 1, 1);
  expect(await refreshPlanner(db(), small.id, "series")).toBe(false);
  const large = await createTestProject();
  await insertSeries(large, CASES, 1, 1);
  expect(await refreshPlanner(db(), large.id, "series")).toBe(true);
  expect(await refreshPlanner(db(), large.id, "series")).toBe(false);
});
