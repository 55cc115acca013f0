import { removeCorrection } from "@/lib/commands/corrections";
import { route } from "@/lib/http/route";
import { readCorrection } from "@/lib/queries/corrections";

export const DELETE = route({ scope: "triage" }, async ({ actor, params }) => {
  const { projectId, id } = await removeCorrection(actor, params.project ?? "", params.id ?? "");
  return readCorrection(projectId, id);
});
