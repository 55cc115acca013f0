import { paramsLabel } from "@/lib/format/name";
import type { CompareRow, Comparison } from "@/lib/queries/compare";
import { compareCaseUrl } from "@/lib/urls/compare";
import { workloadUrl } from "@/lib/urls/workload";

/** Both distributions of a row. */
export function caseUrl(
  { project, baseline, contender }: Pick<Comparison, "project" | "baseline" | "contender">,
  row: CompareRow,
): string {
  return compareCaseUrl(
    project.slug,
    { number: row.workloadNumber, name: row.workload },
    {
      baseline: baseline.side,
      contender: contender.side,
      environment: row.environment,
      metric: row.metric,
      params: paramsLabel(row.params) ? JSON.stringify(row.params) : null,
      version: row.version,
    },
  );
}

/** The trend of a row with both commits pinned. */
export function trendUrl(
  { project, baseline, contender }: Pick<Comparison, "project" | "baseline" | "contender">,
  row: CompareRow,
): string {
  const pins = [baseline.sha, contender.sha].flatMap((sha) => (sha ? [sha.slice(0, 10)] : []));
  return workloadUrl(
    project.slug,
    { number: row.workloadNumber, name: row.workload },
    {
      metric: [row.metric],
      environment: [row.environment],
      params: paramsLabel(row.params) ? JSON.stringify(row.params) : null,
      pin: [...new Set(pins)],
    },
  );
}
