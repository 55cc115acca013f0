import { DETECTOR } from "../changepoint/version";
import { type Db, rows } from "../db/sql";
import type { ShiftDirection, ShiftState } from "../model/words";
import type { ShiftLogEntry } from "../shift/log";
import type { ShiftReport, ShiftSummary } from "../shift/summary";
import type { Positions } from "./positions";
import type { Scope } from "./requests";

/** A stored shift as far as the analysis writes it. */
export type ShiftRow = {
  number: number;
  direction: ShiftDirection;
  state: ShiftState;
  lastGoodCommitId: number;
  firstShiftedCommitId: number;
  partOf: number | null;
  recoveredBy: number | null;
  withdrawnReason: string | null;
  /** ISO times. */
  confirmedAt: string | null;
  withdrawnAt: string | null;
  summary: ShiftSummary;
};

/** A stored shift with the shas of its range, and their positions where they lie on the line. */
export type StoredShift = ShiftRow & {
  lastGoodSha: string;
  firstShiftedSha: string;
  lastGood: number | null;
  firstShifted: number | null;
};

export async function readShifts(tx: Db, { projectId, branchId }: Scope, positions: Positions): Promise<StoredShift[]> {
  const stored = await rows<Omit<StoredShift, "lastGood" | "firstShifted">>(
    tx,
    `SELECT s.number, s.direction, s.state, s.last_good_commit_id AS "lastGoodCommitId",
            s.first_shifted_commit_id AS "firstShiftedCommitId", s.part_of AS "partOf",
            s.recovered_by AS "recoveredBy", s.withdrawn_reason AS "withdrawnReason", s.confirmed_at AS "confirmedAt",
            s.withdrawn_at AS "withdrawnAt", s.summary, gc.sha AS "lastGoodSha", fc.sha AS "firstShiftedSha"
     FROM shifts s
     JOIN commits gc ON gc.project_id = $1 AND gc.id = s.last_good_commit_id
     JOIN commits fc ON fc.project_id = $1 AND fc.id = s.first_shifted_commit_id
     WHERE s.project_id = $1 AND s.branch_id = $2 ORDER BY s.number`,
    [projectId, branchId],
  );
  return stored.map((shift) => ({
    ...shift,
    lastGood: positions.get(shift.lastGoodCommitId) ?? null,
    firstShifted: positions.get(shift.firstShiftedCommitId) ?? null,
  }));
}

const SHIFT = `number int, direction text, state text, "lastGoodCommitId" int, "firstShiftedCommitId" int,
  "partOf" int, "recoveredBy" int, "withdrawnReason" text, "confirmedAt" timestamptz, "withdrawnAt" timestamptz,
  summary jsonb`;

/** A new shift starts as 'new'; the part of one that was split starts with what people had decided of the whole. */
export async function insertShifts(
  tx: Db,
  { projectId, branchId }: Scope,
  shifts: readonly (ShiftRow & { reported: ShiftReport; splitFrom: number | null })[],
): Promise<void> {
  if (shifts.length === 0) return;
  await rows(
    tx,
    `INSERT INTO shifts (project_id, number, branch_id, direction, state, last_good_commit_id, first_shifted_commit_id,
       recovered_by, confirmed_at, summary, reported, opened_at, status, status_reason, owner, note, issues,
       owner_id, due_on, accepted_until, decided_at, decided_by, detector)
     SELECT $1, x.number, $2, x.direction, x.state, x."lastGoodCommitId", x."firstShiftedCommitId", x."recoveredBy",
       x."confirmedAt", x.summary, x.reported, now(), coalesce(o.status, 'new'), o.status_reason, o.owner, o.note,
       coalesce(o.issues, '{}'), o.owner_id, o.due_on, o.accepted_until, o.decided_at, o.decided_by, $4
     FROM json_to_recordset($3) AS x (${SHIFT}, reported jsonb, "splitFrom" int)
     LEFT JOIN shifts o ON o.project_id = $1 AND o.number = x."splitFrom"`,
    [projectId, branchId, JSON.stringify(shifts), DETECTOR],
  );
}

/**
 * What people decided (status, owner, due day, links, notes) is not among what is written; what was reported only where it
 * is given: when the shift is confirmed first.
 */
export async function updateShifts(
  tx: Db,
  { projectId }: Scope,
  shifts: readonly (ShiftRow & { reported?: ShiftReport })[],
): Promise<void> {
  if (shifts.length === 0) return;
  await rows(
    tx,
    `UPDATE shifts s SET direction = x.direction, state = x.state, last_good_commit_id = x."lastGoodCommitId",
       first_shifted_commit_id = x."firstShiftedCommitId", part_of = x."partOf", recovered_by = x."recoveredBy",
       withdrawn_reason = x."withdrawnReason", confirmed_at = x."confirmedAt", withdrawn_at = x."withdrawnAt",
       summary = x.summary, reported = coalesce(x.reported, s.reported)
     FROM json_to_recordset($2) AS x (${SHIFT}, reported jsonb) WHERE s.project_id = $1 AND s.number = x.number`,
    [projectId, JSON.stringify(shifts)],
  );
}

/** A changepoint's place among the shifts (null: in none), and how it stands. */
export type Membership = {
  id: number;
  number: number | null;
  /** It counts by its widest range. */
  drawn: boolean;
  state: "provisional" | "confirmed";
  needsPoints: number;
};

/** Ties changepoints to their shifts. */
export async function assignMembers(tx: Db, { projectId }: Scope, members: readonly Membership[]): Promise<void> {
  if (members.length === 0) return;
  await rows(
    tx,
    `UPDATE changepoints c SET shift_number = x.number, drawn = x.drawn, state = x.state, needs_points = x."needsPoints"
     FROM json_to_recordset($2) AS x (id int, number int, drawn bool, state text, "needsPoints" int)
     WHERE c.project_id = $1 AND c.id = x.id`,
    [projectId, JSON.stringify(members)],
  );
}

export async function insertLog(
  tx: Db,
  { projectId }: Scope,
  entries: readonly { number: number; entry: ShiftLogEntry }[],
): Promise<void> {
  if (entries.length === 0) return;
  const sent = entries.map(({ number, entry: { kind, ...detail } }) => ({ number, kind, detail }));
  await rows(
    tx,
    `INSERT INTO shift_log (project_id, shift_number, kind, detail)
     SELECT $1, (x.entry ->> 'number')::int, x.entry ->> 'kind', x.entry -> 'detail'
     FROM jsonb_array_elements($2) WITH ORDINALITY AS x (entry, place) ORDER BY x.place`,
    [projectId, JSON.stringify(sent)],
  );
}
