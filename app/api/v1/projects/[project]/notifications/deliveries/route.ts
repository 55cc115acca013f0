import { DeliveriesQuery } from "@/lib/http/queries";
import { route } from "@/lib/http/route";
import { listDeliveries } from "@/lib/queries/notifications";

export const GET = route({ scope: "admin", query: DeliveriesQuery }, ({ actor, params, query }) =>
  listDeliveries(actor, params.project ?? "", query),
);
