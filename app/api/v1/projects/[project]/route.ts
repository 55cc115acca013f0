import { route } from "@/lib/http/route";
import { readProjectItem } from "@/lib/queries/project";

export const GET = route({ scope: "read" }, ({ actor, params }) => readProjectItem(actor, params.project ?? ""));
