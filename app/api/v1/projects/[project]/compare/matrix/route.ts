import { csv } from "@/lib/http/csv";
import { CompareMatrixQuery } from "@/lib/http/queries";
import { answerText, route } from "@/lib/http/route";
import { COMPARE_COLUMNS, compareCells } from "@/lib/queries/compareColumns";
import { readMatrix, readMatrixPart } from "@/lib/queries/compareMatrix";

/** Every variant of an experiment against one of them; as CSV a line per cell. */
export const GET = route({ scope: "read", query: CompareMatrixQuery }, async ({ request, actor, params, query }) => {
  const { format, ...asked } = query;
  const slug = params.project ?? "";
  if (format === "json") return readMatrixPart(actor, slug, asked);
  const { rows } = await readMatrix(actor, slug, asked);
  const lines = rows.flatMap(({ cells }) => cells.map((cell) => [cell.variant, ...compareCells(cell)]));
  return answerText(csv(["variant", ...COMPARE_COLUMNS], lines), "text/csv; charset=utf-8", request);
});
