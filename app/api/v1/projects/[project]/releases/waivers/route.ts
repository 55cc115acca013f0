import { answer, route } from "@/lib/http/route";
import { WaiverBody } from "@/lib/report/bodies";
import { addWaiver } from "@/lib/report/life";
import { readReport } from "@/lib/report/read";

/** Waives a shift or a workload for one release; answers with the report as it is then. */
export const POST = route({ scope: "triage", body: WaiverBody }, async ({ actor, params, body }) => {
  const { project = "" } = params;
  await addWaiver(actor, project, body);
  const report = await readReport(actor, project, { candidate: body.candidate, against: null, number: null });
  return answer(report, { status: 201 });
});
