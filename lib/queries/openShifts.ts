import { db, rows } from "@/lib/db/sql";
import type { ShiftDirection, ShiftState, ShiftStatus } from "@/lib/model/words";
import type { ShiftSummary } from "@/lib/shift/summary";
import { NEEDS_POINTS, STATUS_NOW } from "./open";

/** A shift as the overview lists it. */
export type ShiftItem = {
  number: number;
  direction: ShiftDirection;
  state: ShiftState;
  status: ShiftStatus;
  /** Of a provisional one: the points that would confirm it; else null. */
  needsPoints: number | null;
  summary: ShiftSummary;
  lastGood: string;
  firstShifted: string;
  firstShiftedAt: string | null;
  openedAt: string;
  /** Place of the first shifted commit; null: it fell off the line. */
  position: number | null;
};

const BY_PLACE = "b.position DESC NULLS LAST, s.number DESC";

const SELECT = `SELECT s.number, s.direction, s.state, ${STATUS_NOW} AS status, ${NEEDS_POINTS} AS "needsPoints", s.summary, g.sha AS "lastGood", f.sha AS "firstShifted",
    f.committed_at AS "firstShiftedAt",
    s.opened_at AS "openedAt", b.position
  FROM shifts s
  JOIN commits g ON g.project_id = s.project_id AND g.id = s.last_good_commit_id
  JOIN commits f ON f.project_id = s.project_id AND f.id = s.first_shifted_commit_id
  LEFT JOIN branch_commits b ON b.project_id = s.project_id AND b.branch_id = s.branch_id
    AND b.commit_id = s.first_shifted_commit_id
  WHERE s.project_id = $1 AND s.branch_id = $2 AND s.part_of IS NULL AND s.state <> 'withdrawn'`;

/** The shifts of these numbers, in their order. */
export async function readNumbered(
  projectId: number,
  branchId: number,
  numbers: readonly number[],
): Promise<ShiftItem[]> {
  if (numbers.length === 0) return [];
  return rows<ShiftItem>(db(), `${SELECT} AND s.number = ANY($3::int[]) ORDER BY array_position($3::int[], s.number)`, [
    projectId,
    branchId,
    numbers,
  ]);
}

/** The shifts with the newest commits, whatever people say of them. */
export function readLatest(projectId: number, branchId: number, limit: number): Promise<ShiftItem[]> {
  return rows<ShiftItem>(db(), `${SELECT} ORDER BY ${BY_PLACE} LIMIT $3`, [projectId, branchId, limit]);
}

/**
 * The shifts that are new to somebody: told after `since`, or without that, whose first shifted commit is among the
 * newest, from the commit `edge` on. At most `limit`, the largest change first, and how many there are.
 */
export async function readNew(
  projectId: number,
  branchId: number,
  since: { at: string } | { edge: number | null },
  limit: number,
): Promise<{ total: number; items: ShiftItem[] }> {
  const isNew =
    "at" in since
      ? "s.opened_at > $3::timestamptz"
      : `b.position >= (SELECT position FROM branch_commits
           WHERE project_id = $1 AND branch_id = $2 AND commit_id = $3::int)`;
  const found = await rows<ShiftItem & { total: number }>(
    db(),
    `SELECT *, count(*) OVER () AS total FROM (${SELECT} AND ${isNew}) fresh
     ORDER BY abs((summary #>> '{largest,change}')::float8) DESC NULLS LAST, number DESC LIMIT $4`,
    [projectId, branchId, "at" in since ? since.at : since.edge, limit],
  );
  return { total: found[0]?.total ?? 0, items: found.map(({ total: _, ...item }) => item) };
}
