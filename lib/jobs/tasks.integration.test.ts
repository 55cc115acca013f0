import { Logger, runOnce } from "graphile-worker";
import { expect, test, vi } from "vitest";
import { db, row, rows } from "@/lib/db/sql";
import { testDatabase } from "@/lib/db/testing/database";
import { appendCommits, createTestProject, insertPoints } from "@/lib/db/testing/project";
import { sweep, sweepOverviews } from "./sweep";
import { taskList } from "./tasks";
import { runWorker } from "./worker";

const database = testDatabase();

const work = () =>
  runOnce({
    connectionString: database.url(),
    taskList,
    noHandleSignals: true,
    logger: new Logger(() => () => undefined),
  });
const jobs = () => row(db(), "SELECT count(*) AS jobs FROM graphile_worker.jobs");
const enqueue = (payload: object) =>
  rows(db(), "SELECT graphile_worker.add_job('analyse', $1, queue_name := 'analyse:1')", [JSON.stringify(payload)]);

test("a job analyses its project; further jobs of the same burst find nothing left to do", async () => {
  const project = await createTestProject();
  const series = await insertPoints(project, await appendCommits(project, 3), [[1], [2], [3]]);
  for (let post = 0; post < 3; post++) {
    await rows(db(), "INSERT INTO analysis_requests (project_id, series) VALUES ($1, $2)", [project.id, [series]]);
    await enqueue({ projectId: project.id });
  }
  await expect
    .poll(
      async () => {
        await work(); // may end while the queue is still held by the job before, or rest after a slow one
        return jobs();
      },
      { timeout: 20_000 },
    )
    .toEqual({ jobs: 0 });
  expect(await row(db(), "SELECT count(*) AS pending FROM analysis_requests")).toEqual({ pending: 0 });
  expect(await row(db(), "SELECT points FROM lines WHERE project_id = $1", [project.id])).toEqual({ points: 3 });
});

test("a payload that names no project fails its job and is kept with the reason", async () => {
  await enqueue({ project: "x" });
  await work();
  const job = await row<{ attempts: number; error: string }>(
    db(),
    "SELECT attempts, last_error AS error FROM graphile_worker.jobs",
  );
  expect(job).toMatchObject({ attempts: 1, error: expect.stringContaining("projectId") });
});

test("a worker takes the jobs of one that was killed, and ends when it is asked to", async () => {
  await rows(db(), "DELETE FROM graphile_worker._private_jobs");
  const project = await createTestProject();
  const series = await insertPoints(project, await appendCommits(project, 3), [[1], [2], [3]]);
  await rows(db(), "INSERT INTO analysis_requests (project_id, series) VALUES ($1, $2)", [project.id, [series]]);
  await enqueue({ projectId: project.id });
  const killed = "pool-gone";
  await rows(db(), "UPDATE graphile_worker._private_jobs SET locked_by = $1, locked_at = now() - interval '1 min'", [
    killed,
  ]);
  await rows(
    db(),
    "UPDATE graphile_worker._private_job_queues SET locked_by = $1, locked_at = now() - interval '1 min'",
    [killed],
  );
  const worker = await runWorker(database.url());
  await expect.poll(jobs, { timeout: 20_000 }).toEqual({ jobs: 0 });
  await worker.stop();
  await worker.promise;
});

test("a worker finds requests that have no job", async () => {
  await rows(db(), "DELETE FROM graphile_worker._private_jobs");
  const project = await createTestProject();
  const series = await insertPoints(project, await appendCommits(project, 3), [[1], [2], [3]]);
  await rows(db(), "INSERT INTO analysis_requests (project_id, series) VALUES ($1, $2)", [project.id, [series]]);
  expect(await sweep(db())).toEqual([project.id]);
  expect(await sweep(db())).toEqual([]); // its job waits
  await rows(db(), "DELETE FROM graphile_worker._private_jobs");
  const worker = await runWorker(database.url());
  await expect
    .poll(() => row(db(), "SELECT count(*) AS pending FROM analysis_requests"), { timeout: 20_000 })
    .toEqual({ pending: 0 });
  await worker.stop();
  await worker.promise;
});

test("after a long analysis the project rests: what is posted meanwhile is taken together, at its end", async () => {
  await rows(db(), "DELETE FROM graphile_worker._private_jobs");
  const project = await createTestProject();
  const series = await insertPoints(project, await appendCommits(project, 3), [[1], [2], [3]]);
  const post = async () => {
    await rows(db(), "INSERT INTO analysis_requests (project_id, series) VALUES ($1, $2)", [project.id, [series]]);
    await enqueue({ projectId: project.id });
  };
  let clock = 0;
  const now = vi.spyOn(performance, "now").mockImplementation(() => {
    clock += 1000; // so that every analysis seems to take a second at least
    return clock;
  });
  await post();
  await work();
  for (let more = 0; more < 3; more++) await post();
  await expect
    .poll(async () => {
      await work();
      return rows(db(), 'SELECT key, run_at > now() AS "isLater" FROM graphile_worker.jobs');
    })
    .toEqual([{ key: `analyse:${project.id}`, isLater: true }]);
  clock += 60_000;
  await rows(db(), "UPDATE graphile_worker._private_jobs SET run_at = now()");
  await expect
    .poll(async () => {
      await work();
      return jobs();
    })
    .toEqual({ jobs: 0 });
  now.mockRestore();
  expect(await row(db(), "SELECT count(*) AS pending FROM analysis_requests")).toEqual({ pending: 0 });
});

test("while a load lasts its posts wait, and are analysed together when it pauses, or after a quarter of a minute", async () => {
  await rows(db(), "DELETE FROM graphile_worker._private_jobs");
  const project = await createTestProject();
  const series = await insertPoints(project, await appendCommits(project, 3), [[1], [2], [3]]);
  for (let post = 0; post < 8; post++)
    await rows(db(), "INSERT INTO analysis_requests (project_id, series) VALUES ($1, $2)", [project.id, [series]]);
  let clock = 0;
  const now = vi.spyOn(performance, "now").mockImplementation(() => clock);
  const runAndRead = async () => {
    clock += 1000; // the rest before is over, in the clock of the worker
    await rows(db(), "UPDATE analysis_requests SET requested_at = clock_timestamp()");
    await enqueue({ projectId: project.id });
    await expect
      .poll(async () => {
        await work();
        return rows(db(), "SELECT key FROM graphile_worker.jobs WHERE key IS NULL");
      })
      .toEqual([]);
    return row(
      db(),
      `SELECT (SELECT count(*) FROM analysis_requests) AS pending,
              (SELECT count(*) FROM graphile_worker.jobs WHERE key = $1 AND run_at > now()) AS later`,
      [`analyse:${project.id}`],
    );
  };
  for (let second = 1; second <= 15; second++) {
    await rows(db(), "DELETE FROM graphile_worker._private_jobs WHERE key IS NOT NULL");
    expect(await runAndRead()).toEqual({ pending: 8, later: 1 });
  }
  expect(await runAndRead()).toMatchObject({ pending: 0 });
  now.mockRestore();
});

test("a marked overview is computed by a job of its own, one for all marks, and the marks are gone", async () => {
  await rows(db(), "DELETE FROM graphile_worker._private_jobs");
  await rows(db(), "DELETE FROM analysis_requests");
  await rows(db(), "DELETE FROM overview_marks");
  const project = await createTestProject();
  await insertPoints(project, await appendCommits(project, 3), [[1], [2], [3]]);
  await rows(db(), "INSERT INTO overview_marks (project_id) VALUES ($1), ($1)", [project.id]);
  expect(await sweepOverviews(db())).toEqual([project.id]);
  expect(await sweepOverviews(db())).toEqual([]);
  await work();
  expect(await row(db(), "SELECT shape FROM overviews WHERE project_id = $1", [project.id])).toEqual({ shape: 1 });
  expect(await row(db(), "SELECT FROM overview_marks")).toBeNull();
  await rows(db(), "UPDATE overviews SET valid_until = now() - interval '1 s' WHERE project_id = $1", [project.id]);
  expect(await sweepOverviews(db())).toEqual([project.id]); // what it says is over
});
