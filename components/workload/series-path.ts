import type { WorkloadRead } from "@/lib/queries/workload";
import { apiUrl } from "@/lib/urls/api";

/** Points that one chart is sent at most; a window that is zoomed into is read anew. */
const MOST_SENT = 1200;

type Ends = { from?: string | null; to?: string | null };

/** Where the series of one metric of the chosen case is read: by the server before the page, by the browser after. */
export function seriesPath(head: WorkloadRead, metric: string, { from = null, to = null }: Ends = {}): string {
  return apiUrl.series(head.project.slug, { ...seriesAsked(head, metric), from, to, thin: MOST_SENT });
}

/** The same as CSV, whole. */
export function csvPath(head: WorkloadRead, metric: string): string {
  return apiUrl.series(head.project.slug, { ...seriesAsked(head, metric), format: "csv" });
}

export function seriesAsked(head: WorkloadRead, metric: string) {
  const { params, environment, branch } = head.chosen;
  return {
    workload: head.name,
    params: JSON.stringify(params),
    metric,
    environment,
    branch: branch === head.project.defaultBranch ? null : branch,
  };
}

export const SERIES_THIN = MOST_SENT;

/** Most charts of one page before somebody asks for more. */
export const MOST_CHARTS = 8;

/** The metrics whose charts are shown: those chosen, in their order, else all that were measured. */
export function shownMetrics(head: WorkloadRead, chosen: readonly string[]): WorkloadRead["metrics"] {
  const asked = chosen.flatMap((name) => head.metrics.find((metric) => metric.name === name) ?? []);
  return asked.length > 0 ? asked : head.metrics.slice(0, MOST_CHARTS);
}
