import { ExclusionBody } from "@/lib/commands/bodies";
import { exclude } from "@/lib/commands/exclusions";
import { CorrectionsQuery } from "@/lib/http/queries";
import { answer, route } from "@/lib/http/route";
import { listExclusions, readExclusions } from "@/lib/queries/corrections";

export const GET = route({ scope: "read", query: CorrectionsQuery }, ({ actor, params, query }) =>
  listExclusions(actor, params.project ?? "", query),
);

/** 201 when something is out that was not before, else 200. */
export const POST = route({ scope: "triage", body: ExclusionBody }, async ({ actor, params, body }) => {
  const { projectId, ids, created } = await exclude(actor, params.project ?? "", body);
  return answer({ created, items: await readExclusions(projectId, ids) }, { status: created > 0 ? 201 : 200 });
});
