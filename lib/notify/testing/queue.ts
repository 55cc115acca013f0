import { Logger, runOnce } from "graphile-worker";
import { expect } from "vitest";
import { db, row, rows } from "../../db/sql";
import { taskList } from "../../jobs/tasks";

/** Does what the worker does, until no job is due any more but analyses, which the tests make themselves. */
export async function work(connectionString: string): Promise<void> {
  await rows(
    db(),
    "delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t where t.id = j.task_id and t.identifier = 'analyse'",
  );
  await expect
    .poll(
      async () => {
        const due = await dueJobs();
        if (due > 0)
          await runOnce({
            connectionString,
            taskList,
            noHandleSignals: true,
            logger: new Logger(() => () => undefined),
          });
        return dueJobs(); // a queue may still be held by the job before
      },
      { interval: 10, timeout: 20_000 },
    )
    .toBe(0);
}

async function dueJobs(): Promise<number> {
  const found = await row<{ due: number }>(
    db(),
    "select count(*)::int as due from graphile_worker.jobs where run_at <= now() and attempts < max_attempts",
  );
  return found?.due ?? 0;
}

/** Time passes: what waits for another try is due. */
export const later = () => rows(db(), "update graphile_worker._private_jobs set run_at = now() where run_at > now()");
