import { PlanQuery } from "@/lib/http/queries";
import { route } from "@/lib/http/route";
import { readReport } from "@/lib/report/read";

/** What must still be measured before a report can be signed off: one environment at one commit per item. */
export const GET = route({ scope: "read", query: PlanQuery }, async ({ actor, params, query }) => {
  const { tag, against, environment } = query;
  const { figures } = await readReport(actor, params.project ?? "", { candidate: tag, against, number: null });
  const items = figures.plan.filter((item) => environment === null || item.environment === environment);
  const known = items.flatMap(({ hours }) => hours ?? []);
  return {
    candidate: figures.candidate.name,
    sha: figures.candidate.sha,
    waits: figures.pending,
    hours: known.length > 0 ? known.reduce((sum, hours) => sum + hours, 0) : null,
    total: items.length,
    items,
  };
});
