import { undoTriage } from "@/lib/commands/undoTriage";
import { route } from "@/lib/http/route";

/** Takes a change back, where nothing has changed the same since. */
export const POST = route({ scope: "triage" }, ({ actor, params }) =>
  undoTriage(actor, params.project ?? "", params.id ?? ""),
);
