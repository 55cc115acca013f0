import { SHIFT_DIRECTIONS, SHIFT_STATES, SHIFT_STATUSES } from "@/lib/model/words";
import { grammar, oneOf, type Selection, segment, text, whole } from "./query";

/** How far off the day is by which something is due; none: no day is set. */
export const DUE = ["overdue", "week", "set", "none"] as const;
export type Due = (typeof DUE)[number];

/** queue: what costs most, times how certain it is. */
export const SHIFT_SORTS = ["queue", "newest", "change", "cost", "due", "number"] as const;

/**
 * status "open" is new and investigating, but for what the analysis has withdrawn. owner: a name, "me" or "none".
 * prefix: begin of a workload's name. release: the first that contains it, or "none".
 */
export const shiftFilters = {
  status: oneOf(["open", "all", ...SHIFT_STATUSES], "open"),
  state: oneOf(SHIFT_STATES, null),
  direction: oneOf(SHIFT_DIRECTIONS, null),
  owner: text,
  due: oneOf(DUE, null),
  metric: text,
  environment: text,
  workload: text,
  prefix: text,
  release: text,
  filter: text,
} as const;
export type ShiftFilters = Selection<typeof shiftFilters>;

export const shiftsParams = {
  ...shiftFilters,
  sort: oneOf(SHIFT_SORTS, "queue"),
  page: whole(1, 1),
} as const;

export type ShiftsSelection = Selection<typeof shiftsParams>;
export const shiftsQuery = grammar(shiftsParams);

export function shiftsUrl(project: string, selection: Partial<ShiftsSelection> = {}): string {
  return `/${segment(project)}/shifts${shiftsQuery.build(selection)}`;
}

const accepted = { since: text, page: whole(1, 1) } as const;
export type AcceptedSelection = Selection<typeof accepted>;
export const acceptedQuery = grammar(accepted);

/** Everything that was accepted. since: release:TAG or a day. */
export function acceptedUrl(project: string, selection: Partial<AcceptedSelection> = {}): string {
  return `/${segment(project)}/shifts/accepted${acceptedQuery.build(selection)}`;
}

/** What decisions are counted by. */
export const QUALITY_GROUPS = ["metric", "workload", "detector"] as const;
export type QualityGroup = (typeof QUALITY_GROUPS)[number];

const quality = { since: text, by: oneOf(QUALITY_GROUPS, "metric") } as const;
export type QualitySelection = Selection<typeof quality>;
export const qualityQuery = grammar(quality);

/** How good the alerts are, from what people decided. */
export function qualityUrl(project: string, selection: Partial<QualitySelection> = {}): string {
  return `/${segment(project)}/shifts/quality${qualityQuery.build(selection)}`;
}

const changes = { cursor: text } as const;
export const changesQuery = grammar(changes);

/** What people changed of late, with undo. */
export function changesUrl(project: string, selection: { cursor?: string } = {}): string {
  return `/${segment(project)}/shifts/changes${changesQuery.build(selection)}`;
}
