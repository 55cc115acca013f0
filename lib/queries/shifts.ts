import { type ProjectRow, readProject } from "@/lib/auth/access";
import { FILTER_CONDITION, FILTERED_SHIFTS, filterValues, statusCondition } from "@/lib/db/shiftFilter";
import { db, row, rows } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import type { Better, Json, ShiftDirection, ShiftState, ShiftStatus } from "@/lib/model/words";
import { type ExpectedFalse, expectFalse } from "@/lib/shift/expected";
import type { ShiftSummary } from "@/lib/shift/summary";
import { shiftTitle } from "@/lib/shift/title";
import { absolute } from "@/lib/urls/absolute";
import { shiftUrl } from "@/lib/urls/shift";
import type { ShiftFilters, ShiftsSelection } from "@/lib/urls/shifts";
import { type DrawnPoint, readDrawings, readMembers, windowsAround } from "./members";
import { CONTAINED_IN, NEEDS_POINTS, OPEN_SHIFT, STATUS_NOW } from "./open";
import { isoOf } from "./points";
import { readScope } from "./scope";
import { rankByCost } from "./shiftCosts";
import type { SeriesSegment } from "./story";

/** limit null: all of them, for tables. members: changepoints that are told of each shift, if not CHANGEPOINTS; at least one. */
export type ShiftsAsked = Pick<ShiftsSelection, "status" | "sort"> &
  Partial<ShiftFilters> & { limit: number | null; offset: number; members?: number };

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
  /** An accepted level holds until then; in the past: it counts as new again. null: for good, or not accepted. */
  acceptedUntil: string | null;
  owner: string | null;
  /** The day by which something is due: 2026-11-30. */
  dueOn: string | null;
  /** Counted up by each change by people: a change names the one that it saw. */
  revision: number;
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
  /** The largest, at most CHANGEPOINTS (or as many as were asked for); changepointsTotal counts all. */
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
  choices: ShiftChoices;
  /** The newest change by people in the project: a change of all that match names the one that it saw. */
  seen: number;
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

export type ShiftChoices = {
  metrics: { name: string; displayName: string | null }[];
  environments: string[];
  owners: string[];
  /** Begins of workloads' names up to their first slash. */
  prefixes: string[];
  /** Newest first. */
  releases: string[];
};

const CHANGEPOINTS = 100;

/**
 * A page of the project's shifts under the filters. Counts, total and rows come from the same conditions. `origin`: where
 * people reach this server, for the shifts' addresses.
 */
export async function readShifts(actor: Actor, slug: string, asked: ShiftsAsked, origin: string): Promise<ShiftsRead> {
  const project = await readProject(actor, slug);
  const me = actor.user?.id ?? null;
  const [seen, counts, found, analysis, choices] = await Promise.all([
    readSeen(project.id),
    countsOf(project, asked, me),
    rowsOf(project, asked, me),
    analysisOf(project),
    choicesOf(project),
  ]);
  const members = await readMembers(
    project.id,
    found.map(({ number }) => number),
    asked.members ?? (asked.limit === null ? 1 : CHANGEPOINTS),
  );
  return {
    total: counts[asked.status],
    counts,
    choices,
    analysis,
    seen,
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

/** Chosen here, never taken from the request. $13: numbers of open shifts in the order of the queue. */
const ORDER: Record<ShiftsAsked["sort"], string> = {
  queue: `array_position($13::int[], s.number) NULLS LAST, bf.position DESC NULLS LAST, s.number DESC`,
  newest: "bf.position DESC NULLS LAST, s.number DESC",
  change: "abs((s.summary->'largest'->>'change')::float8) DESC NULLS LAST, s.number DESC",
  cost: "(s.summary->>'costSeconds')::float8 DESC NULLS LAST, s.number DESC",
  due: "s.due_on NULLS LAST, s.number DESC",
  number: "s.number DESC",
};

async function rowsOf(project: ProjectRow, asked: ShiftsAsked, me: number | null): Promise<ShiftRow[]> {
  const ranked = asked.sort === "queue" ? await rankOf(project) : [];
  return rows<ShiftRow>(
    db(),
    `SELECT s.number, s.direction, s.state, ${STATUS_NOW} AS status, ${isoOf("s.accepted_until")} AS "acceptedUntil",
       s.owner, to_char(s.due_on, 'YYYY-MM-DD') AS "dueOn", s.revision, s.part_of AS "partOf",
       s.recovered_by AS "recoveredBy", ${NEEDS_POINTS} AS "needsPoints",
       g.sha AS "lastGood", f.sha AS "firstShifted", ${isoOf("f.committed_at")} AS "firstShiftedAt",
       greatest(bf.position - bg.position - 1, 0) + 0 * bg.position AS "commitsBetween",
       ${CONTAINED_IN} AS "containedIn", s.summary
     FROM ${FILTERED_SHIFTS}
     LEFT JOIN branch_commits bg ON bg.project_id = $1 AND bg.branch_id = s.branch_id AND bg.commit_id = g.id
     WHERE ${FILTER_CONDITION} AND ${statusCondition(asked.status)} AND $13::int[] IS NOT NULL
     ORDER BY ${ORDER[asked.sort]} LIMIT $14 OFFSET $15`,
    [project.id, ...filterValues(asked, me), ranked, asked.limit, asked.offset],
  );
}

/** Open shifts in the order of what they cost, size x certainty x reach; all others come after them. */
async function rankOf(project: ProjectRow): Promise<number[]> {
  const scope = await readScope(project, { environment: null, branch: null });
  return scope ? rankByCost(project.id, scope) : [];
}

/** The newest change by people: 0 before the first. Changes of a project are numbered in the order of their commits. */
async function readSeen(projectId: number): Promise<number> {
  const found = await row<{ seen: number | null }>(
    db(),
    "SELECT max(id) AS seen FROM decisions WHERE project_id = $1",
    [projectId],
  );
  return found?.seen ?? 0;
}

async function countsOf(project: ProjectRow, asked: ShiftsAsked, me: number | null): Promise<ShiftCounts> {
  const found = await row<{ all: number; open: number; byStatus: Partial<Record<ShiftStatus, number>> | null }>(
    db(),
    `WITH kept AS (
       SELECT ${STATUS_NOW} AS status, ${OPEN_SHIFT} AS is_open FROM ${FILTERED_SHIFTS} WHERE ${FILTER_CONDITION})
     SELECT count(*) AS all, count(*) FILTER (WHERE is_open) AS open,
       (SELECT json_object_agg(status, amount) FROM (SELECT status, count(*) AS amount FROM kept GROUP BY status) t)
       AS "byStatus"
     FROM kept`,
    [project.id, ...filterValues(asked, me)],
  );
  const none = { new: 0, investigating: 0, accepted: 0, fixed: 0, infrastructure: 0, "not real": 0 };
  return { ...none, ...found?.byStatus, all: found?.all ?? 0, open: found?.open ?? 0 };
}

/** Releases that the filter offers. */
const RELEASES = 100;

async function choicesOf({ id }: ProjectRow): Promise<ShiftChoices> {
  const [metrics, others] = await Promise.all([
    rows<{ name: string; displayName: string | null }>(
      db(),
      `SELECT name, display_name AS "displayName" FROM metrics WHERE project_id = $1 ORDER BY name <> 'duration', id`,
      [id],
    ),
    row<Omit<ShiftChoices, "metrics">>(
      db(),
      `SELECT ARRAY(SELECT name FROM environments WHERE project_id = $1 ORDER BY name) AS environments,
         ARRAY(SELECT DISTINCT owner FROM shifts WHERE project_id = $1 AND owner IS NOT NULL ORDER BY owner) AS owners,
         ARRAY(SELECT DISTINCT split_part(name, '/', 1) || '/' AS prefix FROM workloads
           WHERE project_id = $1 AND strpos(name, '/') > 1 AND merged_into IS NULL ORDER BY prefix LIMIT 100) AS prefixes,
         ARRAY(SELECT r.tag FROM releases r JOIN projects p ON p.id = $1
           JOIN branches br ON br.project_id = $1 AND br.name = p.default_branch
           JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = br.id AND b.commit_id = r.commit_id
           WHERE r.project_id = $1 AND b.position IS NOT NULL
           ORDER BY b.position DESC, r.tag DESC LIMIT ${RELEASES}) AS releases`,
      [id],
    ),
  ]);
  return { metrics, ...(others ?? { environments: [], owners: [], prefixes: [], releases: [] }) };
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
