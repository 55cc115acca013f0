import type { JobHelpers } from "graphile-worker";
import { z } from "zod";
import { analyse as analyseProject } from "@/lib/analysis";
import { log } from "./log";

const Payload = z.object({ projectId: z.int().positive() });

/** Lines after which a long analysis says how far it is. */
const TELL_EVERY = 1000;

/**
 * How long a project rests after an analysis, as a multiple of what that took: while results pour in, a fifth of the
 * time goes into analysing them, and one analysis takes many posts.
 */
const REST = 4;

/** A run shall not wait longer than this for its analysis to begin, however long the last one took. */
const LONGEST_REST_MILLISECONDS = 5000;

/** Analyses so short need no rest. */
const SHORT_MILLISECONDS = 200;

/** When the rest of a project ends, and whether a job waits for that moment already. In the clock of performance.now(). */
const rests = new Map<number, { end: number; isAwaited: boolean }>();

/** Is the project at rest? Then there is a job at its end, which takes what was asked for until then. */
async function isAtRest(projectId: number, { job, addJob }: Pick<JobHelpers, "job" | "addJob">): Promise<boolean> {
  const rest = rests.get(projectId);
  const left = rest ? rest.end - performance.now() : 0;
  if (!rest || left <= 0) return false;
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

/** Analyses one project, unless it is at rest. A payload that names none is a fault of ours; the error makes the queue keep and show it. */
export async function analyse(payload: unknown, helpers: Pick<JobHelpers, "job" | "addJob">): Promise<void> {
  const { projectId } = Payload.parse(payload);
  if (await isAtRest(projectId, helpers)) return;
  const context = { job: helpers.job.id, projectId };
  const started = performance.now();
  let told = 0;
  const result = await analyseProject(projectId, (done, of) => {
    if (done - told < TELL_EVERY) return;
    told = done;
    log.info({ ...context, done, of }, `analysing: ${done} of ${of} lines`);
  });
  if (!result) return; // an earlier job of the project took all requests
  const millis = Math.round(performance.now() - started);
  const rest = Math.min(REST * millis, LONGEST_REST_MILLISECONDS);
  if (millis > SHORT_MILLISECONDS) rests.set(projectId, { end: performance.now() + rest, isAwaited: false });
  log.info({ ...context, ...result, millis }, `analysed ${result.lines} lines, ${result.shifts} shifts`);
}
