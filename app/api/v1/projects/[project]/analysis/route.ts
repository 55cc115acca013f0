import { route } from "@/lib/http/route";
import { readAnalysis } from "@/lib/queries/analysis";

export const GET = route({ scope: "read" }, ({ actor, params }) => readAnalysis(actor, params.project ?? ""));
