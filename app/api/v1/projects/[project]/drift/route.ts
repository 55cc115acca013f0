import { csv } from "@/lib/http/csv";
import { originOf } from "@/lib/http/origin";
import { DriftQuery } from "@/lib/http/queries";
import { answerText, route } from "@/lib/http/route";
import { readDrift } from "@/lib/queries/drift";

const COLUMNS = [
  ...["workload", "params", "metric", "environment", "unit", "direction", "change", "difference", "lo", "hi", "p"],
  ...["level", "since", "release", "points", "steps", "url"],
];

/** Every line that drifts without a step. */
export const GET = route({ scope: "read", query: DriftQuery }, async ({ request, actor, params, query }) => {
  const { format, limit, cursor, ...asked } = query;
  const [slug, origin] = [params.project ?? "", originOf(request)];
  if (format !== "csv") {
    const { metrics: _, environments: __, ...read } = await readDrift(actor, slug, { ...asked, limit, cursor }, origin);
    return read;
  }
  const { items } = await readDrift(actor, slug, { ...asked, limit: null }, origin);
  const table = csv(
    COLUMNS,
    items.map((item) => [
      ...[item.workload, JSON.stringify(item.params), item.metric, item.environment, item.unit, item.direction],
      ...[item.change, item.difference, item.interval[0], item.interval[1], item.p, item.level],
      ...[item.since, item.release, item.points, item.steps, item.url],
    ]),
  );
  return answerText(table, "text/csv; charset=utf-8", request);
});
