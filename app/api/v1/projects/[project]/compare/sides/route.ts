import { z } from "zod";
import { route } from "@/lib/http/route";
import { readSides } from "@/lib/queries/compareSideList";

const query = z.strictObject({
  text: z.string("Give it once.").max(200, "Must have at most 200 characters.").optional(),
});

/** What a side of a comparison can be: releases, branches, experiments, commits and runs that hold the text. */
export const GET = route({ scope: "read", query }, ({ actor, params, query }) =>
  readSides(actor, params.project ?? "", query.text || null),
);
