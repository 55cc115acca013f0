import { expect, test } from "vitest";
import { addEvent, removeEvent } from "@/lib/commands/events";
import { exclude, restore } from "@/lib/commands/exclusions";
import { setSensitivity } from "@/lib/commands/sensitivity";
import { db, row, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { appendCommits, createTestProject, type TestProject } from "@/lib/db/testing/project";
import { SYSTEM } from "@/lib/model/actor";
import { analyse } from "./analyse";
import { around, post, shiftsOf } from "./testing/history";

testDatabase();

const ADA = { ...SYSTEM, name: "ada" };

/** A history with a step at its 21st commit, told as shift 1; the new level has `after` points. */
async function told(
  after: number,
  level = 12,
  spread = 0.01,
): Promise<{ project: TestProject; commits: number[]; slug: string }> {
  const project = await createTestProject();
  const commits = await appendCommits(project, 80);
  await post(project, commits.slice(0, 20 + after), [...around(10, 20, spread), ...around(level, after, spread)]);
  await withResults(project);
  await analyse(project.id);
  expect(await shiftsOf(project)).toMatchObject([{ number: 1 }]);
  return { project, commits, slug: project.slug };
}

/** `post` writes points only; exclusions find the series of a run by its results. */
const withResults = (project: TestProject) =>
  rows(
    db(),
    `INSERT INTO results (project_id, run_id, case_id, outcome)
     SELECT $1, p.run_id, s.case_id, 'passed' FROM points p JOIN series s ON s.project_id = $1 AND s.id = p.series_id
     WHERE p.project_id = $1 ON CONFLICT DO NOTHING`,
    [project.id],
  );

/** Why shift 1 was withdrawn, on its row and in its log. */
async function why(project: TestProject): Promise<{ reason: string; because: object }> {
  const found = await row<{ state: string; reason: string; because: object; logged: string }>(
    db(),
    `SELECT s.state, s.withdrawn_reason AS reason, g.detail -> 'because' AS because, g.detail ->> 'reason' AS logged
     FROM shifts s JOIN shift_log g ON g.project_id = $1 AND g.shift_number = s.number AND g.kind = 'withdrawn'
     WHERE s.project_id = $1 AND s.number = 1 ORDER BY g.id DESC LIMIT 1`,
    [project.id],
  );
  expect(found?.state).toBe("withdrawn");
  expect(found?.logged).toBe(found?.reason);
  return { reason: found?.reason ?? "", because: found?.because ?? {} };
}

const keysAfter = async (project: TestProject) =>
  (
    await rows<{ key: string }>(
      db(),
      `SELECT u.key FROM runs u JOIN points p ON p.project_id = $1 AND p.run_id = u.id
       WHERE u.project_id = $1 AND p.median > 11 ORDER BY u.id`,
      [project.id],
    )
  ).map(({ key }) => key);

test("excluded runs: by whom, when and why, until they are restored", async () => {
  const { project, slug } = await told(4);
  const keys = await keysAfter(project);
  const ids: number[] = [];
  for (const run of keys.slice(0, 2)) ids.push(...(await exclude(ADA, slug, { run, reason: "wrong cluster" })).ids);
  await analyse(project.id);
  const { reason, because } = await why(project);
  expect(reason).toMatch(/^Run \S+ was excluded by ada on \d+ \w+ \d{4}: wrong cluster\. Run /);
  expect(because).toMatchObject({ kind: "action", actions: [{ kind: "excluded", by: "ada" }, {}] });
  for (const id of ids) await restore(ADA, slug, String(id));
  await analyse(project.id);
  expect(await shiftsOf(project)).toMatchObject([{ number: 1, state: expect.not.stringMatching("withdrawn") }]);
});

test("an event that became a border", async () => {
  const { project, commits, slug } = await told(20);
  const { sha } = (await row<{ sha: string }>(db(), "SELECT sha FROM commits WHERE project_id = $1 AND id = $2", [
    project.id,
    commits[20],
  ])) as { sha: string };
  const { id } = await addEvent(ADA, slug, { text: "new disks", border: true, commit: sha });
  await analyse(project.id);
  expect((await why(project)).reason).toMatch(/^Event “new disks” was made a border, moved or removed by ada on /);
  await removeEvent(ADA, slug, String(id));
  await analyse(project.id);
  expect(await shiftsOf(project)).toMatchObject([{ number: 1, state: "confirmed" }]);
});

test("a sensitivity that was turned down", async () => {
  const { project, slug } = await told(5, 11, 0.03);
  await setSensitivity(ADA, slug, { level: "metric", metric: "duration", value: 0.5 });
  await analyse(project.id);
  expect((await why(project)).reason).toMatch(/^The sensitivity of metric duration was changed by ada on /);
});

test("its own data: how many points came later", async () => {
  const { project, commits } = await told(3);
  await post(project, commits.slice(23, 33), around(10, 10, 0.01, 5));
  await analyse(project.id);
  expect(await why(project)).toEqual({
    reason: "Its own data: with 10 later points none of its series shows a step in this range.",
    because: { kind: "data", points: 10 },
  });
});

test("a branch whose history was rewritten", async () => {
  const { project, commits } = await told(20);
  await rows(
    db(),
    "UPDATE branch_commits SET position = NULL WHERE project_id = $1 AND branch_id = $2 AND commit_id = ANY($3)",
    [project.id, project.branchId, commits.slice(15)],
  );
  await rows(db(), "INSERT INTO analysis_requests (project_id, series, everything) VALUES ($1, '{}', true)", [
    project.id,
  ]);
  await analyse(project.id);
  expect((await why(project)).because).toEqual({ kind: "history" });
});
