import { flag, grammar, oneOf, type Selection, segment, text, texts } from "./query";

/**
 * name: only redirects to the workload of that name. metric: the column to sort by and the one a phone shows. hide:
 * metrics without a column. detail: noise and certainty in every cell.
 */
export const workloadsParams = {
  name: text,
  environment: text,
  branch: text,
  since: text,
  filter: text,
  show: oneOf(["all", "shifted", "failing"], "all"),
  group: oneOf(["prefix", "none"], "prefix"),
  sort: oneOf(["change", "name", "value"], "change"),
  order: oneOf(["up", "down"], null),
  metric: text,
  retired: flag,
  hide: texts,
  detail: flag,
} as const;

/** since: a release's tag, "first" for the start of the line. order: null is the natural one of `sort`. */
export type WorkloadsSelection = Selection<typeof workloadsParams>;
export const workloadsQuery = grammar(workloadsParams);

export function workloadsUrl(project: string, selection: Partial<WorkloadsSelection> = {}): string {
  return `/${segment(project)}/workloads${workloadsQuery.build(selection)}`;
}
