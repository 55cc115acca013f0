import { type ProjectRow, readProject } from "@/lib/auth/access";
import { db, row, rows } from "@/lib/db/sql";
import { NotFound } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";
import type { Json, ShiftDirection, ShiftState, ShiftStatus } from "@/lib/model/words";
import type { ShiftReport, ShiftSummary } from "@/lib/shift/summary";
import { shiftTitle } from "@/lib/shift/title";
import {
  type MemberDrawing,
  type MemberLine,
  readDrawings,
  readMembers,
  type ShiftMember,
  windowsAround,
} from "./members";
import { type NotTheCode, readNotTheCode } from "./notTheCode";
import { NEEDS_POINTS, STATUS_NOW } from "./open";
import { isoOf } from "./points";
import { readShiftContext, type ShiftContext } from "./shiftContext";
import { type PlacedEvent, readMonths, readPlacedEvents, readReleases, type SeriesRelease } from "./story";

/** A commit of the range. */
export type RangeCommit = {
  sha: string;
  position: number;
  committedAt: string | null;
  pullRequest: number | null;
  author: string | null;
  subject: string | null;
  measured: boolean;
};

export type ShiftLogEntry = { at: string; kind: string; detail: Json };

/** A shift that is part of another one now: what people decided of it stays with it, and its changepoints. */
export type MergedShift = {
  number: number;
  status: ShiftStatus;
  statusReason: string | null;
  owner: string | null;
  issues: string[];
  decidedBy: string | null;
  decidedAt: string | null;
  series: { workload: string; params: Json; metric: string; metricName: string | null; environment: string }[];
  seriesTotal: number;
};

/** Series that are listed of a part. */
const SERIES_LISTED = 10;

export type ShiftRead = ShiftContext & {
  project: { slug: string; name: string; repository: string | null };
  branch: string;
  number: number;
  title: string;
  direction: ShiftDirection;
  state: ShiftState;
  status: ShiftStatus;
  statusReason: string | null;
  acceptedUntil: string | null;
  owner: string | null;
  dueOn: string | null;
  revision: number;
  note: string | null;
  issues: string[];
  partOf: number | null;
  recoveredBy: number | null;
  /** Of a provisional one: the points that would confirm it, of the member that lacks fewest; else null. */
  needsPoints: number | null;
  withdrawnReason: string | null;
  openedAt: string;
  confirmedAt: string | null;
  withdrawnAt: string | null;
  summary: ShiftSummary;
  reported: ShiftReport;
  lastGood: string;
  firstShifted: string;
  firstShiftedAt: string | null;
  /** Commits strictly between; null when the range is not on the branch's line any more. */
  commitsBetween: number | null;
  /** (last good, first shifted], newest first, then the last good one; at most RANGE_COMMITS. */
  commits: RangeCommit[];
  /** The first release on the line that holds it, and the first that holds its recovery. */
  containedIn: string | null;
  fixedIn: string | null;
  /** Members with what is drawn of them; at most MEMBERS (or as asked) of membersTotal, the largest first. */
  members: (ShiftMember & MemberDrawing)[];
  membersTotal: number;
  /** The window that the drawings show, in places on the branch. */
  window: { from: number; to: number };
  /** The range in the same places; null when it is not on the line any more. */
  range: { from: number; to: number } | null;
  months: { position: number; committedAt: string }[];
  releases: SeriesRelease[];
  /** Notes on the time axis of the window; each concerns the members that its names agree with. */
  events: PlacedEvent[];
  log: ShiftLogEntry[];
  /** Shifts that are part of this one now, each with what people had decided of it. */
  parts: MergedShift[];
  /** What else than the code could have moved it. */
  notTheCode: NotTheCode;
};

export const RANGE_COMMITS = 200;
const MEMBERS = 200;
/** Measured commits on either side of the range that the charts show. */
const ROOM = 14;

/** A shift with its evidence, by its number. A withdrawn one, or one that is part of another, keeps its page. Throws NotFound. */
export async function readShift(actor: Actor, slug: string, number: number, most = MEMBERS): Promise<ShiftRead> {
  const project = await readProject(actor, slug);
  const head = await headOf(project, number);
  const { branchId, from, to, recovery, ...told } = head;
  const range = from !== null && to !== null ? { from, to } : null;
  const [window = { from: 0, to: -1 }] = range ? await windowsAround(project.id, branchId, [range], ROOM) : [];
  const [members, commits, log, months, releases, events, containedIn, fixedIn, parts, notTheCode] = await Promise.all([
    readMembers(project.id, [number], most),
    range ? commitsOf(project, branchId, range) : [],
    logOf(project, number),
    readMonths(project.id, branchId, window),
    readReleases(project.id, branchId, window),
    readPlacedEvents(project.id, branchId, window),
    firstRelease(project, branchId, to),
    firstRelease(project, branchId, recovery),
    partsOf(project, number),
    readNotTheCode(project, number, branchId, range),
  ]);
  const [drawings, context] = await Promise.all([
    readDrawings(
      project.id,
      members.map(({ line }): MemberLine & typeof window => ({ ...line, ...window })),
    ),
    readShiftContext(
      { projectId: project.id, number, branchId, range },
      recovery,
      members.map(({ member }) => member),
    ),
  ]);
  return {
    project: { slug: project.slug, name: project.name, repository: project.repository },
    ...told,
    ...context,
    title: shiftTitle(told.summary),
    commitsBetween: range ? Math.max(0, range.to - range.from - 1) : null,
    commits,
    containedIn,
    fixedIn,
    members: members.map(({ member }, i) => ({ ...member, ...(drawings[i] ?? { points: [], segments: [] }) })),
    membersTotal: members[0]?.total ?? 0,
    window,
    range,
    months,
    releases,
    events,
    log,
    parts,
    notTheCode,
  };
}

type Told = Omit<
  ShiftRead,
  | keyof ShiftContext
  | "project"
  | "title"
  | "commitsBetween"
  | "commits"
  | "containedIn"
  | "fixedIn"
  | "members"
  | "membersTotal"
  | "window"
  | "range"
  | "months"
  | "events"
  | "releases"
  | "log"
  | "parts"
  | "notTheCode"
>;
type Head = Told & { branchId: number; from: number | null; to: number | null; recovery: number | null };

async function headOf(project: ProjectRow, number: number): Promise<Head> {
  const found = await row<Head>(
    db(),
    `SELECT br.id AS "branchId", br.name AS branch, s.number, s.direction, s.state, ${STATUS_NOW} AS status,
       s.status_reason AS "statusReason", ${isoOf("s.accepted_until")} AS "acceptedUntil", s.owner,
       to_char(s.due_on, 'YYYY-MM-DD') AS "dueOn", s.revision, s.note, s.issues, s.part_of AS "partOf",
       s.recovered_by AS "recoveredBy", ${NEEDS_POINTS} AS "needsPoints", s.withdrawn_reason AS "withdrawnReason", s.opened_at AS "openedAt",
       s.confirmed_at AS "confirmedAt", s.withdrawn_at AS "withdrawnAt", s.summary, s.reported,
       g.sha AS "lastGood", f.sha AS "firstShifted", ${isoOf("f.committed_at")} AS "firstShiftedAt",
       bg.position AS from, bf.position AS to, heal.position AS recovery
     FROM shifts s
     JOIN branches br ON br.project_id = $1 AND br.id = s.branch_id
     JOIN commits g ON g.project_id = $1 AND g.id = s.last_good_commit_id
     JOIN commits f ON f.project_id = $1 AND f.id = s.first_shifted_commit_id
     LEFT JOIN branch_commits bg ON bg.project_id = $1 AND bg.branch_id = br.id AND bg.commit_id = g.id
     LEFT JOIN branch_commits bf ON bf.project_id = $1 AND bf.branch_id = br.id AND bf.commit_id = f.id
     LEFT JOIN shifts later ON later.project_id = $1 AND later.number = s.recovered_by
     LEFT JOIN branch_commits heal ON heal.project_id = $1 AND heal.branch_id = br.id
       AND heal.commit_id = later.first_shifted_commit_id
     WHERE s.project_id = $1 AND s.number = $2`,
    [project.id, number],
  );
  if (!found) throw new NotFound(`There is no shift #${number} in ${project.slug}.`);
  return found;
}

async function commitsOf(
  project: ProjectRow,
  branchId: number,
  range: { from: number; to: number },
): Promise<RangeCommit[]> {
  return rows<RangeCommit>(
    db(),
    `SELECT c.sha, b.position, ${isoOf("c.committed_at")} AS "committedAt", c.pull_request AS "pullRequest", c.author,
       c.subject, EXISTS (SELECT FROM runs u WHERE u.project_id = $1 AND u.commit_id = c.id AND u.experiment IS NULL)
       AS measured
     FROM branch_commits b JOIN commits c ON c.project_id = $1 AND c.id = b.commit_id
     WHERE b.project_id = $1 AND b.branch_id = $2 AND b.position BETWEEN $3 AND $4
     ORDER BY b.position DESC LIMIT ${RANGE_COMMITS + 1}`,
    [project.id, branchId, range.from, range.to],
  );
}

async function firstRelease(project: ProjectRow, branchId: number, place: number | null): Promise<string | null> {
  if (place === null) return null;
  const found = await row<{ tag: string }>(
    db(),
    `SELECT r.tag FROM releases r
     JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $2 AND b.commit_id = r.commit_id
     WHERE r.project_id = $1 AND b.position >= $3 ORDER BY b.position, r.tag LIMIT 1`,
    [project.id, branchId, place],
  );
  return found?.tag ?? null;
}

/** `series`: where its changepoints lay when it became part, at most SERIES_LISTED, of `seriesTotal`. */
async function partsOf(project: ProjectRow, number: number): Promise<MergedShift[]> {
  return rows<MergedShift>(
    db(),
    `SELECT s.number, ${STATUS_NOW} AS status, s.status_reason AS "statusReason", s.owner, s.issues,
       s.decided_by AS "decidedBy", ${isoOf("s.decided_at")} AS "decidedAt",
       coalesce(went.series, '[]') AS series, coalesce(went.total, 0) AS "seriesTotal"
     FROM shifts s
     LEFT JOIN LATERAL (
       SELECT g.detail -> 'members' AS members FROM shift_log g
       WHERE g.project_id = $1 AND g.shift_number = s.number AND g.kind IN ('merged', 'withdrawn')
       ORDER BY g.id DESC LIMIT 1) told ON true
     LEFT JOIN LATERAL (
       SELECT count(*) AS total, json_agg(json_build_object('workload', w.name, 'params', k.params, 'metric', m.name,
                'metricName', m.display_name, 'environment', e.name) ORDER BY w.name, m.name, e.name)
                FILTER (WHERE x.place <= ${SERIES_LISTED}) AS series
       FROM ROWS FROM (jsonb_to_recordset(told.members) AS ("caseId" int, "metricId" int, "environmentId" int))
         WITH ORDINALITY AS x ("caseId", "metricId", "environmentId", place)
       JOIN cases k ON k.project_id = $1 AND k.id = x."caseId"
       JOIN workloads w ON w.project_id = $1 AND w.id = k.workload_id
       JOIN metrics m ON m.project_id = $1 AND m.id = x."metricId"
       JOIN environments e ON e.project_id = $1 AND e.id = x."environmentId") went ON true
     WHERE s.project_id = $1 AND s.part_of = $2 ORDER BY s.number`,
    [project.id, number],
  );
}

async function logOf(project: ProjectRow, number: number): Promise<ShiftLogEntry[]> {
  return rows<ShiftLogEntry>(
    db(),
    "SELECT at, kind, detail FROM shift_log WHERE project_id = $1 AND shift_number = $2 ORDER BY id",
    [project.id, number],
  );
}
