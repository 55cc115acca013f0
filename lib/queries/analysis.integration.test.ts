import { expect, test } from "vitest";
import { analyse } from "@/lib/analysis";
import { db, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { appendCommits, createTestProject, insertPoints } from "@/lib/db/testing/project";
import { NotFound } from "@/lib/errors";
import { ANONYMOUS } from "@/lib/model/actor";
import { readAnalysis } from "./analysis";

testDatabase();

test("what is pending is counted; nothing is pending once every posted run has been analysed", async () => {
  const project = await createTestProject();
  const series = await insertPoints(project, await appendCommits(project, 2), [[1], [2]]);
  await rows(db(), "INSERT INTO analysis_requests (project_id, series) VALUES ($1, $2), ($1, $2)", [
    project.id,
    [series],
  ]);
  expect(await readAnalysis(ANONYMOUS, project.slug)).toEqual({ pending: 2, analysedAt: null, series: 0 });
  await analyse(project.id);
  expect(await readAnalysis(ANONYMOUS, project.slug)).toEqual({
    pending: 0,
    analysedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    series: 1,
  });
});

test("the analysis of a project that may not be read, or is none, is not found", async () => {
  const project = await createTestProject();
  await rows(db(), "UPDATE projects SET visibility = 'private' WHERE id = $1", [project.id]);
  await expect(readAnalysis(ANONYMOUS, project.slug)).rejects.toThrow(NotFound);
  await expect(readAnalysis(ANONYMOUS, "nowhere")).rejects.toThrow(NotFound);
});
