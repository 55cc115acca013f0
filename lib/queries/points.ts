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
  const found = await row<{ lines: PackedLine[] | null }>(db(), POINTS, [
    projectId,
    ...columns(windows),
    Math.min(...windows.map(({ from }) => from)),
    Math.max(...windows.map(({ to }) => to)),
  ]);
  const result: LinePoint[][] = windows.map(() => []);
  for (const packed of found?.lines ?? []) result[packed.line - 1] = unpack(packed);
  return result;
}

function columns(windows: readonly LineWindow[]): number[][] {
  const keys = ["branchId", "caseId", "metricId", "environmentId", "from", "to"] as const;
  return keys.map((key) => windows.map((window) => window[key]));
}

/** The points of one line, a column each: a row as JSON costs several times as much. Times are in ms since 1970. */
type PackedLine = {
  line: number;
  sha: string[];
  position: number[];
  committedAt: (number | null)[];
  pullRequest: (number | null)[];
  commitId: number[];
  version: string[];
  factsGroup: number[];
  runs: number[];
  n: number[];
  value: number[];
  min: number[];
  max: number[];
};

function unpack(packed: PackedLine): LinePoint[] {
  return packed.sha.map((sha, i) => {
    const at = packed.committedAt[i] ?? null;
    return {
      sha,
      position: packed.position[i] as number,
      committedAt: at === null ? null : new Date(at).toISOString(),
      pullRequest: packed.pullRequest[i] ?? null,
      commitId: packed.commitId[i] as number,
      version: packed.version[i] as string,
      factsGroup: packed.factsGroup[i] as number,
      runs: packed.runs[i] as number,
      n: packed.n[i] as number,
      value: packed.value[i] as number,
      min: packed.min[i] as number,
      max: packed.max[i] as number,
    };
  });
}

/** ISO time in UTC, as JSON.stringify writes a Date. */
export const isoOf = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const WINDOWS = `windows AS (
  SELECT * FROM unnest($2::int[], $3::int[], $4::int[], $5::int[], $6::int[], $7::int[])
    WITH ORDINALITY AS w(branch_id, case_id, metric_id, environment_id, lowest, highest, line)
)`;

/** $8, $9: first and last place of all windows. The order of commits is read once, and in one go: not for each point. */
const POINTS = `
WITH ${WINDOWS}, places AS MATERIALIZED (
  SELECT b.branch_id, b.position, b.commit_id, c.sha, extract(epoch FROM c.committed_at)::float8 * 1000 AS at,
    c.pull_request
  FROM branch_commits b JOIN commits c ON c.project_id = $1 AND c.id = b.commit_id
  WHERE b.project_id = $1 AND b.branch_id = ANY($2::int[]) AND b.position BETWEEN $8 AND $9
), medians AS (
  SELECT w.line, p.commit_id, s.version, r.facts_group, p.median, p.lo, p.hi, p.n
  FROM windows w
  CROSS JOIN LATERAL (
    SELECT min(commit_id) AS low, max(commit_id) AS high FROM branch_commits
    WHERE project_id = $1 AND branch_id = w.branch_id AND position BETWEEN w.lowest AND w.highest) bounds
  JOIN series s ON s.project_id = $1 AND s.case_id = w.case_id AND s.metric_id = w.metric_id
    AND s.environment_id = w.environment_id AND s.trend
  JOIN environment_revisions r ON r.project_id = $1 AND r.id = s.revision_id
  JOIN points p ON p.project_id = $1 AND p.series_id = s.id AND p.commit_id BETWEEN bounds.low AND bounds.high
  WHERE NOT EXISTS (
    SELECT FROM exclusions e WHERE e.project_id = $1 AND e.run_id = p.run_id
      AND coalesce(e.series_id, p.series_id) = p.series_id AND e.restored_at IS NULL)
), grouped AS (
  SELECT line, commit_id, version, facts_group, count(*) AS runs, sum(n) AS n,
    percentile_cont(0.5) WITHIN GROUP (ORDER BY median) AS value, min(lo) AS min, max(hi) AS max
  FROM medians GROUP BY line, commit_id, version, facts_group
), placed AS (
  SELECT g.*, b.position, b.sha, b.at, b.pull_request
  FROM grouped g JOIN windows w ON w.line = g.line
  JOIN places b ON b.branch_id = w.branch_id AND b.commit_id = g.commit_id AND b.position BETWEEN w.lowest AND w.highest
  ORDER BY g.line, b.position, g.facts_group, g.version
)
SELECT json_agg(packed) AS lines FROM (
  SELECT line, json_agg(sha) AS sha, json_agg(position) AS position, json_agg(at) AS "committedAt",
    json_agg(pull_request) AS "pullRequest", json_agg(commit_id) AS "commitId", json_agg(version) AS version,
    json_agg(facts_group) AS "factsGroup", json_agg(runs) AS runs, json_agg(n) AS n, json_agg(value) AS value,
    json_agg(min) AS min, json_agg(max) AS max
  FROM placed GROUP BY line) packed`;

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
