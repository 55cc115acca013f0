import { type ProjectRow, readProject } from "@/lib/auth/access";
import { db, row, rows } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import type { Better, Json, ShiftDirection, ShiftState, ShiftStatus } from "@/lib/model/words";
import { type ExpectedFalse, expectFalse } from "@/lib/shift/expected";
import type { ShiftSummary } from "@/lib/shift/summary";
import { shiftTitle } from "@/lib/shift/title";
import { absolute } from "@/lib/urls/absolute";
import { shiftUrl } from "@/lib/urls/shift";
import type { ShiftsSelection } from "@/lib/urls/shifts";
import { type DrawnPoint, readDrawings, readMembers, windowsAround } from "./members";
import { NEEDS_POINTS, OPEN_SHIFT } from "./open";
import { isoOf } from "./points";
import type { SeriesSegment } from "./story";

export type ShiftsAsked = Omit<ShiftsSelection, "page"> & { limit: number; offset: number };

/** A changepoint as lists and scripts have it; before and after in the metric's unit. */
export type ListedChangepoint = {
  workload: string;
  params: Json;
  metric: string;
  environment: string;
  before: number;
  after: number;
  change: number | null;
  difference: number;
  interval: [number, number] | null;
  p: number;
  unit: string;
  better: Better;
  direction: string;
  state: "provisional" | "confirmed";
};

export type ListedShift = {
  number: number;
  /** Absolute. */
  url: string;
  title: string;
  direction: ShiftDirection;
  state: ShiftState;
  status: ShiftStatus;
  owner: string | null;
  partOf: number | null;
  recoveredBy: number | null;
  /** Of a provisional one: the points that would confirm it, of the member that lacks fewest; else null. */
  needsPoints: number | null;
  lastGood: string;
  firstShifted: string;
  firstShiftedAt: string | null;
  /** Commits strictly between last good and first shifted; null when they are not on the line any more. */
  commitsBetween: number | null;
  /** First release on the line that holds it. */
  containedIn: string | null;
  summary: ShiftSummary;
  /** The largest, at most CHANGEPOINTS; changepointsTotal counts all. */
  changepoints: ListedChangepoint[];
  changepointsTotal: number;
};

export type ShiftCounts = Record<"all" | "open" | ShiftStatus, number>;

export type ShiftsRead = {
  total: number;
  items: ListedShift[];
  /** Rows per status under the other filters. */
  counts: ShiftCounts;
  /** What the filters can be set to. */
  choices: { metrics: { name: string; displayName: string | null }[]; environments: string[] };
  analysis: {
    series: number;
    analysedAt: string | null;
    pending: number;
    /** How many of what is told are to be expected to be chance. */
    expectedFalse: ExpectedFalse;
    newest: string | null;
    newestAt: string | null;
  };
};

const CHANGEPOINTS = 100;

/**
 * A page of the project's shifts under the filters. Counts, total and rows come from the same conditions. `origin`: where
 * people reach this server, for the shifts' addresses.
 */
export async function readShifts(actor: Actor, slug: string, asked: ShiftsAsked, origin: string): Promise<ShiftsRead> {
  const project = await readProject(actor, slug);
  const [counts, found, analysis, choices] = await Promise.all([
    countsOf(project, asked),
    rowsOf(project, asked),
    analysisOf(project),
    choicesOf(project),
  ]);
  const members = await readMembers(
    project.id,
    found.map(({ number }) => number),
    CHANGEPOINTS,
  );
  return {
    total: counts[asked.status],
    counts,
    choices,
    analysis,
    items: found.map((shift) => {
      const own = members.filter(({ member }) => member.shift === shift.number);
      return {
        ...shift,
        url: absolute(origin, shiftUrl(project.slug, shift.number)),
        title: shiftTitle(shift.summary),
        changepoints: own.map(({ member: { shift: _, ...changepoint } }) => changepoint),
        changepointsTotal: own[0]?.total ?? 0,
      };
    }),
  };
}

/** What the list draws beside a shift: the line of its largest change around it. */
export type ShiftSpark = { number: number; points: DrawnPoint[]; segments: SeriesSegment[] };

/** Sparklines of the shifts given, of those that still have members. `room`: measured commits on either side. */
export async function readShiftSparks(
  actor: Actor,
  slug: string,
  numbers: readonly number[],
  room: number,
): Promise<ShiftSpark[]> {
  const project = await readProject(actor, slug);
  const leading = (await readMembers(project.id, numbers, 1)).flatMap(({ member, line }) =>
    member.position === null ? [] : [{ number: member.shift, line, position: member.position }],
  );
  const branch = leading[0]?.line.branchId ?? 0;
  const ranges = leading.map(({ position }) => ({ from: position, to: position }));
  const windows = await windowsAround(project.id, branch, ranges, room);
  const drawings = await readDrawings(
    project.id,
    leading.map(({ line }, i) => ({ ...line, ...(windows[i] ?? { from: 0, to: -1 }) })),
  );
  return leading.map(({ number }, i) => ({ number, ...(drawings[i] ?? { points: [], segments: [] }) }));
}

type ShiftRow = Omit<ListedShift, "url" | "title" | "changepoints" | "changepointsTotal">;

/** The filters but for the status, with their values from $2 on. */
function conditions(asked: ShiftsAsked): { where: string; values: unknown[] } {
  const where = `s.project_id = $1 AND ($2::text IS NULL OR s.direction = $2) AND ($3::text IS NULL OR s.state = $3)
    AND ($4::text IS NULL AND $5::text IS NULL AND $6::text IS NULL OR EXISTS (
      SELECT FROM changepoints p JOIN lines l ON l.project_id = $1 AND l.id = p.line_id
      JOIN metrics m ON m.project_id = $1 AND m.id = l.metric_id
      JOIN environments e ON e.project_id = $1 AND e.id = l.environment_id
      JOIN cases k ON k.project_id = $1 AND k.id = l.case_id
      JOIN workloads w ON w.project_id = $1 AND w.id = k.workload_id
      WHERE p.project_id = $1 AND p.shift_number = s.number AND ($4::text IS NULL OR m.name = $4)
        AND ($5::text IS NULL OR e.name = $5) AND ($6::text IS NULL OR w.name = $6)))
    AND ($7::text IS NULL OR '#' || s.number = $7 OR starts_with(f.sha, lower($7)) OR starts_with(g.sha, lower($7))
      OR strpos(lower(s.summary->'largest'->>'workload'), lower($7)) > 0 OR EXISTS (
      SELECT FROM changepoints p JOIN lines l ON l.project_id = $1 AND l.id = p.line_id
      JOIN cases k ON k.project_id = $1 AND k.id = l.case_id
      JOIN workloads w ON w.project_id = $1 AND w.id = k.workload_id
      WHERE p.project_id = $1 AND p.shift_number = s.number AND strpos(lower(w.name), lower($7)) > 0))`;
  const { direction, state, metric, environment, workload, filter } = asked;
  const inert = (text: string | null) => text?.replaceAll("\0", "") ?? null;
  return { where, values: [direction, state, inert(metric), inert(environment), inert(workload), inert(filter)] };
}

const FROM = `FROM shifts s
JOIN commits g ON g.project_id = $1 AND g.id = s.last_good_commit_id
JOIN commits f ON f.project_id = $1 AND f.id = s.first_shifted_commit_id`;

/** Chosen here, never taken from the request. */
const ORDER: Record<ShiftsAsked["sort"], string> = {
  newest: "bf.position DESC NULLS LAST, s.number DESC",
  change: "abs((s.summary->'largest'->>'change')::float8) DESC NULLS LAST, s.number DESC",
  cost: "(s.summary->>'costSeconds')::float8 DESC NULLS LAST, s.number DESC",
  number: "s.number DESC",
};

function statusCondition(status: ShiftsAsked["status"], parameter: string): string {
  if (status === "all") return `${parameter}::text IS NOT NULL`;
  return status === "open" ? `${OPEN_SHIFT} AND ${parameter}::text IS NOT NULL` : `s.status = ${parameter}`;
}

async function rowsOf(project: ProjectRow, asked: ShiftsAsked): Promise<ShiftRow[]> {
  const { where, values } = conditions(asked);
  return rows<ShiftRow>(
    db(),
    `SELECT s.number, s.direction, s.state, s.status, s.owner, s.part_of AS "partOf", s.recovered_by AS "recoveredBy",
       ${NEEDS_POINTS} AS "needsPoints",
       g.sha AS "lastGood", f.sha AS "firstShifted", ${isoOf("f.committed_at")} AS "firstShiftedAt",
       greatest(bf.position - bg.position - 1, 0) + 0 * bg.position AS "commitsBetween", release.tag AS "containedIn",
       s.summary
     ${FROM}
     LEFT JOIN branch_commits bg ON bg.project_id = $1 AND bg.branch_id = s.branch_id AND bg.commit_id = g.id
     LEFT JOIN branch_commits bf ON bf.project_id = $1 AND bf.branch_id = s.branch_id AND bf.commit_id = f.id
     LEFT JOIN LATERAL (
       SELECT r.tag FROM releases r
       JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = s.branch_id AND b.commit_id = r.commit_id
       WHERE r.project_id = $1 AND b.position >= bf.position ORDER BY b.position, r.tag LIMIT 1) release ON true
     WHERE ${where} AND ${statusCondition(asked.status, "$8")}
     ORDER BY ${ORDER[asked.sort]} LIMIT $9 OFFSET $10`,
    [project.id, ...values, asked.status, asked.limit, asked.offset],
  );
}

async function countsOf(project: ProjectRow, asked: ShiftsAsked): Promise<ShiftCounts> {
  const { where, values } = conditions(asked);
  const found = await row<{ all: number; open: number; byStatus: Partial<Record<ShiftStatus, number>> | null }>(
    db(),
    `WITH kept AS (SELECT s.status, ${OPEN_SHIFT} AS is_open ${FROM} WHERE ${where})
     SELECT count(*) AS all, count(*) FILTER (WHERE is_open) AS open,
       (SELECT json_object_agg(status, amount) FROM (SELECT status, count(*) AS amount FROM kept GROUP BY status) t)
       AS "byStatus"
     FROM kept`,
    [project.id, ...values],
  );
  const none = { new: 0, investigating: 0, accepted: 0, fixed: 0, infrastructure: 0, "not real": 0 };
  return { ...none, ...found?.byStatus, all: found?.all ?? 0, open: found?.open ?? 0 };
}

async function choicesOf(project: ProjectRow): Promise<ShiftsRead["choices"]> {
  const [metrics, environments] = await Promise.all([
    rows<{ name: string; displayName: string | null }>(
      db(),
      `SELECT name, display_name AS "displayName" FROM metrics WHERE project_id = $1 ORDER BY name <> 'duration', id`,
      [project.id],
    ),
    rows<{ name: string }>(db(), "SELECT name FROM environments WHERE project_id = $1 ORDER BY name", [project.id]),
  ]);
  return { metrics, environments: environments.map(({ name }) => name) };
}

async function analysisOf(project: ProjectRow): Promise<ShiftsRead["analysis"]> {
  const found = await row<Omit<ShiftsRead["analysis"], "analysedAt" | "expectedFalse"> & { points: number }>(
    db(),
    `SELECT (SELECT count(*) FROM lines WHERE project_id = $1) AS series,
       (SELECT coalesce(sum(points), 0) FROM lines WHERE project_id = $1) AS points,
       (SELECT count(*) FROM analysis_requests WHERE project_id = $1) AS pending, newest.sha AS newest,
       newest.at AS "newestAt"
     FROM (SELECT 1) one LEFT JOIN LATERAL (
       SELECT c.sha, ${isoOf("c.committed_at")} AS at FROM lines l
       JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = l.branch_id AND b.commit_id = l.last_commit_id
       JOIN commits c ON c.project_id = $1 AND c.id = l.last_commit_id
       WHERE l.project_id = $1 ORDER BY b.position DESC NULLS LAST LIMIT 1) newest ON true`,
    [project.id],
  );
  return {
    series: found?.series ?? 0,
    pending: found?.pending ?? 0,
    expectedFalse: expectFalse(found?.points ?? 0, found?.series ?? 0),
    newest: found?.newest ?? null,
    newestAt: found?.newestAt ?? null,
    analysedAt: project.analysedAt,
  };
}
