import { expect, test } from "vitest";
import { db, row, rows, transaction } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { appendCommits, createTestProject, insertPoints, type TestProject } from "@/lib/db/testing/project";
import { SYSTEM } from "@/lib/model/actor";
import { readShift } from "@/lib/queries/shift";
import { analyse } from "./analyse";
import { around, other, post, request, shiftsOf, toldOf } from "./testing/history";

testDatabase();

const STEP = [...around(10, 20), ...around(12, 20)];

async function analyseStep(): Promise<{ project: TestProject; commits: number[]; series: number }> {
  const project = await createTestProject();
  const commits = await appendCommits(project, 40);
  const series = await post(project, commits, STEP);
  await analyse(project.id);
  return { project, commits, series };
}

test("without a request there is nothing to do", async () => {
  const project = await createTestProject();
  expect(await analyse(project.id)).toBeNull();
});

test("a step becomes one confirmed shift with levels, evidence and what was told of it", async () => {
  const { project } = await analyseStep();
  expect(await shiftsOf(project)).toMatchObject([
    { number: 1, state: "confirmed", status: "new", direction: "regression", lastGood: 19, firstShifted: 20 },
  ]);
  const shift = await row<{ summary: object; reported: object }>(
    db(),
    "SELECT summary, reported FROM shifts WHERE project_id = $1",
    [project.id],
  );
  expect(shift?.summary).toMatchObject({
    worse: 1,
    largest: { workload: "work", metric: "duration", environment: "cluster", change: expect.closeTo(0.2, 1) },
    costSeconds: expect.closeTo(2, 0),
  });
  expect(shift?.reported).toMatchObject({ state: "confirmed", changepoints: 1, members: [{ pointsAfter: 20 }] });
  expect(await toldOf(project, 1)).toEqual(["opened", "confirmed"]);
  const line = await row(db(), "SELECT level, points, noise FROM lines WHERE project_id = $1", [project.id]);
  expect(line).toMatchObject({ level: expect.closeTo(12, 0), points: 40 });
  const segments = await rows(db(), "SELECT ordinal, track, points FROM segments WHERE project_id = $1 ORDER BY 1", [
    project.id,
  ]);
  expect(segments).toEqual([
    { ordinal: 0, track: 0, points: 20 },
    { ordinal: 1, track: 0, points: 20 },
  ]);
  const state = await row<{ pending: number; at: string | null }>(
    db(),
    `SELECT (SELECT count(*) FROM analysis_requests WHERE project_id = $1) AS pending, analysed_at AS at
     FROM projects WHERE id = $1`,
    [project.id],
  );
  expect(state).toMatchObject({ pending: 0, at: expect.any(String) });
});

test("one shift spans metrics and environments", async () => {
  const project = await createTestProject();
  const commits = await appendCommits(project, 40);
  const memory = await other.metric(project, "peak_memory");
  const second = await other.environment(project, "other-cluster");
  await post(project, commits, STEP);
  await post(memory, commits, [...around(2e9, 20, 0.002, 3), ...around(1.6e9, 20, 0.002, 3)]);
  await post(second, commits, [...around(11, 20, 0.01, 7), ...around(13, 20, 0.01, 7)]);
  await analyse(project.id);
  expect(await shiftsOf(project)).toMatchObject([
    { number: 1, direction: "mixed", lastGood: 19, firstShifted: 20, changepoints: 3 },
  ]);
});

test("experiments and other branches change neither points nor shifts", async () => {
  const { project, commits, series } = await analyseStep();
  const before = await row(db(), "SELECT level, noise, points FROM lines WHERE project_id = $1", [project.id]);
  await rows(
    db(),
    `WITH b AS (INSERT INTO branches (project_id, name) VALUES ($1, 'feature/x') RETURNING id),
          c AS (INSERT INTO commits (project_id, sha, parents) SELECT $1, md5(i::text), '{}' FROM generate_series(1, 10) i
                RETURNING id)
     INSERT INTO branch_commits (project_id, branch_id, commit_id, position)
     SELECT $1, b.id, c.id, row_number() OVER () - 1 FROM b, c`,
    [project.id],
  );
  const branch = await rows<{ id: number }>(
    db(),
    "SELECT commit_id AS id FROM branch_commits WHERE project_id = $1 AND branch_id <> $2",
    [project.id, project.branchId],
  );
  await insertPoints(
    project,
    branch.map(({ id }) => id),
    around(20, 10),
  );
  await rows(
    db(),
    `WITH s AS (INSERT INTO series (project_id, case_id, metric_id, environment_id, revision_id, trend)
                SELECT project_id, case_id, metric_id, environment_id, revision_id, false FROM series WHERE id = $2
                RETURNING id)
     INSERT INTO points SELECT project_id, s.id, commit_id, run_id, 50, 50, 50, 1, '{50}' FROM points, s
     WHERE project_id = $1 AND series_id = $2 AND commit_id = ANY($3)`,
    [project.id, series, commits],
  );
  await request(project, [series], true);
  await analyse(project.id);
  expect(await row(db(), "SELECT level, noise, points FROM lines WHERE project_id = $1", [project.id])).toEqual(before);
  expect(await shiftsOf(project)).toMatchObject([{ number: 1, lastGood: 19, firstShifted: 20 }]);
});

test("a backfilled commit narrows the range and the shift keeps its number", async () => {
  const project = await createTestProject();
  const commits = await appendCommits(project, 141);
  const at = (from: number, to: number, step: number) =>
    commits.filter((_, position) => position >= from && position < to && (position - from) % step === 0);
  const sparse = [...at(0, 40, 1), ...at(40, 101, 10), ...at(101, 141, 1)];
  const repeats = (values: number[][]) => values.flatMap(([x = 0]) => [[x, x * 1.004, x * 0.997]]);
  await post(project, sparse, repeats([...around(10, 44), ...around(12, sparse.length - 44, 0.01, 5)]));
  await analyse(project.id);
  expect(await shiftsOf(project)).toMatchObject([{ number: 1, lastGood: 70, firstShifted: 80 }]);
  await post(project, [commits[75] ?? 0], repeats(around(12, 1)));
  await analyse(project.id);
  expect(await shiftsOf(project)).toMatchObject([{ number: 1, lastGood: 70, firstShifted: 75 }]);
  expect(await toldOf(project, 1)).toEqual(["opened", "confirmed", "narrowed"]);
});

test("any order and batching of posts ends in the same current shifts and levels", async () => {
  const read = async (order: (commits: number[]) => number[][]) => {
    const project = await createTestProject();
    const commits = await appendCommits(project, 60);
    const values = [...around(10, 20), ...around(12, 20), ...around(10, 20)];
    for (const batch of order(commits)) {
      await post(
        project,
        batch,
        batch.map((commit) => values[commits.indexOf(commit)] ?? []),
      );
      await analyse(project.id);
    }
    const current = (await shiftsOf(project)).filter(({ state }) => state !== "withdrawn");
    return {
      shifts: current
        .map(({ lastGood, firstShifted, direction, state, changepoints }) => ({
          ...{ lastGood, firstShifted, direction, state, changepoints },
        }))
        .sort((a, b) => a.lastGood - b.lastGood),
      levels: await rows(
        db(),
        "SELECT ordinal, level, lo, hi, noise, points FROM segments WHERE project_id = $1 ORDER BY 1",
        [project.id],
      ),
    };
  };
  const atOnce = await read((commits) => [commits]);
  expect(atOnce.shifts).toHaveLength(2);
  const backwards = await read((commits) => commits.map((commit) => [commit]).reverse());
  const interleaved = await read((commits) => [0, 1, 2].map((k) => commits.filter((_, i) => (i * 7) % 3 === k)));
  expect(backwards).toEqual(atOnce);
  expect(interleaved).toEqual(atOnce);
});

test("later points confirm a provisional shift; what people decided stays", async () => {
  const project = await createTestProject();
  const commits = await appendCommits(project, 40);
  await post(project, commits.slice(0, 23), STEP.slice(0, 23));
  await analyse(project.id);
  expect(await shiftsOf(project)).toMatchObject([{ number: 1, state: "provisional" }]);
  await rows(db(), "UPDATE shifts SET status = 'accepted', owner = 'ada' WHERE project_id = $1", [project.id]);
  await post(project, commits.slice(23), STEP.slice(23));
  await analyse(project.id);
  expect(await shiftsOf(project)).toMatchObject([{ number: 1, state: "confirmed", status: "accepted" }]);
  expect(await toldOf(project, 1)).toEqual(["opened", "confirmed"]);
});

test("excluded runs leave; a shift without members is withdrawn, keeps its row, and returns with them", async () => {
  const { project, series } = await analyseStep();
  await rows(
    db(),
    `INSERT INTO exclusions (project_id, run_id, reason, excluded_by)
     SELECT project_id, run_id, 'wrong cluster', 'ada' FROM points WHERE project_id = $1 AND median > 11`,
    [project.id],
  );
  await request(project, [series]);
  await analyse(project.id);
  expect(await shiftsOf(project)).toMatchObject([{ number: 1, state: "withdrawn", changepoints: 0 }]);
  expect(await row(db(), "SELECT points FROM lines WHERE project_id = $1", [project.id])).toEqual({ points: 20 });
  await rows(db(), "UPDATE exclusions SET restored_at = now(), restored_by = 'ada' WHERE project_id = $1", [
    project.id,
  ]);
  await request(project, [series]);
  await analyse(project.id);
  expect(await shiftsOf(project)).toMatchObject([{ number: 1, state: "confirmed", changepoints: 1 }]);
  expect(await toldOf(project, 1)).toEqual(["opened", "confirmed", "withdrawn", "returned"]);
});

test("shifts that merge keep the lower number, the other is part of it; when they part again both are back", async () => {
  const project = await createTestProject();
  const commits = await appendCommits(project, 50);
  const memory = await other.metric(project, "peak_memory");
  const first = await post(project, commits, [...around(10, 20), ...around(12, 30)]);
  await analyse(project.id);
  await post(memory, commits, [...around(2e9, 30, 0.002), ...around(3e9, 20, 0.002)]);
  await analyse(project.id);
  expect(await shiftsOf(project)).toMatchObject([
    { number: 1, lastGood: 19, firstShifted: 20 },
    { number: 2, lastGood: 29, firstShifted: 30 },
  ]);
  await rows(
    db(),
    `UPDATE shifts SET status = 'accepted', status_reason = 'wanted', decided_by = 'ada', decided_at = now()
     WHERE project_id = $1 AND number = 2`,
    [project.id],
  );
  await rows(
    db(),
    `INSERT INTO exclusions (project_id, run_id, reason, excluded_by)
     SELECT project_id, run_id, 'wrong disk', 'ada' FROM points
     WHERE project_id = $1 AND series_id = $2 AND commit_id = ANY($3)`,
    [project.id, first, commits.slice(20, 30)],
  );
  await request(project, [first]);
  await analyse(project.id);
  expect(await shiftsOf(project)).toMatchObject([
    { number: 1, lastGood: 29, firstShifted: 30, changepoints: 2, state: "confirmed" },
    { number: 2, partOf: 1, changepoints: 0, state: "withdrawn", status: "accepted" },
  ]);
  expect((await readShift(SYSTEM, project.slug, 1)).parts).toMatchObject([
    {
      ...{ number: 2, status: "accepted", statusReason: "wanted", decidedBy: "ada", seriesTotal: 1 },
      series: [{ workload: "work", metric: "peak_memory", environment: "cluster" }],
    },
  ]);
  await rows(db(), "UPDATE exclusions SET restored_at = now() WHERE project_id = $1", [project.id]);
  await request(project, [first]);
  await analyse(project.id);
  expect(await shiftsOf(project)).toMatchObject([
    { number: 1, lastGood: 19, firstShifted: 20, changepoints: 1 },
    {
      number: 2,
      partOf: null,
      lastGood: 29,
      firstShifted: 30,
      changepoints: 1,
      status: "accepted",
      state: "confirmed",
    },
  ]);
  expect(await toldOf(project, 1)).toEqual(["opened", "confirmed", "moved", "moved", "split"]);
  expect(await toldOf(project, 2)).toEqual(["opened", "confirmed", "merged", "returned"]);
});

test("the part of a split shift starts with what people had decided of the whole", async () => {
  const project = await createTestProject();
  const commits = await appendCommits(project, 50);
  const memory = await other.metric(project, "peak_memory");
  const sparse = commits.filter((_, position) => position < 20 || position >= 30);
  await post(project, sparse, [...around(10, 20), ...around(12, 20)]);
  await post(memory, commits, [...around(2e9, 30, 0.002), ...around(3e9, 20, 0.002)]);
  await analyse(project.id);
  expect(await shiftsOf(project)).toMatchObject([{ number: 1, changepoints: 2 }]);
  await rows(db(), "UPDATE shifts SET status = 'infrastructure' WHERE project_id = $1", [project.id]);
  await post(project, commits.slice(20, 30), around(12, 10));
  await analyse(project.id);
  expect(await shiftsOf(project)).toMatchObject([
    { number: 1, changepoints: 1, status: "infrastructure" },
    { number: 2, changepoints: 1, status: "infrastructure" },
  ]);
});

test("a line whose points are all gone is removed", async () => {
  const { project, series } = await analyseStep();
  await rows(db(), "UPDATE branch_commits SET position = NULL WHERE project_id = $1", [project.id]);
  await request(project, [series], true);
  await analyse(project.id);
  expect(await rows(db(), "SELECT FROM lines WHERE project_id = $1", [project.id])).toHaveLength(0);
});

test("a line too short to judge has its row", async () => {
  const project = await createTestProject();
  const commits = await appendCommits(project, 2);
  await post(project, commits, [[10], [11]]);
  await analyse(project.id);
  expect(
    await row(db(), "SELECT points, last_commit_id AS last FROM lines WHERE project_id = $1", [project.id]),
  ).toEqual({
    points: 2,
    last: commits[1],
  });
});

test("changed facts, another version and an event that is a border never make a shift", async () => {
  const facts = await createTestProject();
  const commits = await appendCommits(facts, 40);
  await post(facts, commits.slice(0, 20), STEP.slice(0, 20));
  await post(await other.facts(facts, "larger"), commits.slice(20), STEP.slice(20));
  await analyse(facts.id);
  expect(await shiftsOf(facts)).toEqual([]);
  expect(await rows(db(), "SELECT track FROM segments WHERE project_id = $1 ORDER BY ordinal", [facts.id])).toEqual([
    { track: 0 },
    { track: 1 },
  ]);

  const { project, series, commits: line } = await analyseStep();
  await rows(
    db(),
    "INSERT INTO events (project_id, text, border, commit_id, created_by) VALUES ($1, 'new disks', true, $2, 'ada')",
    [project.id, line[20]],
  );
  await request(project, [series]);
  await analyse(project.id);
  expect(await shiftsOf(project)).toMatchObject([{ number: 1, state: "withdrawn" }]);

  const version = await createTestProject();
  const more = await appendCommits(version, 40);
  const old = await post(version, more.slice(0, 20), STEP.slice(0, 20));
  await rows(db(), "UPDATE series SET version = 'old' WHERE id = $1", [old]);
  await post(version, more.slice(20), STEP.slice(20));
  await analyse(version.id);
  expect(await shiftsOf(version)).toEqual([]);
});

test("up and down again: two shifts, the first recovered by the second", async () => {
  const project = await createTestProject();
  const commits = await appendCommits(project, 60);
  await post(project, commits, [...STEP, ...around(10, 20, 0.01, 4)]);
  await analyse(project.id);
  expect(await shiftsOf(project)).toMatchObject([
    { number: 1, state: "recovered", recoveredBy: 2 },
    { number: 2, state: "confirmed", direction: "improvement" },
  ]);
});

test("an unchanged changepoint keeps its id, an unchanged shift is told once", async () => {
  const { project, series } = await analyseStep();
  const id = async () => row<{ id: number }>(db(), "SELECT id FROM changepoints WHERE project_id = $1", [project.id]);
  const before = await id();
  await request(project, [series], true);
  await analyse(project.id);
  expect(await id()).toEqual(before);
  expect(await toldOf(project, 1)).toEqual(["opened", "confirmed"]);
});

test("an analysis that ends half-way leaves everything as it was, requests included", async () => {
  const project = await createTestProject();
  const commits = await appendCommits(project, 40);
  await post(project, commits, STEP);
  const killed = analyse(project.id, () => {
    throw new Error("killed");
  });
  await expect(killed).rejects.toThrow("killed");
  expect(await rows(db(), "SELECT FROM lines WHERE project_id = $1", [project.id])).toHaveLength(0);
  expect(await analyse(project.id)).toMatchObject({ requests: 1, lines: 1, shifts: 1 });
});

test("two analyses of one project at once make one shift; the second finds nothing left to do", async () => {
  const project = await createTestProject();
  const commits = await appendCommits(project, 40);
  await post(project, commits, STEP);
  const results = await Promise.all([analyse(project.id), analyse(project.id)]);
  expect(results.filter((result) => result !== null)).toHaveLength(1);
  expect(await shiftsOf(project)).toHaveLength(1);
});

test("a request that is not yet committed stays for the next analysis", async () => {
  const project = await createTestProject();
  const commits = await appendCommits(project, 40);
  const series = await post(project, commits, STEP);
  await transaction(async (tx) => {
    await rows(tx, "INSERT INTO analysis_requests (project_id, series) VALUES ($1, $2)", [project.id, [series]]);
    expect(await analyse(project.id)).toMatchObject({ requests: 1 });
  });
  expect(await analyse(project.id)).toMatchObject({ requests: 1, lines: 1 });
  expect(await analyse(project.id)).toBeNull();
});
