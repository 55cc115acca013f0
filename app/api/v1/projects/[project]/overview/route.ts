import { OverviewQuery } from "@/lib/http/queries";
import { route } from "@/lib/http/route";
import { readOverview } from "@/lib/queries/overview";

/** What the overview page shows. */
export const GET = route({ scope: "read", query: OverviewQuery }, ({ actor, params, query }) =>
  readOverview(actor, params.project ?? "", query),
);
