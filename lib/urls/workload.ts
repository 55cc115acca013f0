import { numbered } from "./numbered";
import { decimal, flag, grammar, oneOf, type Selection, segment, text, texts } from "./query";

/** What a chart can leave out: `without` in the address. */
export const CHART_MARKS = ["bands", "levels", "components", "events", "failures"] as const;
export type ChartMark = (typeof CHART_MARKS)[number];

/**
 * params: the case's parameters as JSON. with: more cases of the workload beside it, as JSON of what they have in
 * common: `{"size":5}` all with this size, `{}` all. environment: one or more. Cases and environments are drawn
 * together, a line each; hide: lines that the legend has turned off. from, to: shas, the ends of the zoom. pin: shas, at
 * most two. axes: whether small charts share their y axis; auto: they do where their levels are near. metric: the charts in this order; none means all. samples: every sample as a dot. without: marks that are
 * turned off. sensitivity: one that is tried out.
 */
const params = {
  params: text,
  with: texts,
  environment: texts,
  branch: text,
  metric: texts,
  hide: texts,
  from: text,
  to: text,
  x: oneOf(["commits", "time"], "commits"),
  y: oneOf(["fit", "zero", "log"], "fit"),
  axes: oneOf(["auto", "shared", "own"], "auto"),
  pin: texts,
  samples: flag,
  without: texts,
  table: flag,
  sensitivity: decimal(0.5, 2),
} as const;

export type WorkloadSelection = Selection<typeof params>;
export const workloadQuery = grammar(params);

export function workloadUrl(
  project: string,
  workload: { number: number; name: string },
  selection: Partial<WorkloadSelection> = {},
): string {
  const place = numbered(workload.number, workload.name);
  return `/${segment(project)}/workloads/${place}${workloadQuery.build(selection)}`;
}
