import { ExperimentBody } from "@/lib/commands/experimentBody";
import { stateExperiment } from "@/lib/commands/stateExperiment";
import { answer, route } from "@/lib/http/route";
import { listExperiments } from "@/lib/queries/experiments";

export const GET = route({ scope: "read" }, ({ actor, params }) => listExperiments(actor, params.project ?? ""));

/** States how many runs a side an experiment plans, and which variants are copies. */
export const POST = route({ scope: "ingest", body: ExperimentBody }, async ({ actor, params, body }) => {
  const { created, ...stated } = await stateExperiment(actor, params.project ?? "", body);
  return answer(stated, { status: created ? 201 : 200 });
});
