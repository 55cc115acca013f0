import { PaletteQuery } from "@/lib/http/queries";
import { route } from "@/lib/http/route";
import { readPalette } from "@/lib/queries/frame";

/** What the palette can jump to. */
export const GET = route({ scope: "read", query: PaletteQuery }, ({ actor, params, query }) =>
  readPalette(actor, params.project ?? "", query.text ?? null),
);
