import { type Db, rows } from "./sql";

/** A job for the worker: a task of lib/jobs, what it is about, and how often it may be tried. */
export type Job = { task: string; payload: object; queue?: string; maxAttempts?: number };

/** Enqueues jobs in the transaction that makes them necessary. Those of one queue run one after the other. */
export async function addJobs(tx: Db, jobs: readonly Job[]): Promise<void> {
  if (jobs.length === 0) return;
  await rows(
    tx,
    `select (graphile_worker.add_job(j.task, j.payload::json, queue_name := j.queue, max_attempts := j.attempts)).id
       from unnest($1::text[], $2::text[], $3::text[], $4::int[]) j (task, payload, queue, attempts)`,
    [
      jobs.map(({ task }) => task),
      jobs.map(({ payload }) => JSON.stringify(payload)),
      jobs.map(({ queue }) => queue ?? null),
      jobs.map(({ maxAttempts }) => maxAttempts ?? null),
    ],
  );
}

/** Asks for a look at the shifts of a project: is anybody to be told of one? */
export const requestTelling = (tx: Db, projectId: number): Promise<void> =>
  addJobs(tx, [{ task: "tell", payload: { projectId }, queue: `tell:${projectId}` }]);

/** Tries that a delivery gets; the queue waits e^n seconds after the n-th (at most e^10), so the last comes hours later. */
const DELIVERY_ATTEMPTS = 12;

/** Jobs that deliver messages to a route, or with `null` its digest. Those of one route take turns. */
export const deliveryJobs = (projectId: number, routeId: number, ids: readonly number[] | null): Job[] => {
  const common = { task: "deliver", queue: `deliver:${projectId}:${routeId}`, maxAttempts: DELIVERY_ATTEMPTS };
  if (ids === null) return [{ ...common, payload: { projectId, routeId } }];
  return ids.map((deliveryId) => ({ ...common, payload: { projectId, deliveryId } }));
};
