import { randomUUID } from "node:crypto";
import { Logger, makeWorkerUtils, type RunnerOptions, run, type WorkerUtils } from "graphile-worker";
import { log } from "./log";
import { taskList } from "./tasks";

/** Jobs of one process at a time: a long analysis must not keep short ones waiting. Those of a project take turns. */
const CONCURRENCY = 2;

/** Connections of a runner: one listens, one works, one settles jobs. */
const CONNECTIONS = 3;

/** How often jobs of dead workers are looked for. */
const UNLOCK_MILLISECONDS = 60_000;

/** Sessions of every worker begin their application name with this; the process's own id follows. */
export const WORKER_NAME = "tidemark-worker";

export type Worker = {
  /** Takes no more jobs, lets the running ones end, and closes its connections. */
  stop(): Promise<void>;
  /** Settles when the worker has ended, asked or not. */
  promise: Promise<void>;
};

/** What the queue says; its running commentary is one level lower than what jobs say. */
const logger = new Logger(() => (level, message, meta) => {
  const error = meta?.error;
  const context = error === undefined ? {} : { err: error };
  if (level === "error") log.error(context, message);
  else if (level === "warning") log.warn(context, message);
  else log.debug(context, message);
});

/** Takes jobs from the queue in this database. Signals are left to the caller. */
export async function runWorker(connectionString: string): Promise<Worker> {
  const name = `${WORKER_NAME}:${randomUUID()}`;
  const shared: RunnerOptions = { connectionString: named(connectionString, name), logger, noHandleSignals: true };
  const utils = await makeWorkerUtils({ ...shared, maxPoolSize: 1 });
  await unlockDead(utils);
  const runners = await Promise.all(
    Array.from({ length: CONCURRENCY }, (_, index) => {
      const own = { taskList, concurrency: 1, maxPoolSize: CONNECTIONS, workerId: `${name}:${index}` };
      return run({ ...shared, ...own });
    }),
  );
  const timer = setInterval(() => {
    unlockDead(utils).catch((error) => log.warn({ err: error }, "dead workers could not be looked for"));
  }, UNLOCK_MILLISECONDS);
  log.info({ worker: name }, "ready");
  const end = async () => {
    clearInterval(timer);
    await Promise.allSettled(runners.map((runner) => runner.stop()));
    await utils.release();
  };
  let ending: Promise<void> | undefined;
  const stop = () => {
    ending ??= end();
    return ending;
  };
  const promise = Promise.race(runners.map((runner) => runner.promise)).then(stop, async (error) => {
    await stop();
    throw error;
  });
  return { stop, promise };
}

function named(connectionString: string, name: string): string {
  const url = new URL(connectionString);
  url.searchParams.set("application_name", name);
  return url.href;
}

/**
 * The jobs of a worker that was killed would stay locked for hours. They are set free once no session carries the
 * worker's name any more. Should it be alive after all, a job runs twice, which every task must bear.
 */
async function unlockDead(utils: Pick<WorkerUtils, "withPgClient" | "forceUnlockWorkers">): Promise<void> {
  const { rows } = await utils.withPgClient((client) =>
    client.query<{ worker: string }>(
      `SELECT DISTINCT locked_by AS worker FROM graphile_worker.jobs
       WHERE locked_by LIKE $1 || ':%' AND NOT EXISTS (
         SELECT FROM pg_stat_activity
         WHERE application_name = $1 || ':' || split_part(locked_by, ':', 2)
       )`,
      [WORKER_NAME],
    ),
  );
  if (rows.length === 0) return;
  log.warn({ workers: rows.map(({ worker }) => worker) }, "jobs of workers that are gone are set free");
  await utils.forceUnlockWorkers(rows.map(({ worker }) => worker));
}
