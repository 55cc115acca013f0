import { db, row } from "@/lib/db/sql";

/** What works: `down` names the part that does not. Without the database nobody can tell whether a worker runs. */
export type Health = { status: "ok" | "down"; database: "ok" | "down"; worker: "ok" | "down" };

/** The sessions of workers carry this name (lib/jobs/worker.ts), with an id after it. */
const WORKER_SESSIONS = "tidemark-worker%";

/** Asks the database whether it answers, and whether a worker is connected to it. Never throws. */
export async function readHealth(): Promise<Health> {
  try {
    const found = await row<{ workers: number }>(
      db(),
      `select count(*) as workers from pg_stat_activity
        where datname = current_database() and application_name like $1`,
      [WORKER_SESSIONS],
    );
    const worker = found?.workers ? "ok" : "down";
    return { status: worker, database: "ok", worker };
  } catch {
    return { status: "down", database: "down", worker: "down" };
  }
}
