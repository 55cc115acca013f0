import type { Json, ShiftStatus } from "./words";

/** What people can decide of a shift. Times are ISO, `dueOn` is a day (2026-11-30), `acceptedUntil` null means for good. */
export type Triage = {
  status: ShiftStatus;
  statusReason: string | null;
  acceptedUntil: string | null;
  /** A name as it is shown. */
  owner: string | null;
  /** The person of this server behind it; null: a name in free text, or nobody. */
  ownerId: number | null;
  dueOn: string | null;
  /** Addresses of issues and pull requests. */
  issues: string[];
};

export const TRIAGE_FIELDS = [
  "status",
  "statusReason",
  "acceptedUntil",
  "owner",
  "ownerId",
  "dueOn",
  "issues",
] as const satisfies readonly (keyof Triage)[];

/** What of `after` is not as in `before`, on both sides; nothing where they are the same. */
export function changesOf(before: Triage, after: Triage): { before: Partial<Triage>; after: Partial<Triage> } | null {
  const fields = TRIAGE_FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  if (fields.length === 0) return null;
  const pick = (of: Triage) => Object.fromEntries(fields.map((field) => [field, of[field]])) as Partial<Triage>;
  return { before: pick(before), after: pick(after) };
}

/** A change that somebody else made since: what a write that has not seen it is refused with. */
export type Change = {
  shift: number;
  /** The shift's revision now, or the note's. */
  revision: number;
  at: string;
  by: string;
  /** What was changed, as it was and as it became; `text` is that of a note. */
  before: Partial<Triage & { text: string }>;
  after: Partial<Triage & { text: string }>;
  reason: string | null;
};

/** Working days after which something is due, by status and size of the change. null: no day is set. */
export type DueDays = {
  /** A change of this share of the level before, or more, is a large one. */
  largeFrom: number;
  new: { large: number | null; small: number | null };
  investigating: { large: number | null; small: number | null };
};

export const DEFAULT_DUE_DAYS: DueDays = {
  largeFrom: 0.2,
  new: { large: null, small: null },
  investigating: { large: 3, small: 10 },
};

/** The setting as it is stored, with what nobody has set. */
export function readDueDays(stored: Json | undefined): DueDays {
  const given = isMap(stored) ? stored : {};
  const days = (status: "new" | "investigating") => {
    const of = isMap(given[status]) ? given[status] : {};
    const one = (size: "large" | "small") => {
      const value = of[size];
      return typeof value === "number" || value === null ? value : DEFAULT_DUE_DAYS[status][size];
    };
    return { large: one("large"), small: one("small") };
  };
  const from = given.largeFrom;
  return {
    largeFrom: typeof from === "number" ? from : DEFAULT_DUE_DAYS.largeFrom,
    new: days("new"),
    investigating: days("investigating"),
  };
}

const isMap = (value: Json | undefined): value is { [name: string]: Json } =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/**
 * Working days until a shift of this status is due; `change` is its largest, after / before - 1, null where no ratio
 * exists (then it counts as large). null: none is set, or the status asks for nothing.
 */
export function workingDaysFor(status: ShiftStatus, change: number | null, days: DueDays): number | null {
  if (status !== "new" && status !== "investigating") return null;
  return days[status][change === null || Math.abs(change) >= days.largeFrom ? "large" : "small"];
}
