import { expect, test } from "vitest";
import { db, row } from "../sql";
import { testDatabase } from "./database";
import { appendCommits, createTestProject, insertPoints } from "./project";

testDatabase();

test("each file has a database of its own, migrated and empty", async () => {
  const found = await row<{ name: string; projects: number }>(
    db(),
    "SELECT current_database() AS name, (SELECT count(*) FROM projects) AS projects",
  );
  expect(found?.name).toMatch(/^test_[0-9a-f]{12}$/);
  expect(found?.projects).toBe(0);
});

test("commits append to the branch without gaps, points carry median and range of their samples", async () => {
  const project = await createTestProject();
  const first = await appendCommits(project, 2);
  const second = await appendCommits(project, 1);
  await insertPoints(project, [...first, ...second], [[3, 1, 2], [4], [5, 7]]);
  const line = await row<{ positions: number[]; medians: number[]; n: number[] }>(
    db(),
    `SELECT array_agg(position ORDER BY position) AS positions, array_agg(median ORDER BY position) AS medians,
            array_agg(n ORDER BY position) AS n
     FROM points JOIN branch_commits USING (project_id, commit_id) WHERE project_id = $1`,
    [project.id],
  );
  expect(line).toEqual({ positions: [0, 1, 2], medians: [2, 4, 6], n: [3, 1, 2] });
});
