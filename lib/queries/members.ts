import { joinLineNames } from "@/lib/db/lineNames";
import { db, rows } from "@/lib/db/sql";
import type { NamedLine } from "@/lib/model/line";
import type { ChangepointDirection } from "@/lib/model/words";
import { type LinePoint, type LineWindow, readPoints } from "./points";
import { trackOf, tracksOf } from "./series";
import { type ByHand, byHand, type Places, type SeriesSegment } from "./story";

/** One changepoint of a shift, in words and figures; before, after and difference in `unit`. */
export type ShiftMember = NamedLine & {
  shift: number;
  direction: ChangepointDirection;
  state: "provisional" | "confirmed";
  sha: string;
  position: number | null;
  lastGood: string;
  firstShifted: string;
  /** Its range is the widest one of its data: by the certain one it would miss the commits that its shift shares. */
  drawn: boolean;
  before: number;
  after: number;
  change: number | null;
  difference: number;
  interval: [number, number] | null;
  p: number;
  pointsBefore: number;
  pointsAfter: number;
  needsPoints: number;
  /** Who marked it, or moved it here; null: the analysis found it. */
  byHand: ByHand | null;
};

/** Where a member's line is found; never leaves the server. */
export type MemberLine = { lineId: number; branchId: number; caseId: number; metricId: number; environmentId: number };

type MemberRow = { member: ShiftMember; line: MemberLine; total: number };

/**
 * The largest members of each shift, at most `most` of each, with how many there are: confirmed before provisional,
 * ratios before differences, larger before smaller.
 */
export async function readMembers(projectId: number, shifts: readonly number[], most: number): Promise<MemberRow[]> {
  if (shifts.length === 0) return [];
  return rows<MemberRow>(db(), MEMBERS, [projectId, shifts, most]);
}

const MEMBERS = `
WITH ranked AS (
  SELECT p.*, count(*) OVER (PARTITION BY p.shift_number) AS total,
    row_number() OVER (PARTITION BY p.shift_number
      ORDER BY p.state, abs(p.change) DESC NULLS LAST, abs(p.difference) DESC, p.id) AS place
  FROM changepoints p WHERE p.project_id = $1 AND p.shift_number = ANY($2::int[])
)
SELECT r.total, json_build_object('lineId', l.id, 'branchId', l.branch_id, 'caseId', l.case_id, 'metricId', l.metric_id,
    'environmentId', l.environment_id) AS line,
  json_build_object('shift', r.shift_number, 'workload', w.name, 'workloadNumber', w.number, 'params', k.params,
    'metric', m.name, 'metricName', m.display_name, 'unit', m.unit, 'better', m.better, 'environment', e.name,
    'direction', r.direction, 'state', r.state, 'sha', c.sha, 'position', b.position, 'lastGood', g.sha,
    'firstShifted', f.sha, 'drawn', r.drawn, 'before', r.before, 'after', r.after, 'change', r.change, 'difference', r.difference,
    'interval', CASE WHEN r.interval_lo IS NULL THEN NULL ELSE json_build_array(r.interval_lo, r.interval_hi) END,
    'p', r.p, 'pointsBefore', r.points_before, 'pointsAfter', r.points_after, 'needsPoints', r.needs_points,
    'byHand', ${byHand("r")}) AS member
FROM ranked r
JOIN lines l ON l.project_id = $1 AND l.id = r.line_id
${joinLineNames()}
JOIN commits c ON c.project_id = $1 AND c.id = r.commit_id
JOIN commits g ON g.project_id = $1 AND g.id =
  CASE WHEN r.drawn THEN coalesce(r.widest_good_commit_id, r.last_good_commit_id) ELSE r.last_good_commit_id END
JOIN commits f ON f.project_id = $1 AND f.id =
  CASE WHEN r.drawn THEN coalesce(r.widest_shifted_commit_id, r.first_shifted_commit_id) ELSE r.first_shifted_commit_id END
LEFT JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = l.branch_id AND b.commit_id = r.commit_id
WHERE r.place <= $3
ORDER BY r.shift_number, r.place`;

/** What is drawn of a member's line around the change. */
export type MemberDrawing = { points: DrawnPoint[]; segments: SeriesSegment[] };

export type DrawnPoint = Pick<LinePoint, "sha" | "position" | "committedAt" | "pullRequest" | "runs" | "n"> &
  Pick<LinePoint, "value" | "min" | "max"> & { track: number; open: boolean; outlier: boolean };

/** Points and levels of each line within its window, in the order given. Two statements, whatever their number. */
export async function readDrawings(
  projectId: number,
  lines: readonly (MemberLine & Places)[],
): Promise<MemberDrawing[]> {
  if (lines.length === 0) return [];
  const windows = lines.map(({ lineId: _, ...window }): LineWindow => window);
  const [points, levels] = await Promise.all([
    readPoints(projectId, windows),
    rows<LevelRow>(db(), LEVELS, [
      projectId,
      lines.map((line) => line.lineId),
      lines.map((line) => line.from),
      lines.map((line) => line.to),
    ]),
  ]);
  const told = new Map(levels.map((level) => [level.index, level]));
  return lines.map((_, i) => {
    const level = told.get(i + 1);
    const outliers = new Set(level?.outliers);
    const open = new Set(level?.open);
    const own = points[i] ?? [];
    const tracks = tracksOf(own);
    return {
      segments: level?.segments ?? [],
      points: own.map((point) => ({ ...drawn(point, outliers, open), track: trackOf(tracks, point) })),
    };
  });
}

type LevelRow = { index: number; outliers: number[]; open: number[]; segments: SeriesSegment[] | null };

function drawn(point: LinePoint, outliers: Set<number>, open: Set<number>): Omit<DrawnPoint, "track"> {
  const { commitId, version: _, factsGroup: __, ...shown } = point;
  return { ...shown, open: open.has(commitId), outlier: outliers.has(commitId) };
}

const LEVELS = `
SELECT w.index, l.outliers, l.open, (
  SELECT json_agg(json_build_object('firstSha', cf.sha, 'lastSha', cl.sha, 'first', bf.position, 'last', bl.position,
    'track', s.track, 'level', s.level, 'lo', s.lo, 'hi', s.hi, 'noise', s.noise, 'points', s.points, 'runs', s.runs)
    ORDER BY s.ordinal)
  FROM segments s
  JOIN branch_commits bf ON bf.project_id = $1 AND bf.branch_id = l.branch_id AND bf.commit_id = s.first_commit_id
  JOIN branch_commits bl ON bl.project_id = $1 AND bl.branch_id = l.branch_id AND bl.commit_id = s.last_commit_id
  JOIN commits cf ON cf.project_id = $1 AND cf.id = s.first_commit_id
  JOIN commits cl ON cl.project_id = $1 AND cl.id = s.last_commit_id
  WHERE s.project_id = $1 AND s.line_id = l.id AND bl.position >= w.lowest AND bf.position <= w.highest) AS segments
FROM unnest($2::int[], $3::int[], $4::int[]) WITH ORDINALITY AS w(line_id, lowest, highest, index)
JOIN lines l ON l.project_id = $1 AND l.id = w.line_id`;

/**
 * Windows around ranges of commits: `room` measured commits on either side, both ends included. `ranges` are places on
 * the branch.
 */
export async function windowsAround(
  projectId: number,
  branchId: number,
  ranges: readonly Places[],
  room: number,
): Promise<Places[]> {
  if (ranges.length === 0) return [];
  return rows<Places>(db(), AROUND, [
    projectId,
    branchId,
    ranges.map((range) => range.from),
    ranges.map((range) => range.to),
    room,
  ]);
}

const MEASURED = `EXISTS (
  SELECT FROM runs u WHERE u.project_id = $1 AND u.commit_id = b.commit_id AND u.experiment IS NULL)`;

const AROUND = `
SELECT coalesce(before.place, r.lowest) AS from, coalesce(after.place, r.highest) AS to
FROM unnest($3::int[], $4::int[]) WITH ORDINALITY AS r(lowest, highest, index)
CROSS JOIN LATERAL (SELECT min(position) AS place FROM (
  SELECT b.position FROM branch_commits b
  WHERE b.project_id = $1 AND b.branch_id = $2 AND b.position <= r.lowest AND ${MEASURED}
  ORDER BY b.position DESC LIMIT $5) near) before
CROSS JOIN LATERAL (SELECT max(position) AS place FROM (
  SELECT b.position FROM branch_commits b
  WHERE b.project_id = $1 AND b.branch_id = $2 AND b.position >= r.highest AND ${MEASURED}
  ORDER BY b.position LIMIT $5) near) after
ORDER BY r.index`;
