import { db, row } from "@/lib/db/sql";

/** A line, or the part of it between two places (both included). */
export type LineWindow = {
  branchId: number;
  caseId: number;
  metricId: number;
  environmentId: number;
  from: number;
  to: number;
};

/** The point of one commit on one track of a line. Values are in the metric's unit. */
export type LinePoint = {
  sha: string;
  position: number;
  /** ISO time, null where nobody told it. */
  committedAt: string | null;
  pullRequest: number | null;
  commitId: number;
  /** Version of the workload, "" when none was given. */
  version: string;
  /** Facts that contradict each other have different groups. */
  factsGroup: number;
  runs: number;
  /** Samples, over all runs. */
  n: number;
  /** Median of the runs' medians. */
  value: number;
  /** Smallest and largest sample. */
  min: number;
  max: number;
};

/** What one run measured at one commit. */
export type RunSamples = { run: string; value: number; samples: number[] };

/**
 * Points of several lines, each within its window, by position; the outer array follows `windows`. Excluded runs,
 * experiments and controls are left out. The medians come from the index of the point table alone: a window bounds the
 * commit ids too. One statement, whatever the number of lines; as one JSON text, which costs the client a fifth of rows.
 */
export async function readPoints(projectId: number, windows: readonly LineWindow[]): Promise<LinePoint[][]> {
  if (windows.length === 0) return [];
  const found = await row<{ lines: { line: number; points: PackedPoint[] }[] | null }>(db(), POINTS, [
    projectId,
    ...columns(windows),
  ]);
  const result: LinePoint[][] = windows.map(() => []);
  for (const { line, points } of found?.lines ?? []) result[line - 1] = points.map(unpack);
  return result;
}

function columns(windows: readonly LineWindow[]): number[][] {
  const keys = ["branchId", "caseId", "metricId", "environmentId", "from", "to"] as const;
  return keys.map((key) => windows.map((window) => window[key]));
}

type PackedPoint = [
  sha: string,
  position: number,
  committedAt: string | null,
  pullRequest: number | null,
  commitId: number,
  version: string,
  factsGroup: number,
  runs: number,
  n: number,
  value: number,
  min: number,
  max: number,
];

function unpack([sha, position, committedAt, pullRequest, commitId, ...rest]: PackedPoint): LinePoint {
  const [version, factsGroup, runs, n, value, min, max] = rest;
  return { sha, position, committedAt, pullRequest, commitId, version, factsGroup, runs, n, value, min, max };
}

/** ISO time in UTC, as JSON.stringify writes a Date. */
export const isoOf = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const WINDOWS = `windows AS (
  SELECT * FROM unnest($2::int[], $3::int[], $4::int[], $5::int[], $6::int[], $7::int[])
    WITH ORDINALITY AS w(branch_id, case_id, metric_id, environment_id, lowest, highest, line)
)`;

const POINTS = `
WITH ${WINDOWS}, medians AS (
  SELECT w.line, b.position, b.commit_id, s.version, r.facts_group, p.median, p.lo, p.hi, p.n
  FROM windows w
  CROSS JOIN LATERAL (
    SELECT min(commit_id) AS low, max(commit_id) AS high FROM branch_commits
    WHERE project_id = $1 AND branch_id = w.branch_id AND position BETWEEN w.lowest AND w.highest) bounds
  JOIN series s ON s.project_id = $1 AND s.case_id = w.case_id AND s.metric_id = w.metric_id
    AND s.environment_id = w.environment_id AND s.trend
  JOIN environment_revisions r ON r.project_id = $1 AND r.id = s.revision_id
  JOIN points p ON p.project_id = $1 AND p.series_id = s.id AND p.commit_id BETWEEN bounds.low AND bounds.high
  JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = w.branch_id AND b.commit_id = p.commit_id
    AND b.position BETWEEN w.lowest AND w.highest
  WHERE NOT EXISTS (
    SELECT FROM exclusions e WHERE e.project_id = $1 AND e.run_id = p.run_id
      AND coalesce(e.series_id, p.series_id) = p.series_id AND e.restored_at IS NULL)
), grouped AS (
  SELECT line, position, commit_id, version, facts_group, count(*) AS runs, sum(n) AS n,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY median) AS value, min(lo) AS min, max(hi) AS max
  FROM medians GROUP BY line, position, commit_id, version, facts_group
), packed AS (
  SELECT g.line, json_agg(json_build_array(c.sha, g.position, ${isoOf("c.committed_at")}, c.pull_request, c.id,
    g.version, g.facts_group, g.runs, g.n, g.value, g.min, g.max) ORDER BY g.position, g.facts_group, g.version) AS points
  FROM grouped g JOIN commits c ON c.project_id = $1 AND c.id = g.commit_id
  GROUP BY g.line
)
SELECT json_agg(json_build_object('line', line, 'points', points)) AS lines FROM packed`;

/**
 * The samples of every run of one line's window, by commit id. Reads the point table itself, so only for a few commits
 * or where all samples are asked for.
 */
export async function readSamples(projectId: number, window: LineWindow): Promise<Map<number, RunSamples[]>> {
  const found = await row<{ commits: { commit: number; runs: RunSamples[] }[] | null }>(db(), SAMPLES, [
    projectId,
    ...columns([window]),
  ]);
  return new Map((found?.commits ?? []).map(({ commit, runs }) => [commit, runs]));
}

const SAMPLES = `
WITH ${WINDOWS}, found AS (
  SELECT b.commit_id, json_agg(json_build_object('run', u.key, 'value', p.median, 'samples', p.samples)
    ORDER BY u.started_at, u.key) AS runs
  FROM windows w
  JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = w.branch_id AND b.position BETWEEN w.lowest AND w.highest
  JOIN series s ON s.project_id = $1 AND s.case_id = w.case_id AND s.metric_id = w.metric_id
    AND s.environment_id = w.environment_id AND s.trend
  JOIN points p ON p.project_id = $1 AND p.series_id = s.id AND p.commit_id = b.commit_id
  JOIN runs u ON u.project_id = $1 AND u.id = p.run_id
  WHERE NOT EXISTS (
    SELECT FROM exclusions e WHERE e.project_id = $1 AND e.run_id = p.run_id
      AND coalesce(e.series_id, p.series_id) = p.series_id AND e.restored_at IS NULL)
  GROUP BY b.commit_id
)
SELECT json_agg(json_build_object('commit', commit_id, 'runs', runs)) AS commits FROM found`;
