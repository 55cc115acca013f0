import { csv } from "@/lib/http/csv";
import { originOf } from "@/lib/http/origin";
import { AcceptedQuery } from "@/lib/http/queries";
import { answerText, route } from "@/lib/http/route";
import { readAccepted } from "@/lib/queries/accepted";

const COLUMNS = [
  ...["number", "url", "title", "direction", "state", "acceptedAt", "acceptedBy", "reason", "acceptedUntil", "over"],
  ...["owner", "issues", "lastGood", "firstShifted", "containedIn"],
  ...["workload", "metric", "environment", "unit", "before", "after", "change"],
];

/** Every level that stands accepted since a moment. */
export const GET = route({ scope: "read", query: AcceptedQuery }, async ({ request, actor, params, query }) => {
  const { format, since, limit, cursor } = query;
  const [slug, origin] = [params.project ?? "", originOf(request)];
  if (format !== "csv") {
    const { releases: _, ...read } = await readAccepted(actor, slug, { since, limit, cursor }, origin);
    return read;
  }
  const { items } = await readAccepted(actor, slug, { since, limit: null }, origin);
  const table = csv(
    COLUMNS,
    items.map(({ summary: { largest }, issues, ...item }) => [
      ...[item.number, item.url, item.title, item.direction, item.state, item.acceptedAt, item.acceptedBy],
      ...[item.reason, item.acceptedUntil, item.over, item.owner, issues.join(" "), item.lastGood],
      ...[item.firstShifted, item.containedIn, largest.workload, largest.metric, largest.environment, largest.unit],
      ...[largest.before, largest.after, largest.change],
    ]),
  );
  return answerText(table, "text/csv; charset=utf-8", request);
});
