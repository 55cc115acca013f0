import { WorkloadRowsQuery } from "@/lib/http/queries";
import { route } from "@/lib/http/route";
import { readWorkloads, type WorkloadPart } from "@/lib/queries/workloads";

/** Rows of the list from a place on: what the page reads while it is scrolled. */
export const GET = route({ scope: "read", query: WorkloadRowsQuery }, async ({ actor, params, query }) => {
  const { limit, offset, retired, ...asked } = query;
  const selection = { ...asked, retired: retired === "1" };
  const part = { offset, limit, sparklines: true };
  const { total, places, rows } = await readWorkloads(actor, params.project ?? "", selection, part);
  return { total, places, rows } satisfies WorkloadPart;
});
