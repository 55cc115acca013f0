import { CorrectionBody } from "@/lib/commands/bodies";
import { correct } from "@/lib/commands/corrections";
import { CorrectionsQuery } from "@/lib/http/queries";
import { answer, route } from "@/lib/http/route";
import { listCorrections, readCorrection } from "@/lib/queries/corrections";

export const GET = route({ scope: "read", query: CorrectionsQuery }, ({ actor, params, query }) =>
  listCorrections(actor, params.project ?? "", query),
);

/** 201 for a new one, 200 when it stood already. */
export const POST = route({ scope: "triage", body: CorrectionBody }, async ({ actor, params, body }) => {
  const { projectId, id, isNew } = await correct(actor, params.project ?? "", body);
  return answer(await readCorrection(projectId, id), { status: isNew ? 201 : 200 });
});
