import { db, row, rows } from "@/lib/db/sql";
import type { ShiftDirection, ShiftState, ShiftStatus } from "@/lib/model/words";
import { type ExpectedFalse, expectFalse } from "@/lib/shift/expected";
import type { ShiftSummary } from "@/lib/shift/summary";
import { NEEDS_POINTS, OPEN_SHIFT } from "./open";

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

/** Largest cost in time first, then what got worse by size, then the rest by size. */
const BY_COST = `greatest((s.summary ->> 'costSeconds')::float8, 0) DESC NULLS LAST,
  s.direction IN ('regression', 'mixed') DESC, abs((s.summary #>> '{largest,change}')::float8) DESC NULLS LAST,
  s.number DESC`;
const BY_PLACE = "b.position DESC NULLS LAST, s.number DESC";

const SELECT = `SELECT s.number, s.direction, s.state, s.status, ${NEEDS_POINTS} AS "needsPoints", s.summary, g.sha AS "lastGood", f.sha AS "firstShifted",
    f.committed_at AS "firstShiftedAt",
    s.opened_at AS "openedAt", b.position
  FROM shifts s
  JOIN commits g ON g.project_id = s.project_id AND g.id = s.last_good_commit_id
  JOIN commits f ON f.project_id = s.project_id AND f.id = s.first_shifted_commit_id
  LEFT JOIN branch_commits b ON b.project_id = s.project_id AND b.branch_id = s.branch_id
    AND b.commit_id = s.first_shifted_commit_id
  WHERE s.project_id = $1 AND s.branch_id = $2 AND s.part_of IS NULL AND s.state <> 'withdrawn'`;

/** The open shifts that cost most. */
export function readCostly(projectId: number, branchId: number, limit: number): Promise<ShiftItem[]> {
  return rows<ShiftItem>(db(), `${SELECT} AND ${OPEN_SHIFT} ORDER BY ${BY_COST} LIMIT $3`, [
    projectId,
    branchId,
    limit,
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

/** Totals over all open shifts of the branch. */
export type OpenTotals = {
  open: number;
  /** Those that make a pass over all cases longer, and by how many seconds in all. */
  costly: number;
  costSeconds: number;
  /** One pass over all cases now, in seconds: their levels of `duration`, mean over environments. null: none. */
  passSeconds: number | null;
  /** Cases in that pass. */
  cases: number;
  /** How many of what is told are to be expected to be chance. */
  expectedFalse: ExpectedFalse;
};

export async function readOpenTotals(projectId: number, branchId: number): Promise<OpenTotals> {
  const [open, pass, judged] = await Promise.all([
    row<{ open: number; costly: number; costSeconds: number }>(
      db(),
      `SELECT count(*) AS open, count(*) FILTER (WHERE cost > 0) AS costly,
         coalesce(sum(cost) FILTER (WHERE cost > 0), 0) AS "costSeconds"
       FROM (SELECT (s.summary ->> 'costSeconds')::float8 AS cost FROM shifts s
             WHERE s.project_id = $1 AND s.branch_id = $2 AND ${OPEN_SHIFT}) costs`,
      [projectId, branchId],
    ),
    row<{ seconds: number | null; cases: number }>(
      db(),
      `SELECT sum(level) AS seconds, count(*) AS cases FROM (
         SELECT avg(l.level * u.seconds) AS level FROM lines l
         JOIN metrics m ON m.project_id = $1 AND m.id = l.metric_id AND m.name = 'duration'
         JOIN cases c ON c.project_id = $1 AND c.id = l.case_id
         JOIN workloads w ON w.project_id = $1 AND w.id = c.workload_id AND w.retired_at IS NULL
         JOIN (VALUES ('ns', 1e-9), ('us', 1e-6), ('µs', 1e-6), ('ms', 1e-3), ('s', 1), ('min', 60), ('h', 3600))
           AS u(unit, seconds) ON u.unit = m.unit
         WHERE l.project_id = $1 AND l.branch_id = $2 AND l.level IS NOT NULL GROUP BY l.case_id) levels`,
      [projectId, branchId],
    ),
    row<{ points: number; series: number }>(
      db(),
      `SELECT coalesce(sum(points), 0) AS points, count(*) AS series FROM lines
       WHERE project_id = $1 AND branch_id = $2`,
      [projectId, branchId],
    ),
  ]);
  return {
    expectedFalse: expectFalse(judged?.points ?? 0, judged?.series ?? 0),
    open: open?.open ?? 0,
    costly: open?.costly ?? 0,
    costSeconds: open?.costSeconds ?? 0,
    passSeconds: pass?.seconds === null || pass?.seconds === undefined ? null : Number(pass.seconds),
    cases: pass?.cases ?? 0,
  };
}
