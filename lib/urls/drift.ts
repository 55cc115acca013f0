import { grammar, oneOf, type Selection, segment, text, whole } from "./query";

/** regression, improvement, or moved: metrics that have no good direction. */
export const DRIFT_DIRECTIONS = ["regression", "improvement", "moved"] as const;
export type DriftDirection = (typeof DRIFT_DIRECTIONS)[number];

/** change: the largest first. certainty: the smallest p first. workload: by name. */
export const DRIFT_SORTS = ["change", "certainty", "workload"] as const;
export type DriftSort = (typeof DRIFT_SORTS)[number];

const params = {
  direction: oneOf(DRIFT_DIRECTIONS, null),
  metric: text,
  environment: text,
  workload: text,
  sort: oneOf(DRIFT_SORTS, "change"),
  page: whole(1, 1),
} as const;
export type DriftSelection = Selection<typeof params>;
export const driftQuery = grammar(params);

/** The lines that drift without a step. workload: a part of its name. */
export function driftUrl(project: string, selection: Partial<DriftSelection> = {}): string {
  return `/${segment(project)}/shifts/drift${driftQuery.build(selection)}`;
}
