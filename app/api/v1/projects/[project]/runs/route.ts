import { LIMITS } from "@/ingest/schema";
import { storeRuns } from "@/ingest/store/storeRuns";
import { withDocuments } from "@/lib/http/bodies";
import { RunsQuery, StoreRunsQuery } from "@/lib/http/queries";
import { answer, route } from "@/lib/http/route";
import { listRuns } from "@/lib/queries/runs";

export const GET = route({ scope: "read", query: RunsQuery }, ({ actor, params, query }) =>
  listRuns(actor, params.project ?? "", query),
);

export const POST = route({ scope: "ingest", query: StoreRunsQuery }, async ({ actor, params, query, request }) => {
  const dryRun = query.dryRun === "1";
  const store = (body: unknown) => storeRuns(actor, params.project ?? "", body, { dryRun });
  const result = await withDocuments(request, LIMITS.documents, store);
  return answer(result, { status: result.stored.length > 0 && !dryRun ? 201 : 200 });
});
