import { CheckQuery } from "@/lib/http/queries";
import { route } from "@/lib/http/route";
import { readCheck } from "@/lib/report/check";

/** Pass, fail or cannot tell, by the project's policy; `waits` is 0 when every posted run has been analysed. */
export const GET = route({ scope: "read", query: CheckQuery }, ({ actor, params, query }) =>
  readCheck(actor, params.project ?? "", query),
);
