import { z } from "zod";
import { storeReleases } from "@/ingest/store/storeReleases";
import { withBody } from "@/lib/http/bodies";
import { decodeCursor, encodeCursor } from "@/lib/http/paging";
import { ReleasesQuery } from "@/lib/http/queries";
import { answer, route } from "@/lib/http/route";
import { readReleaseRows } from "@/lib/report/list";

export const GET = route({ scope: "read", query: ReleasesQuery }, async ({ actor, params, query }) => {
  const { limit, cursor, ...filters } = query;
  const offset = decodeCursor(cursor, z.tuple([z.int32().min(0)]))?.[0] ?? 0;
  const { total, items } = await readReleaseRows(actor, params.project ?? "", { ...filters, limit, offset });
  const after = offset + items.length;
  return { total, items, next: after < total && items.length > 0 ? encodeCursor([after]) : null };
});

export const POST = route({ scope: "ingest" }, async ({ actor, params, request }) => {
  const stored = await withBody(request, (body) => storeReleases(actor, params.project ?? "", body));
  return answer(stored, { status: stored.created > 0 ? 201 : 200 });
});
