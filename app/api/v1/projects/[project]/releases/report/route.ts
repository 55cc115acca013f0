import { csv } from "@/lib/http/csv";
import { ReportQuery } from "@/lib/http/queries";
import { answerText, route } from "@/lib/http/route";
import { acceptedShifts, netOfAccepted } from "@/lib/release/decide";
import type { ReportRead } from "@/lib/release/read";
import { whyText } from "@/lib/release/words";
import { ReportChange } from "@/lib/report/bodies";
import { changeReport } from "@/lib/report/life";
import { readReport } from "@/lib/report/read";

/** The report of a release, as JSON, or its rows as CSV. */
export const GET = route({ scope: "read", query: ReportQuery }, async ({ request, actor, params, query }) => {
  const { project = "" } = params;
  const { candidate, against, report: number, format } = query;
  const report = await readReport(actor, project, { candidate, against, number });
  if (format === "csv") return answerText(table(report), "text/csv; charset=utf-8", request);
  return report;
});

/** Freezes a report, signs it off, rejects it, or begins a draft. */
export const PATCH = route({ scope: "triage", body: ReportChange }, async ({ actor, params, body }) => {
  const { project = "" } = params;
  await changeReport(actor, project, body);
  return readReport(actor, project, { candidate: body.candidate, against: null, number: null });
});

const COLUMNS = [
  ...["workload", "params", "metric", "unit", "environment", "verdict", "why", "baseline", "candidate", "change"],
  ...[
    "difference",
    "intervalLow",
    "intervalHigh",
    "netOfAccepted",
    "baselineRuns",
    "candidateRuns",
    "ownRuns",
    "ownValue",
  ],
  ...["distance", "needsRuns", "shifts"],
];

function table({ figures, decided }: ReportRead): string {
  const accepted = acceptedShifts(decided);
  return csv(
    COLUMNS,
    figures.rows.map((row) => [
      ...[row.workload, JSON.stringify(row.params), row.metric, row.unit, row.environment, row.verdict],
      ...[row.verdict === "cannot tell" ? whyText(row, figures) : null, row.baseline?.value ?? null],
      ...[
        row.candidate?.value ?? null,
        row.change,
        row.difference,
        row.interval?.[0] ?? null,
        row.interval?.[1] ?? null,
      ],
      ...[netOfAccepted(row, accepted), row.baseline?.runs ?? null, row.candidate?.runs ?? null],
      ...[row.candidate?.own?.runs ?? null, row.candidate?.own?.value ?? null, row.candidate?.distance ?? null],
      ...[row.needsRuns, [...new Set(row.steps.flatMap(({ shift }) => shift ?? []))].join(" ")],
    ]),
  );
}
