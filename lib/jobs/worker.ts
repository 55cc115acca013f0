import { EventEmitter } from "node:events";
import { Logger, run, type WorkerEvents } from "graphile-worker";
import type pg from "pg";
import { createPool } from "@/lib/db/pool";
import { log } from "./log";
import { markOverviews, sweep, sweepOverviews } from "./sweep";
import { crontab, taskList } from "./tasks";

/** Jobs of one process at a time: a long analysis must not keep short ones waiting. Those of a project take turns. */
const CONCURRENCY = 2;

/** One connection listens, the others work and settle jobs. */
const CONNECTIONS = CONCURRENCY + 2;

/** How often jobs for a later time are looked for; the others are told at once. */
const POLL_MILLISECONDS = 500;

/** How often jobs of dead workers are looked for. */
const UNLOCK_MILLISECONDS = 15_000;

/** How often requests for an analysis that have no job are looked for, and marked overviews. */
const SWEEP_MILLISECONDS = 1000;

/** Sessions of every worker begin their application name with this; what its jobs are locked by follows. */
const WORKER_NAME = "tidemark-worker";

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
  let lockedBy = "";
  const events: WorkerEvents = new EventEmitter();
  events.once("pool:create", ({ workerPool }) => {
    lockedBy = workerPool.id; // the queue chooses it, and locks all jobs of this process by it
  });
  const size = { concurrency: CONCURRENCY, maxPoolSize: CONNECTIONS };
  const timing = { pollInterval: POLL_MILLISECONDS };
  const runner = await run({
    connectionString,
    taskList,
    crontab,
    events,
    logger,
    noHandleSignals: true,
    ...size,
    ...timing,
  });
  const name = `${WORKER_NAME}:${lockedBy}`;
  // Its session stays open: as long as one carries this name, the worker is alive.
  const mark = createPool(connectionString, 1, { application_name: name, idleTimeoutMillis: 0 });
  await unlockDead(mark);
  await markOverviews(mark);
  const timer = setInterval(() => {
    unlockDead(mark).catch((error) => log.warn({ err: error }, "dead workers could not be looked for"));
  }, UNLOCK_MILLISECONDS);
  const sweeping = setInterval(() => {
    sweep(mark).catch((error) => log.warn({ err: error }, "requests without a job could not be looked for"));
    sweepOverviews(mark).catch((error) => log.warn({ err: error }, "marked overviews could not be looked for"));
  }, SWEEP_MILLISECONDS);
  log.info({ worker: name }, "ready");
  let ending: Promise<void> | undefined;
  const stop = () => {
    ending ??= end();
    return ending;
  };
  const end = async () => {
    clearInterval(timer);
    clearInterval(sweeping);
    await Promise.allSettled([runner.stop()]); // it may have ended by itself
    await mark.end();
  };
  return { stop, promise: runner.promise.finally(stop) };
}

/**
 * The jobs of a worker that was killed would stay locked for hours. They are set free once no session carries the
 * worker's name any more; one that has just begun may not have opened it yet. Should the worker be alive after all, a
 * job runs twice, which every task must bear.
 */
async function unlockDead(mark: pg.Pool): Promise<void> {
  const { rows } = await mark.query<{ worker: string }>(
    `SELECT DISTINCT locked_by AS worker FROM graphile_worker.jobs
     WHERE locked_at < now() - interval '10 s' AND NOT EXISTS (
       SELECT FROM pg_stat_activity WHERE application_name = $1 || ':' || locked_by
     )`,
    [WORKER_NAME],
  );
  if (rows.length === 0) return;
  const workers = rows.map(({ worker }) => worker);
  log.warn({ workers }, "jobs of workers that are gone are set free");
  await mark.query("SELECT graphile_worker.force_unlock_workers($1::text[])", [workers]);
}
