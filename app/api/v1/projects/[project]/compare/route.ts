import { csv } from "@/lib/http/csv";
import { CompareQuery } from "@/lib/http/queries";
import { answerText, route } from "@/lib/http/route";
import { type CompareRow, readCompare, readComparison } from "@/lib/queries/compare";

/** Two sides over all their cases: verdicts, changes, what is on one side only. */
export const GET = route({ scope: "read", query: CompareQuery }, async ({ request, actor, params, query }) => {
  const { format, ...asked } = query;
  const slug = params.project ?? "";
  if (format === "json") return readCompare(actor, slug, asked);
  const { rows } = await readComparison(actor, slug, asked);
  const found = rows.filter(({ verdict }) => asked.verdict === null || verdict === asked.verdict);
  return answerText(table(found), "text/csv; charset=utf-8", request);
});

const COLUMNS = [
  "workload",
  "params",
  "version",
  "metric",
  "environment",
  "verdict",
  "change",
  "difference",
  "intervalLow",
  "intervalHigh",
  "p",
  "q",
  "noise",
  "needsRuns",
  "unit",
  "baseline",
  "baselineRuns",
  "baselineSamples",
  "contender",
  "contenderRuns",
  "contenderSamples",
];

function table(rows: CompareRow[]): string {
  return csv(
    COLUMNS,
    rows.map((row) => [
      row.workload,
      JSON.stringify(row.params),
      row.version,
      row.metric,
      row.environment,
      row.verdict,
      row.change,
      row.difference,
      row.interval?.[0] ?? null,
      row.interval?.[1] ?? null,
      row.p,
      row.q,
      row.noise,
      row.needsRuns,
      row.unit,
      row.baseline.value,
      row.baseline.runs,
      row.baseline.samples,
      row.contender.value,
      row.contender.runs,
      row.contender.samples,
    ]),
  );
}
