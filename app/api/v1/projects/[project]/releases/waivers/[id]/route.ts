import { WaiverQuery } from "@/lib/http/queries";
import { route } from "@/lib/http/route";
import { withdrawWaiver } from "@/lib/report/life";
import { readReport } from "@/lib/report/read";

/** Takes a waiver back; it stays in the report's history. */
export const DELETE = route({ scope: "triage", query: WaiverQuery }, async ({ actor, params, query }) => {
  const { project = "", id = "" } = params;
  const { candidate } = await withdrawWaiver(actor, project, id, query.revision);
  return readReport(actor, project, { candidate, against: null, number: null });
});
