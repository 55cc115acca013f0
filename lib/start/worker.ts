import { randomUUID } from "node:crypto";
import { Logger, type Runner, run } from "graphile-worker";
import pg from "pg";
import { config } from "@/lib/config";
import { closePool } from "@/lib/db/pool";
import { closePrisma } from "@/lib/db/prisma";
import { log } from "@/lib/jobs/log";
import { taskList } from "@/lib/jobs/tasks";

// The worker process; several can run against one database. On SIGTERM it ends cleanly: running jobs end first.

/** Jobs at a time: a long analysis must not keep short jobs waiting. */
const CONCURRENCY = 2;
const UNLOCK_EVERY = 60_000;
/** Sessions of workers carry this name and the process's own id: health looks for the name, unlockDead for the id. */
const NAME = "tidemark-worker";

const id = randomUUID();
const pool = new pg.Pool({
  connectionString: config.databaseUrl(),
  max: CONCURRENCY * 2 + 2, // each runner keeps one connection to listen
  application_name: `${NAME}:${id}`,
});
pool.on("error", (error) => log.warn(error, "a database connection was lost"));

/** A killed worker's jobs would stay locked for four hours: they are set free once no session carries its id. */
async function unlockDead(): Promise<void> {
  await pool.query(
    `SELECT graphile_worker.force_unlock_workers(array_agg(locked_by)) FROM (
       SELECT DISTINCT locked_by FROM graphile_worker.jobs WHERE locked_by LIKE $1 || ':%'
     ) AS locked
     WHERE NOT EXISTS (
       SELECT FROM pg_stat_activity WHERE application_name = $1 || ':' || split_part(locked_by, ':', 2)
     ) HAVING count(*) > 0`,
    [NAME],
  );
}

const LEVELS = { error: "error", warning: "warn", info: "debug", debug: "trace" } as const;

/** What the queue itself says goes into the same log; its running commentary is one level lower than ours. */
const queueLogger = new Logger((scope) => (level, message, meta) => {
  log[LEVELS[level]]({ ...scope, ...(meta?.error ? { err: meta.error } : {}) }, message);
});

/** A runner of one job at a time, whose name says which process it belongs to. */
function startRunner(index: number): Promise<Runner> {
  const named: { workerId: string } = { workerId: `${NAME}:${id}:${index}` };
  return run({ pgPool: pool, taskList, concurrency: 1, noHandleSignals: true, logger: queueLogger, ...named });
}

await unlockDead();
const runners = await Promise.all(Array.from({ length: CONCURRENCY }, (_, index) => startRunner(index)));
const timer = setInterval(() => {
  unlockDead().catch((error) => log.warn(error, "dead workers cannot be looked for"));
}, UNLOCK_EVERY);
let stopping = false;
for (const name of ["SIGINT", "SIGTERM"] as const)
  process.on(name, () => {
    stopping = true;
    for (const runner of runners) runner.stop().catch(() => undefined); // it has ended already
  });
log.info("ready");
await Promise.race(runners.map((runner) => runner.promise)).catch((error) => log.error(error, "the worker has ended"));
clearInterval(timer);
await Promise.allSettled(runners.map((runner) => runner.stop()));
await Promise.allSettled([pool.end(), closePool(), closePrisma()]);
process.exit(stopping ? 0 : 1); // an end that nobody asked for: the launcher starts another
