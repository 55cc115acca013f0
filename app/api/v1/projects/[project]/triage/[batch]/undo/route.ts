import { undoTriage } from "@/lib/commands/undoTriage";
import { NotFound } from "@/lib/errors";
import { route } from "@/lib/http/route";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Takes a change back, where nothing has changed the same since. */
export const POST = route({ scope: "triage" }, ({ actor, params }) => {
  const { project = "", batch = "" } = params;
  if (!UUID.test(batch)) throw new NotFound(`'${batch}' is no change: the answer of a change has its batch.`);
  return undoTriage(actor, project, batch);
});
