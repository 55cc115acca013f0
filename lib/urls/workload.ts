import { numbered } from "./numbered";
import { decimal, flag, grammar, oneOf, type Selection, segment, text, texts } from "./query";

/**
 * params: the case's parameters as JSON. environment: one or more, drawn together. from, to: shas, the ends of the
 * zoom. pin: shas, at most two. metric: the charts in this order; none means all. sensitivity: one that is tried out.
 */
const params = {
  params: text,
  environment: texts,
  branch: text,
  metric: texts,
  from: text,
  to: text,
  x: oneOf(["commits", "time"], "commits"),
  y: oneOf(["fit", "zero", "log"], "fit"),
  pin: texts,
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
