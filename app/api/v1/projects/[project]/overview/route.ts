import { z } from "zod";
import { route } from "@/lib/http/route";
import { readOverview } from "@/lib/queries/overview";

const query = z.strictObject({
  environment: z.string().nullable().default(null),
  branch: z.string().nullable().default(null),
});

/** What the overview page shows. */
export const GET = route({ scope: "read", query }, ({ actor, params, query }) =>
  readOverview(actor, params.project ?? "", query),
);
