import type { WorkloadLine, WorkloadRead } from "@/lib/queries/workload";
import { apiUrl } from "@/lib/urls/api";

/** Points that one chart is sent at most; a window that is zoomed into is read anew. */
const MOST_SENT = 1200;

/** The window, and whether every sample is wanted. */
export type Detail = { from?: string | null; to?: string | null; samples?: boolean };

/** The case and environment that were chosen; null: nothing was measured. */
export const chosenLine = ({ chosen: { params, environment } }: WorkloadRead): WorkloadLine | null =>
  environment === null ? null : { params, environment };

/**
 * Where the series of one metric is read: by the server before the page, by the browser after. `line`: another one than
 * that of the chosen case and environment.
 */
export function seriesPath(head: WorkloadRead, metric: string, detail: Detail = {}, line = chosenLine(head)): string {
  const { from = null, to = null, samples = false } = detail;
  return apiUrl.series(head.project.slug, { ...seriesAsked(head, metric, line), from, to, samples, thin: MOST_SENT });
}

/** The same as CSV, whole. */
export function csvPath(head: WorkloadRead, metric: string, line = chosenLine(head)): string {
  return apiUrl.series(head.project.slug, { ...seriesAsked(head, metric, line), format: "csv" });
}

export function seriesAsked(head: WorkloadRead, metric: string, line = chosenLine(head)) {
  const { params, branch } = head.chosen;
  return {
    workload: head.name,
    params: JSON.stringify(line?.params ?? params),
    metric,
    environment: line?.environment ?? null,
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
