import { z } from "zod";
import { csv } from "@/lib/http/csv";
import { originOf } from "@/lib/http/origin";
import { decodeCursor, encodeCursor, pageQuery } from "@/lib/http/paging";
import { answerText, route } from "@/lib/http/route";
import { workloadColumns, workloadItems } from "@/lib/queries/workloadItems";
import { readWorkloads } from "@/lib/queries/workloads";

const word = z.string().nullable().default(null);
const query = z.strictObject({
  environment: word,
  branch: word,
  since: word,
  filter: word,
  show: z.enum(["all", "shifted", "failing"]).default("all"),
  sort: z.enum(["change", "name", "value"]).default("name"),
  order: z.enum(["up", "down"]).nullable().default(null),
  metric: word,
  retired: z.enum(["1"]).optional(),
  format: z.enum(["json", "csv"]).default("json"),
  ...pageQuery,
});
const cursor = z.tuple([z.int().min(0)]);

/** Every case with the level of each metric and its change, in parts; as CSV all of them, a row per case and metric. */
export const GET = route({ scope: "read", query }, async ({ request, actor, params, query }) => {
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
