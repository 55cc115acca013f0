import { z } from "zod";
import { route } from "@/lib/http/route";
import { readPalette } from "@/lib/queries/frame";

const query = z.strictObject({ text: z.string().max(200, "Must have at most 200 characters.").optional() });

/** What the palette can jump to. */
export const GET = route({ scope: "read", query }, ({ actor, params, query }) =>
  readPalette(actor, params.project ?? "", query.text ?? null),
);
