import { z } from "zod";
import { originOf } from "@/lib/http/origin";
import { decodeCursor, encodeCursor } from "@/lib/http/paging";
import { NextListQuery } from "@/lib/http/queries";
import { route } from "@/lib/http/route";
import { readNextList } from "@/lib/queries/next";

/** What to run next for all open shifts: one poll of a scheduler. */
export const GET = route({ scope: "read", query: NextListQuery }, async ({ request, actor, params, query }) => {
  const { cursor, limit, environment } = query;
  const [offset] = decodeCursor(cursor, z.tuple([z.int().min(0)])) ?? [0];
  const asked = { where: environment, origin: originOf(request), limit, offset };
  const { total, items } = await readNextList(actor, params.project ?? "", asked);
  const after = offset + items.length;
  return { total, items, next: after < total && items.length > 0 ? encodeCursor([after]) : null };
});
