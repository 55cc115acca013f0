import { db, prepared, rows } from "@/lib/db/sql";
import type { ChangepointDirection, Json, ShiftState, ShiftStatus } from "@/lib/model/words";
import { STATUS_NOW } from "./open";
import { isoOf } from "./points";
import type { Target } from "./target";

/** A stretch of a line at one level; level, lo, hi and noise in the metric's unit. */
export type SeriesSegment = {
  firstSha: string;
  lastSha: string;
  /** Places of its first and last point on the branch. */
  first: number;
  last: number;
  track: number;
  level: number;
  /** 5 and 95 % quantile of its points. */
  lo: number;
  hi: number;
  /** Standard deviation of a point around the level, spikes aside. */
  noise: number;
  points: number;
  runs: number;
};

export type SeriesChangepoint = {
  /** The first point of the new level, and its place. */
  sha: string;
  position: number;
  lastGood: string;
  lastGoodPosition: number;
  firstShifted: string;
  firstShiftedPosition: number;
  /** Commit date of the first shifted commit. */
  committedAt: string | null;
  /** Commits strictly between last good and first shifted: 0 names a single culprit. */
  commitsBetween: number;
  direction: ChangepointDirection;
  before: number;
  after: number;
  /** after / before - 1; null where no ratio exists. */
  change: number | null;
  difference: number;
  /** 95 % interval of the change, of the difference where that is null; null where it cannot be told. */
  interval: [number, number] | null;
  p: number;
  pointsBefore: number;
  pointsAfter: number;
  /** More points that would confirm a provisional one. */
  needsPoints: number;
  /** Number of its shift. */
  shift: number | null;
  state: "provisional" | "confirmed";
  shiftState: ShiftState | null;
  status: ShiftStatus | null;
  /** Who marked it, or moved it here; null: the analysis found it. */
  byHand: ByHand | null;
};

/** A correction by hand, as it is shown. */
export type ByHand = { actor: string; at: string; reason: string };

/** A commit at which runs of the case did not pass. */
export type SeriesFailure = {
  sha: string;
  position: number;
  committedAt: string | null;
  pullRequest: number | null;
  outcome: "failed" | "skipped";
  /** Runs that ended so. */
  runs: number;
  /** The text of one of them, as sent. */
  error: string | null;
};

export type SeriesRelease = { tag: string; sha: string; position: number; committedAt: string | null };

/** A note on the time axis. Placed by commit (position) or by time (at). */
export type SeriesEvent = { text: string; border: boolean; position: number | null; at: string | null };

/** The facts under which the points of a track were measured. */
export type SeriesFacts = { factsGroup: number; facts: Json };

/** The sum of small steps of a line: since the last release on it, or over its newest hundred points. */
export type SeriesDrift = {
  /** First commit of the window. */
  since: string;
  /** The release that the window follows; null: there is none, or too few points since. */
  release: string | null;
  points: number;
  change: number | null;
  difference: number;
  interval: [number, number];
  p: number;
  /** Changepoints in the window beside which it stands. */
  steps: number;
  /** Larger than noise makes one, and than the metric's smallest effect; no changepoint that is told explains it. */
  told: boolean;
};

export type Findings = {
  drift: SeriesDrift | null;
  level: number | null;
  noise: number | null;
  analysedAt: string | null;
  outliers: number[];
  open: number[];
  slow: number[];
  segments: SeriesSegment[];
  changepoints: SeriesChangepoint[];
};

type LineRow = Omit<Findings, "segments" | "changepoints"> & { id: number };

/** Places on the branch, both included. */
export type Places = { from: number; to: number };

// Statements that join much for a few rows are prepared: making their plan takes thirty times as long as running them.

export async function readFindings(projectId: number, target: Target, places: Places): Promise<Findings> {
  const [line] = await prepared<LineRow>(
    db(),
    `SELECT id, level, noise, analysed_at AS "analysedAt", outliers, open,
       coalesce(slow, '{}') AS slow,
       CASE WHEN l.drift IS NULL THEN NULL ELSE (l.drift - 'sinceCommitId') || jsonb_build_object('since',
         (SELECT c.sha FROM commits c WHERE c.project_id = $1 AND c.id = (l.drift ->> 'sinceCommitId')::int)) END AS drift
     FROM lines l
     WHERE project_id = $1 AND branch_id = $2 AND case_id = $3 AND metric_id = $4 AND environment_id = $5`,
    [projectId, target.branch.id, target.case.id, target.metric.id, target.environment.id],
  );
  if (!line) {
    return {
      level: null,
      noise: null,
      analysedAt: null,
      outliers: [],
      open: [],
      slow: [],
      drift: null,
      segments: [],
      changepoints: [],
    };
  }
  const { id, ...told } = line;
  const scope = [projectId, target.branch.id, id, places.from, places.to];
  const [segments, changepoints] = await Promise.all([
    prepared<SeriesSegment>(db(), SEGMENTS, scope),
    prepared<SeriesChangepoint>(db(), CHANGEPOINTS, scope),
  ]);
  return { ...told, segments, changepoints };
}

const SEGMENTS = `
SELECT cf.sha AS "firstSha", cl.sha AS "lastSha", bf.position AS first, bl.position AS last, s.track, s.level, s.lo, s.hi,
  s.noise, s.points, s.runs
FROM segments s
JOIN branch_commits bf ON bf.project_id = $1 AND bf.branch_id = $2 AND bf.commit_id = s.first_commit_id
JOIN branch_commits bl ON bl.project_id = $1 AND bl.branch_id = $2 AND bl.commit_id = s.last_commit_id
JOIN commits cf ON cf.project_id = $1 AND cf.id = s.first_commit_id
JOIN commits cl ON cl.project_id = $1 AND cl.id = s.last_commit_id
WHERE s.project_id = $1 AND s.line_id = $3 AND bl.position >= $4 AND bf.position <= $5
ORDER BY s.ordinal`;

/** SQL for the correction that a changepoint comes from. */
export const byHand = (changepoint: string) => `(
  SELECT json_build_object('actor', x.created_by, 'at', ${isoOf("x.created_at")}, 'reason', x.reason)
  FROM corrections x WHERE x.project_id = $1 AND x.id = ${changepoint}.correction_id)`;

const CHANGEPOINTS = `
SELECT ca.sha, ba.position, cg.sha AS "lastGood", bg.position AS "lastGoodPosition", cs.sha AS "firstShifted",
  bs.position AS "firstShiftedPosition", ${isoOf("cs.committed_at")} AS "committedAt",
  greatest(bs.position - bg.position - 1, 0) AS "commitsBetween", p.direction, p.before, p.after, p.change, p.difference,
  CASE WHEN p.interval_lo IS NULL THEN NULL ELSE json_build_array(p.interval_lo, p.interval_hi) END AS interval, p.p,
  p.points_before AS "pointsBefore", p.points_after AS "pointsAfter", p.needs_points AS "needsPoints",
  p.shift_number AS shift, p.state, s.state AS "shiftState", ${STATUS_NOW} AS status, ${byHand("p")} AS "byHand"
FROM changepoints p
JOIN branch_commits ba ON ba.project_id = $1 AND ba.branch_id = $2 AND ba.commit_id = p.commit_id
JOIN branch_commits bg ON bg.project_id = $1 AND bg.branch_id = $2 AND bg.commit_id = p.last_good_commit_id
JOIN branch_commits bs ON bs.project_id = $1 AND bs.branch_id = $2 AND bs.commit_id = p.first_shifted_commit_id
JOIN commits ca ON ca.project_id = $1 AND ca.id = p.commit_id
JOIN commits cg ON cg.project_id = $1 AND cg.id = p.last_good_commit_id
JOIN commits cs ON cs.project_id = $1 AND cs.id = p.first_shifted_commit_id
LEFT JOIN shifts s ON s.project_id = $1 AND s.number = p.shift_number
WHERE p.project_id = $1 AND p.line_id = $3 AND ba.position BETWEEN $4 AND $5
ORDER BY ba.position`;

/** Commits of the window at which runs of the case failed or were skipped; failures win over skips of one commit. */
export async function readFailures(projectId: number, target: Target, places: Places): Promise<SeriesFailure[]> {
  return rows<SeriesFailure>(
    db(),
    `SELECT c.sha, b.position, ${isoOf("c.committed_at")} AS "committedAt", c.pull_request AS "pullRequest",
       CASE WHEN bool_or(r.outcome = 'failed') THEN 'failed' ELSE 'skipped' END AS outcome,
       count(DISTINCT u.id) AS runs, min(r.error) AS error
     FROM results r
     JOIN runs u ON u.project_id = $1 AND u.id = r.run_id AND u.environment_id = $4 AND u.experiment IS NULL
     JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $2 AND b.commit_id = u.commit_id
       AND b.position BETWEEN $5 AND $6
     JOIN commits c ON c.project_id = $1 AND c.id = u.commit_id
     WHERE r.project_id = $1 AND r.case_id = $3 AND r.outcome <> 'passed' AND NOT r.control
       AND NOT EXISTS (SELECT FROM exclusions e WHERE e.project_id = $1 AND e.run_id = u.id AND e.series_id IS NULL
         AND e.restored_at IS NULL)
     GROUP BY c.sha, b.position, c.committed_at, c.pull_request ORDER BY b.position`,
    [projectId, target.branch.id, target.case.id, target.environment.id, places.from, places.to],
  );
}

export async function readReleases(projectId: number, branchId: number, places: Places): Promise<SeriesRelease[]> {
  return rows<SeriesRelease>(
    db(),
    `SELECT r.tag, c.sha, b.position, ${isoOf("c.committed_at")} AS "committedAt"
     FROM releases r
     JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $2 AND b.commit_id = r.commit_id
     JOIN commits c ON c.project_id = $1 AND c.id = r.commit_id
     WHERE r.project_id = $1 AND b.position BETWEEN $3 AND $4 ORDER BY b.position, r.tag`,
    [projectId, branchId, places.from, places.to],
  );
}

/** The first commit of every month (UTC) on the branch, for the ticks of the commit axis. */
export async function readMonths(
  projectId: number,
  branchId: number,
  places: Places,
): Promise<{ position: number; committedAt: string }[]> {
  return rows(
    db(),
    `SELECT b.position, ${isoOf("c.committed_at")} AS "committedAt"
     FROM (
       SELECT min(b.position) AS position
       FROM branch_commits b JOIN commits c ON c.project_id = $1 AND c.id = b.commit_id
       WHERE b.project_id = $1 AND b.branch_id = $2 AND b.position BETWEEN $3 AND $4 AND c.committed_at IS NOT NULL
       GROUP BY date_trunc('month', c.committed_at, 'UTC')) first
     JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $2 AND b.position = first.position
     JOIN commits c ON c.project_id = $1 AND c.id = b.commit_id
     ORDER BY b.position`,
    [projectId, branchId, places.from, places.to],
  );
}

/** Notes that concern the line: of the project, its environment, workload or metric. */
export async function readEvents(projectId: number, target: Target): Promise<SeriesEvent[]> {
  return rows<SeriesEvent>(
    db(),
    `SELECT e.text, e.border, b.position, ${isoOf("e.at")} AS at
     FROM events e
     LEFT JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $2 AND b.commit_id = e.commit_id
     WHERE e.project_id = $1 AND (e.environment_id IS NULL OR e.environment_id = $3)
       AND (e.workload_id IS NULL OR e.workload_id = $4) AND (e.metric_id IS NULL OR e.metric_id = $5)
       AND (b.position IS NOT NULL OR e.at IS NOT NULL)
     ORDER BY e.id`,
    [projectId, target.branch.id, target.environment.id, target.workload.id, target.metric.id],
  );
}

/** An event at its place on a branch, with what it concerns; null: all. */
export type PlacedEvent = {
  text: string;
  border: boolean;
  position: number;
  environment: string | null;
  workload: string | null;
  metric: string | null;
};

/** The events of a stretch of a branch; one of a time stands at the first commit made since. */
export async function readPlacedEvents(projectId: number, branchId: number, places: Places): Promise<PlacedEvent[]> {
  return rows<PlacedEvent>(
    db(),
    `SELECT * FROM (
       SELECT e.text, e.border, coalesce(own.position, (
           SELECT min(b.position) FROM branch_commits b
           JOIN commits c ON c.project_id = $1 AND c.id = b.commit_id AND c.committed_at >= e.at
           WHERE b.project_id = $1 AND b.branch_id = $2)) AS position,
         v.name AS environment, w.name AS workload, m.name AS metric
       FROM events e
       LEFT JOIN branch_commits own ON own.project_id = $1 AND own.branch_id = $2 AND own.commit_id = e.commit_id
       LEFT JOIN environments v ON v.project_id = $1 AND v.id = e.environment_id
       LEFT JOIN workloads w ON w.project_id = $1 AND w.id = e.workload_id
       LEFT JOIN metrics m ON m.project_id = $1 AND m.id = e.metric_id
       WHERE e.project_id = $1) placed
     WHERE position BETWEEN $3 AND $4 ORDER BY position, text`,
    [projectId, branchId, places.from, places.to],
  );
}

/** The facts of each group of the environment's revisions: those of its newest revision. */
export async function readFacts(projectId: number, environmentId: number): Promise<SeriesFacts[]> {
  return rows<SeriesFacts>(
    db(),
    `SELECT DISTINCT ON (facts_group) facts_group AS "factsGroup", facts FROM environment_revisions
     WHERE project_id = $1 AND environment_id = $2 ORDER BY facts_group, id DESC`,
    [projectId, environmentId],
  );
}
