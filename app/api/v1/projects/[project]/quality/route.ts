import { csv } from "@/lib/http/csv";
import { QualityQuery } from "@/lib/http/queries";
import { answerText, route } from "@/lib/http/route";
import { readQuality } from "@/lib/queries/quality";

const COLUMNS = [
  ...["by", "name", "verdict", "shifts", "decided", "accepted", "fixed", "infrastructure", "notReal"],
  ...["real", "realLow", "realHigh", "fixedShare", "fixedLow", "fixedHigh", "acted", "firstActionSeconds"],
];

/** How good the alerts were, from what people decided. */
export const GET = route({ scope: "read", query: QualityQuery }, async ({ request, actor, params, query }) => {
  const { format, ...asked } = query;
  if (format !== "csv") return readQuality(actor, params.project ?? "", asked);
  const { groups } = await readQuality(actor, params.project ?? "", asked, Number.POSITIVE_INFINITY);
  const table = csv(
    COLUMNS,
    groups.map(({ real, fixedShare, ...group }) => [
      ...[group.by, group.name, group.verdict, group.shifts, group.decided, group.accepted, group.fixed],
      ...[group.infrastructure, group.notReal, real?.value ?? null, real?.interval[0] ?? null],
      ...[real?.interval[1] ?? null, fixedShare?.value ?? null, fixedShare?.interval[0] ?? null],
      ...[fixedShare?.interval[1] ?? null, group.acted, group.firstActionSeconds],
    ]),
  );
  return answerText(table, "text/csv; charset=utf-8", request);
});
