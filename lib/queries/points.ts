import { db, row } from "@/lib/db/sql";
import {
  type Month,
  monthsOf,
  type PackedSeries,
  pointsOf,
  readPackedSeries,
  readPlaces,
  WINDOWS,
  windowColumns,
} from "./packedPoints";

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
 * experiments and controls are left out. Two statements at once, whatever the number of lines: the order of commits, and
 * the medians, from the index of the point table alone. They are joined here, and runs of one commit made one point: in
 * SQL the join and the groups cost three times as much as both reads.
 */
export async function readPoints(projectId: number, windows: readonly LineWindow[]): Promise<LinePoint[][]> {
  return (await readPlacedPoints(projectId, windows)).map(({ points }) => points);
}

/** The same with the first commit of every month (UTC) in each window, measured or not: the ticks of an axis of commits. */
export async function readPlacedPoints(
  projectId: number,
  windows: readonly LineWindow[],
): Promise<{ points: LinePoint[]; months: Month[] }[]> {
  if (windows.length === 0) return [];
  const [places, series] = await Promise.all([readPlaces(projectId, windows), readPackedSeries(projectId, windows)]);
  const found = windows.map((): PackedSeries[] => []);
  for (const one of series) found[one.line - 1]?.push(one);
  return windows.map((window, i) => ({
    points: pointsOf(window, places, found[i] ?? []),
    months: monthsOf(window, places),
  }));
}

/** ISO time in UTC, as JSON.stringify writes a Date. */
export const isoOf = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * The samples of every run of one line's window, by commit id. Reads the point table itself, so only for a few commits
 * or where all samples are asked for.
 */
export async function readSamples(projectId: number, window: LineWindow): Promise<Map<number, RunSamples[]>> {
  const found = await row<{ commits: { commit: number; runs: RunSamples[] }[] | null }>(db(), SAMPLES, [
    projectId,
    ...windowColumns([window]),
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
