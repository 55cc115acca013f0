import { removeFilter } from "@/lib/commands/savedFilters";
import { route } from "@/lib/http/route";

export const DELETE = route({ scope: "triage" }, ({ actor, params }) =>
  removeFilter(actor, params.project ?? "", params.id ?? ""),
);
