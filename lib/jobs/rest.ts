import type { JobHelpers } from "graphile-worker";
import { db, row } from "@/lib/db/sql";

/**
 * How long a project rests after an analysis, as a multiple of what that took: while results arrive, a fifth of the time
 * goes into analysing them, and one analysis takes many posts.
 */
const REST = 4;

/** A run shall not wait longer than this for its analysis to begin, however long the last one took. */
const LONGEST_REST_MILLISECONDS = 5000;

/** Analyses so short need no rest. */
const SHORT_MILLISECONDS = 200;

/**
 * A load: so many requests wait, and the newest is so young. What it brings is analysed when it pauses, and while it
 * does not, every 15 s: an analysis costs the same for one new point of each line as for hundreds.
 */
const LOAD_REQUESTS = 8;
const PAUSE_MILLISECONDS = 500;
const LONGEST_LOAD_MILLISECONDS = 15_000;

/** `end`: when the rest is over; `isAwaited`: a job waits for that moment already. In the clock of performance.now(). */
type Rest = { end: number; isAwaited: boolean };

type Helpers = Pick<JobHelpers, "job" | "addJob">;

const rests = new Map<number, Rest>();
/** Since when a load puts off the analysis of a project. */
const loads = new Map<number, number>();

/** An analysis of the project has ended, and took so long. */
export function restAfter(projectId: number, milliseconds: number): void {
  loads.delete(projectId);
  const rest = Math.min(REST * milliseconds, LONGEST_REST_MILLISECONDS);
  if (milliseconds > SHORT_MILLISECONDS) rests.set(projectId, { end: performance.now() + rest, isAwaited: false });
}

/** Shall the analysis of the project wait? Then there is a job at the end of its rest, which takes all until then. */
export async function isAtRest(projectId: number, helpers: Helpers): Promise<boolean> {
  const now = performance.now();
  const rest = rests.get(projectId);
  if (rest && rest.end > now) return sleep(projectId, rest, rest.end - now, helpers);
  if (!(await isLoaded(projectId))) return false;
  const since = loads.get(projectId) ?? now;
  if (now - since >= LONGEST_LOAD_MILLISECONDS) return false;
  loads.set(projectId, since);
  const pause = { end: now + PAUSE_MILLISECONDS, isAwaited: false };
  rests.set(projectId, pause);
  return sleep(projectId, pause, PAUSE_MILLISECONDS, helpers);
}

async function sleep(projectId: number, rest: Rest, left: number, { job, addJob }: Helpers): Promise<true> {
  if (rest.isAwaited && job.key === null) return true; // with a key it is that job, and comes early by another clock
  rest.isAwaited = true;
  // Where there is such a job, from another worker too, it stays as it is.
  await addJob(
    "analyse",
    { projectId },
    {
      queueName: `analyse:${projectId}`,
      jobKey: `analyse:${projectId}`,
      jobKeyMode: "preserve_run_at",
      runAt: new Date(Date.now() + left),
    },
  );
  return true;
}

async function isLoaded(projectId: number): Promise<boolean> {
  const found = await row<{ isLoaded: boolean }>(
    db(),
    `select count(*) >= $2 and max(requested_at) > clock_timestamp() - $3 * interval '1 ms' as "isLoaded"
       from analysis_requests where project_id = $1`,
    [projectId, LOAD_REQUESTS, PAUSE_MILLISECONDS],
  );
  return found?.isLoaded ?? false;
}
