import { SHIFT_DIRECTIONS, SHIFT_STATES, SHIFT_STATUSES } from "@/lib/model/words";
import { grammar, oneOf, type Selection, segment, text, whole } from "./query";

/** status "open" is new and investigating, but for what the analysis has withdrawn. */
export const shiftsParams = {
  status: oneOf(["open", "all", ...SHIFT_STATUSES], "open"),
  state: oneOf(SHIFT_STATES, null),
  direction: oneOf(SHIFT_DIRECTIONS, null),
  metric: text,
  environment: text,
  workload: text,
  filter: text,
  sort: oneOf(["newest", "change", "cost", "number"], "newest"),
  page: whole(1, 1),
} as const;

export type ShiftsSelection = Selection<typeof shiftsParams>;
export const shiftsQuery = grammar(shiftsParams);

export function shiftsUrl(project: string, selection: Partial<ShiftsSelection> = {}): string {
  return `/${segment(project)}/shifts${shiftsQuery.build(selection)}`;
}
