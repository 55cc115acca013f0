import { storeReleases } from "@/ingest/store/storeReleases";
import { withBody } from "@/lib/http/bodies";
import { PageQuery } from "@/lib/http/queries";
import { answer, route } from "@/lib/http/route";
import { listReleases } from "@/lib/queries/releases";

export const GET = route({ scope: "read", query: PageQuery }, ({ actor, params, query }) =>
  listReleases(actor, params.project ?? "", query),
);

export const POST = route({ scope: "ingest" }, async ({ actor, params, request }) => {
  const stored = await withBody(request, (body) => storeReleases(actor, params.project ?? "", body));
  return answer(stored, { status: stored.created > 0 ? 201 : 200 });
});
