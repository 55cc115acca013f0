import { TriageBody } from "@/lib/commands/triageBodies";
import { triageShift } from "@/lib/commands/triageShifts";
import { route } from "@/lib/http/route";
import { shiftNumber } from "@/lib/http/shiftNumber";
import { readTriage } from "@/lib/queries/triage";

/** What people say of a shift, with history and notes. */
export const GET = route({ scope: "read" }, ({ actor, params }) =>
  readTriage(actor, params.project ?? "", shiftNumber(params.number)),
);

/** Changes it, unless somebody else has since. */
export const PATCH = route({ scope: "triage", body: TriageBody }, async ({ actor, params, body }) => {
  const number = shiftNumber(params.number);
  const { batch } = await triageShift(actor, params.project ?? "", number, body);
  const triage = await readTriage(actor, params.project ?? "", number);
  return { batch, triage };
});
