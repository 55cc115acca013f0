import type { JobHelpers } from "graphile-worker";
import { z } from "zod";
import { analyse as analyseProject } from "@/lib/analysis";
import { refreshDrafts } from "@/lib/report/refresh";
import { storeOverview } from "@/lib/stored/overview";
import { log } from "./log";
import { isAtRest, restAfter } from "./rest";

const Payload = z.object({ projectId: z.int().positive() });

/** Lines after which a long analysis says how far it is. */
const TELL_EVERY = 1000;

/** Analyses one project, unless it is at rest (./rest.ts). A payload that names none is a fault of ours; the error makes the queue keep and show it. */
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
  restAfter(projectId, millis);
  log.info({ ...context, ...result, millis }, `analysed ${result.lines} lines, ${result.shifts} shifts`);
  // Without it the page computes the overview when it is asked for.
  await storeOverview(projectId).catch((error: unknown) => log.error({ ...context, error }, "overview was not stored"));
  // A report that cannot be computed is no fault of the analysis, which is done.
  await refreshDrafts(projectId).catch((error: unknown) =>
    log.error({ ...context, error }, "drafts were not computed"),
  );
}
