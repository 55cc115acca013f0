import { BulkTriageBody } from "@/lib/commands/triageBodies";
import { triageShifts } from "@/lib/commands/triageShifts";
import { DecisionsQuery } from "@/lib/http/queries";
import { route } from "@/lib/http/route";
import { listChanges } from "@/lib/queries/decisions";

/** What people changed, request by request. */
export const GET = route({ scope: "read", query: DecisionsQuery }, async ({ actor, params, query }) => {
  const { total, items, next } = await listChanges(actor, params.project ?? "", query);
  return { total, items, next };
});

/** Changes several shifts at once, all or nothing. */
export const POST = route({ scope: "triage", body: BulkTriageBody }, ({ actor, params, body }) =>
  triageShifts(actor, params.project ?? "", body),
);
