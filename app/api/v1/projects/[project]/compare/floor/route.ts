import { CompareFloorQuery } from "@/lib/http/queries";
import { route } from "@/lib/http/route";
import { readFloor } from "@/lib/queries/compareFloor";

/** What no change looks like where these two sides are compared. */
export const GET = route({ scope: "read", query: CompareFloorQuery }, ({ actor, params, query }) =>
  readFloor(actor, params.project ?? "", query),
);
