import { z } from "zod";
import { csv } from "@/lib/http/csv";
import { originOf } from "@/lib/http/origin";
import { decodeCursor, encodeCursor } from "@/lib/http/paging";
import { WorkloadsQuery } from "@/lib/http/queries";
import { answerText, route } from "@/lib/http/route";
import { workloadColumns, workloadItems } from "@/lib/queries/workloadItems";
import { readWorkloads } from "@/lib/queries/workloads";

const cursor = z.tuple([z.int().min(0)]);

/** Every case with the level of each metric and its change, in parts; as CSV all of them, a row per case and metric. */
export const GET = route({ scope: "read", query: WorkloadsQuery }, async ({ request, actor, params, query }) => {
  const { limit, retired, format, ...asked } = query;
  const [offset] = decodeCursor(query.cursor, cursor) ?? [0];
  const part = format === "csv" ? { offset: 0, limit: Number.MAX_SAFE_INTEGER } : { offset, limit };
  const selection = { ...asked, retired: retired === "1", group: "none" as const };
  const list = await readWorkloads(actor, params.project ?? "", selection, { ...part, sparklines: false });
  const items = workloadItems(list, originOf(request));
  if (format === "csv") {
    const { columns, rows } = workloadColumns(items);
    return answerText(csv(columns, rows), "text/csv; charset=utf-8", request);
  }
  const end = offset + items.length;
  return { total: list.total, items, next: end < list.total ? encodeCursor([end]) : null };
});
