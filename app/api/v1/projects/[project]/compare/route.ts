import { csv } from "@/lib/http/csv";
import { CompareQuery } from "@/lib/http/queries";
import { answerText, route } from "@/lib/http/route";
import { readCompare, readComparison } from "@/lib/queries/compare";
import { COMPARE_COLUMNS, compareCells } from "@/lib/queries/compareColumns";

/** Two sides over all their cases: verdicts, changes, what is on one side only. */
export const GET = route({ scope: "read", query: CompareQuery }, async ({ request, actor, params, query }) => {
  const { format, ...asked } = query;
  const slug = params.project ?? "";
  if (format === "json") return readCompare(actor, slug, asked);
  const { rows } = await readComparison(actor, slug, asked);
  const found = rows.filter(({ verdict }) => asked.verdict === null || verdict === asked.verdict);
  return answerText(csv(COMPARE_COLUMNS, found.map(compareCells)), "text/csv; charset=utf-8", request);
});
