import { storeCommits } from "@/ingest/store/storeCommits";
import { withBody } from "@/lib/http/bodies";
import { CommitsQuery } from "@/lib/http/queries";
import { answer, route } from "@/lib/http/route";
import { listCommits } from "@/lib/queries/commits";

export const GET = route({ scope: "read", query: CommitsQuery }, ({ actor, params, query }) =>
  listCommits(actor, params.project ?? "", query),
);

export const POST = route({ scope: "ingest" }, async ({ actor, params, request }) => {
  const stored = await withBody(request, (body) => storeCommits(actor, params.project ?? "", body));
  return answer(stored, { status: stored.created > 0 ? 201 : 200 });
});
