import { z } from "zod";
import { LIMITS } from "@/ingest/schema";
import { storeRuns } from "@/ingest/store/storeRuns";
import { withDocuments } from "@/lib/http/bodies";
import { pageQuery } from "@/lib/http/paging";
import { answer, route } from "@/lib/http/route";
import { listRuns } from "@/lib/queries/runs";

const Filter = z.strictObject({
  ...pageQuery,
  branch: z.string("Give one branch.").optional(),
  environment: z.string("Give one environment.").optional(),
  commit: z.string("Give one commit id.").optional(),
  experiment: z.string("Give one experiment.").optional(),
});

export const GET = route({ scope: "read", query: Filter }, ({ actor, params, query }) =>
  listRuns(actor, params.project ?? "", query),
);

const DryRun = z.strictObject({ dryRun: z.enum(["0", "1"], "Must be 1 or 0.").default("0") });

export const POST = route({ scope: "ingest", query: DryRun }, async ({ actor, params, query, request }) => {
  const dryRun = query.dryRun === "1";
  const store = (body: unknown) => storeRuns(actor, params.project ?? "", body, { dryRun });
  const result = await withDocuments(request, LIMITS.documents, store);
  return answer(result, { status: result.stored.length > 0 && !dryRun ? 201 : 200 });
});
