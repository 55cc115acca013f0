import { restore } from "@/lib/commands/exclusions";
import { route } from "@/lib/http/route";
import { readExclusions } from "@/lib/queries/corrections";

export const DELETE = route({ scope: "triage" }, async ({ actor, params }) => {
  const { projectId, id } = await restore(actor, params.project ?? "", params.id ?? "");
  return (await readExclusions(projectId, [id]))[0];
});
