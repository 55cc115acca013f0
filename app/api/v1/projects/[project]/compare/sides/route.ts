import { SidesQuery } from "@/lib/http/queries";
import { route } from "@/lib/http/route";
import { readSides } from "@/lib/queries/compareSideList";

/** What a side of a comparison can be: releases, branches, experiments, commits and runs that hold the text. */
export const GET = route({ scope: "read", query: SidesQuery }, ({ actor, params, query }) =>
  readSides(actor, params.project ?? "", query.text || null),
);
