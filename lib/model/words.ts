/** The words of the design as types. Each list is the one source of its words: schemas, checks and menus use it. */

/** Which way of a metric is the good one. */
export const BETTER = ["lower", "higher", "unknown"] as const;
export type Better = (typeof BETTER)[number];

/** What became of a workload in a run. Absent is the fourth state: there is no result. */
export const OUTCOMES = ["passed", "failed", "skipped"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What one changepoint is; rose and fell where the metric's direction is unknown. */
export const CHANGEPOINT_DIRECTIONS = ["regression", "improvement", "rose", "fell"] as const;
export type ChangepointDirection = (typeof CHANGEPOINT_DIRECTIONS)[number];

/** What a shift is: mixed when its changepoints disagree. */
export const SHIFT_DIRECTIONS = ["regression", "improvement", "mixed", "rose", "fell"] as const;
export type ShiftDirection = (typeof SHIFT_DIRECTIONS)[number];

/** What the analysis says of a shift. */
export const SHIFT_STATES = ["provisional", "confirmed", "recovered", "withdrawn"] as const;
export type ShiftState = (typeof SHIFT_STATES)[number];

/** What people say of a shift. */
export const SHIFT_STATUSES = ["new", "investigating", "accepted", "fixed", "infrastructure", "not real"] as const;
export type ShiftStatus = (typeof SHIFT_STATUSES)[number];

/** Statuses under which a shift still asks for somebody's attention. */
export const OPEN_STATUSES = ["new", "investigating"] as const satisfies readonly ShiftStatus[];

/** What a token may do; admin includes the others. */
export const SCOPES = ["read", "ingest", "triage", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

/** What a person may do: a member reads every project and triages; an admin does everything. */
export const ROLES = ["admin", "member"] as const;
export type Role = (typeof ROLES)[number];

/** Who may read a project. */
export const VISIBILITIES = ["public", "private"] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** A value as JSON has it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * Direction of a change of `difference` in a metric of which `better` is the good way.
 * `difference` is after - before, in the metric's unit, not 0.
 */
export function directionOf(difference: number, better: Better): ChangepointDirection {
  if (better === "unknown") return difference > 0 ? "rose" : "fell";
  return difference > 0 === (better === "lower") ? "regression" : "improvement";
}
