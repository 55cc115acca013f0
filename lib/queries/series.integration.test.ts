import { describe, expect, test } from "vitest";
import { analyse } from "@/lib/analysis";
import { around, post } from "@/lib/analysis/testing/history";
import { db, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { appendCommits, createTestProject, insertPoints, type TestProject } from "@/lib/db/testing/project";
import { Invalid, NotFound } from "@/lib/errors";
import { ANONYMOUS } from "@/lib/model/actor";
import { readSeries, type SeriesAsked } from "./series";
import { readShift } from "./shift";
import { readShifts } from "./shifts";

testDatabase();

const ASKED: SeriesAsked = {
  workload: "work",
  params: null,
  metric: "duration",
  environment: null,
  branch: null,
  from: null,
  to: null,
  samples: false,
  thin: null,
};
const seriesOf = (project: TestProject, asked: Partial<SeriesAsked> = {}) =>
  readSeries(ANONYMOUS, project.slug, { ...ASKED, ...asked });

async function stepped(): Promise<{ project: TestProject; commits: number[] }> {
  const project = await createTestProject();
  const commits = await appendCommits(project, 40);
  await post(project, commits, [...around(10, 20), ...around(12, 20)]);
  await analyse(project.id);
  return { project, commits };
}

describe("a series", () => {
  test("has points in the order of commits, levels, and the changepoint with its range and shift", async () => {
    const { project } = await stepped();
    const series = await seriesOf(project);
    expect(series).toMatchObject({ unit: "s", better: "lower", environment: "cluster", branch: "main", params: {} });
    expect(series.points.map(({ position }) => position)).toEqual([...Array(40).keys()]);
    expect(series.segments).toMatchObject([
      { first: 0, last: 19, track: 0, level: expect.closeTo(10, 0) },
      { first: 20, last: 39, track: 0, level: expect.closeTo(12, 0) },
    ]);
    expect(series.changepoints).toMatchObject([
      { position: 20, change: expect.closeTo(0.2, 1), state: "confirmed", shift: 1, status: "new", commitsBetween: 0 },
    ]);
  });

  test("a point is the median of its runs' medians, with runs, n, smallest and largest", async () => {
    const project = await createTestProject();
    const [commit = 0] = await appendCommits(project, 1);
    for (const samples of [[1, 2, 9], [4], [10]]) await insertPoints(project, [commit], [samples]);
    const { points } = await seriesOf(project, { samples: true });
    expect(points).toMatchObject([{ value: 4, runs: 3, n: 5, min: 1, max: 10 }]);
    expect(points[0]?.samples?.toSorted((a, b) => a - b)).toEqual([1, 2, 4, 9, 10]);
    expect(points[0]?.byRun).toHaveLength(3);
  });

  test("an excluded run is left out, a restored one is back, an experiment was never in", async () => {
    const project = await createTestProject();
    const commits = await appendCommits(project, 2);
    await insertPoints(project, commits, [[1], [2]]);
    await rows(
      db(),
      `INSERT INTO exclusions (project_id, run_id, reason, excluded_by)
       SELECT project_id, id, 'slow host', 'somebody' FROM runs WHERE project_id = $1 AND commit_id = $2`,
      [project.id, commits[1]],
    );
    expect((await seriesOf(project)).points.map(({ value }) => value)).toEqual([1]);
    await rows(db(), "UPDATE exclusions SET restored_at = now() WHERE project_id = $1", [project.id]);
    expect((await seriesOf(project)).points.map(({ value }) => value)).toEqual([1, 2]);
    await rows(db(), "UPDATE series SET trend = false WHERE project_id = $1", [project.id]);
    await expect(seriesOf(project)).rejects.toThrow(NotFound);
  });

  test("a failure is told apart from a skip and from nothing, with its text", async () => {
    const project = await createTestProject();
    const commits = await appendCommits(project, 3);
    await insertPoints(project, commits, [[1], [2], [3]]);
    await rows(db(), "DELETE FROM points WHERE project_id = $1 AND commit_id = $2", [project.id, commits[1]]);
    await rows(
      db(),
      `UPDATE results r SET outcome = 'failed', error = 'KilledWorker' FROM runs u
       WHERE r.project_id = $1 AND u.project_id = $1 AND u.id = r.run_id AND u.commit_id = $2`,
      [project.id, commits[1]],
    );
    const { points, failures } = await seriesOf(project);
    expect(points.map(({ position }) => position)).toEqual([0, 2]);
    expect(failures).toMatchObject([{ position: 1, outcome: "failed", runs: 1, error: "KilledWorker" }]);
  });

  test("a window holds its ends, by place and by sha; thinning keeps the step", async () => {
    const { project } = await stepped();
    const whole = await seriesOf(project);
    const to = whole.points[24]?.sha ?? "";
    const part = await seriesOf(project, { from: "18", to: to.slice(0, 12) });
    expect(part.points.map(({ position }) => position)).toEqual([18, 19, 20, 21, 22, 23, 24]);
    expect(part.window).toMatchObject({ from: 18, to: 24, measured: 7, whole: false });
    const thin = await seriesOf(project, { thin: 6 });
    expect(thin.points.length).toBeLessThan(12);
    expect(thin.points.map(({ position }) => position)).toEqual(expect.arrayContaining([0, 19, 20, 39]));
    await expect(seriesOf(project, { from: "deadbeefdeadbeef" })).rejects.toThrow(/no commit deadbeef/);
  });

  test("what does not exist is not found, with what exists nearby; bad parameters are refused", async () => {
    const { project } = await stepped();
    await expect(seriesOf(project, { workload: "wrok" })).rejects.toThrow(/no workload wrok.*work/);
    await expect(seriesOf(project, { metric: "duratoin" })).rejects.toThrow(/duratoin.*duration/);
    await expect(seriesOf(project, { environment: "x" })).rejects.toThrow(/cluster/);
    await expect(seriesOf(project, { branch: "x" })).rejects.toThrow(/main/);
    await expect(seriesOf(project, { params: "{" })).rejects.toThrow(Invalid);
    await expect(seriesOf(project, { params: '{"a":1}' })).rejects.toThrow(NotFound);
    await expect(seriesOf(project, { params: '{"a":"\\u0000"}' })).rejects.toThrow(Invalid);
    await expect(seriesOf(project, { workload: "a\0b" })).rejects.toThrow(NotFound);
    await expect(seriesOf(project, { from: "a\0" })).rejects.toThrow(NotFound);
    await expect(seriesOf(project, { workload: null })).rejects.toThrow(Invalid);
    expect((await seriesOf(project, { workload: "1", params: "{}" })).workload).toBe("work");
  });

  test("of a private project is not found without a token", async () => {
    const { project } = await stepped();
    await rows(db(), "UPDATE projects SET visibility = 'private' WHERE id = $1", [project.id]);
    await expect(seriesOf(project)).rejects.toThrow(NotFound);
    await expect(readShift(ANONYMOUS, project.slug, 1)).rejects.toThrow(NotFound);
  });
});

describe("shifts", () => {
  const all = {
    status: "all",
    state: null,
    direction: null,
    metric: null,
    environment: null,
    workload: null,
    filter: null,
    sort: "newest",
    limit: 50,
    offset: 0,
  } as const;

  test("the list has the contract's fields, and absolute addresses", async () => {
    const { project } = await stepped();
    const { total, items } = await readShifts(ANONYMOUS, project.slug, all, "https://perf.example");
    expect(total).toBe(1);
    expect(items).toMatchObject([
      {
        number: 1,
        url: `https://perf.example/${project.slug}/shifts/1`,
        direction: "regression",
        state: "confirmed",
        status: "new",
        commitsBetween: 0,
        changepoints: [{ workload: "work", params: {}, metric: "duration", environment: "cluster" }],
      },
    ]);
  });

  test("every count is the number of rows under its filter", async () => {
    const { project } = await stepped();
    await rows(
      db(),
      `INSERT INTO shifts (project_id, number, branch_id, direction, state, status, last_good_commit_id,
         first_shifted_commit_id, issues, summary, reported, opened_at)
       SELECT project_id, number + n, branch_id, direction, state, (ARRAY['new', 'accepted', 'not real'])[1 + n % 3],
         last_good_commit_id, first_shifted_commit_id, issues, summary, reported, opened_at
       FROM shifts, generate_series(1, 1199) AS n WHERE project_id = $1`,
      [project.id],
    );
    for (const status of ["all", "open", "new", "accepted", "not real", "fixed"] as const) {
      const page = await readShifts(ANONYMOUS, project.slug, { ...all, status, limit: 2000 }, "");
      expect(page.items).toHaveLength(page.total);
      expect(page.counts[status]).toBe(page.total);
    }
    const last = await readShifts(ANONYMOUS, project.slug, { ...all, limit: 50, offset: 1150 }, "");
    expect(last.items).toHaveLength(50);
    expect((await readShift(ANONYMOUS, project.slug, 1200)).number).toBe(1200);
  });

  test("filters take any text as text", async () => {
    const { project } = await stepped();
    for (const filter of ["%", "_", "'; DROP TABLE shifts; --", "\0", "\\"]) {
      expect((await readShifts(ANONYMOUS, project.slug, { ...all, filter }, "")).total).toBe(filter === "\0" ? 1 : 0);
    }
    expect((await readShifts(ANONYMOUS, project.slug, { ...all, filter: "OR" }, "")).total).toBe(1);
  });

  test("one shift has its evidence: commits of the range, members with their points, what was told", async () => {
    const { project } = await stepped();
    const shift = await readShift(ANONYMOUS, project.slug, 1);
    expect(shift.title).toMatch(/^Duration of work \+20/);
    expect(shift.commits.map(({ position }) => position)).toEqual([20, 19]);
    expect(shift.members).toMatchObject([{ workload: "work", pointsBefore: 20, pointsAfter: 20 }]);
    expect(shift.members[0]?.points.map(({ position }) => position)).toContain(20);
    expect(shift.log.map(({ kind }) => kind)).toEqual(["opened", "confirmed"]);
    await expect(readShift(ANONYMOUS, project.slug, 2)).rejects.toThrow(NotFound);
  });
});
