import { z } from "zod";
import { csv } from "@/lib/http/csv";
import { pageQuery } from "@/lib/http/paging";
import { answerText, route } from "@/lib/http/route";
import { type CompareRow, readCompare, readComparison } from "@/lib/queries/compare";
import { COMPARE_SORTS, VERDICT_ORDER } from "@/lib/urls/compare";

const side = z
  .string("Name a side, such as release:2026.11.0, commit:4bcc6b6, branch:main, run:KEY or experiment:NAME/VARIANT.")
  .min(1, "Name a side, such as release:2026.11.0.")
  .max(1000, "Is too long.");

/** Absent and empty are the same: scripts fill templates. */
const optional = z
  .string("Give it once.")
  .max(1000, "Is too long.")
  .default("")
  .transform((text) => text || null);

const Query = z.strictObject({
  baseline: side,
  contender: side,
  environment: optional,
  metric: optional,
  workload: optional,
  verdict: z
    .union([z.literal(""), z.enum(VERDICT_ORDER)], `Must be one of ${VERDICT_ORDER.join(", ")}.`)
    .optional()
    .transform((verdict) => verdict || null),
  sort: z.enum(COMPARE_SORTS, `Must be one of ${COMPARE_SORTS.join(", ")}.`).default("effect"),
  format: z.enum(["json", "csv"], "Must be json or csv.").default("json"),
  ...pageQuery,
});

/** Two sides over all their cases: verdicts, changes, what is on one side only. */
export const GET = route({ scope: "read", query: Query }, async ({ request, actor, params, query }) => {
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
