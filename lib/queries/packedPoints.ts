import { db, prepared, rows } from "@/lib/db/sql";
import { median } from "@/lib/stats/quantile";
import type { LinePoint, LineWindow } from "./points";

/** A commit on the line of a branch, as its points tell it. */
type Place = Pick<LinePoint, "commitId" | "position" | "sha" | "committedAt" | "pullRequest">;

/** Commits of branches by id of the branch, then of the commit. */
export type PlacesRead = ReadonlyMap<number, ReadonlyMap<number, Place>>;

/** A column each, in the order of positions: a row as JSON costs several times as much. Times are in ms since 1970. */
type PackedPlaces = {
  branchId: number;
  commitId: number[];
  position: number[];
  /** Joined by a space: as JSON each would be looked through for what has to be escaped. */
  sha: string;
  at: (number | null)[];
  pullRequest: (number | null)[];
};

/** What one series holds within a window (`line`, counted from 1), run by run in the order of commit ids; a column each. */
export type PackedSeries = {
  line: number;
  version: string;
  factsGroup: number;
  commitId: number[];
  runId: number[];
  median: number[];
  lo: number[];
  hi: number[];
  n: number[];
  /** Runs whose points of this series people left out. */
  excluded: number[] | null;
};

/** The order of commits that all windows lie in: one read in one go for each of their branches, not a look for each point. */
export async function readPlaces(projectId: number, windows: readonly LineWindow[]): Promise<PlacesRead> {
  const found = await rows<PackedPlaces>(db(), PLACES, [
    projectId,
    [...new Set(windows.map(({ branchId }) => branchId))],
    windows.reduce((least, { from }) => Math.min(least, from), Number.POSITIVE_INFINITY),
    windows.reduce((most, { to }) => Math.max(most, to), Number.NEGATIVE_INFINITY),
  ]);
  return new Map(found.map((packed) => [packed.branchId, unpack(packed)]));
}

function unpack({ commitId, position, sha, at, pullRequest }: PackedPlaces): Map<number, Place> {
  const places = new Map<number, Place>();
  const shas = sha.split(" ");
  for (let i = 0; i < commitId.length; i++) {
    const time = at[i] ?? null;
    places.set(commitId[i] as number, {
      commitId: commitId[i] as number,
      position: position[i] as number,
      sha: shas[i] as string,
      committedAt: time === null ? null : new Date(time).toISOString(),
      pullRequest: pullRequest[i] ?? null,
    });
  }
  return places;
}

const PLACES = `
SELECT branch_id AS "branchId", json_agg(commit_id) AS "commitId", json_agg(position) AS position, string_agg(sha, ' ') AS sha,
  json_agg(at) AS at, json_agg(pull_request) AS "pullRequest"
FROM (
  SELECT b.branch_id, b.commit_id, b.position, c.sha, round(date_part('epoch', c.committed_at) * 1000)::int8 AS at,
    c.pull_request
  FROM branch_commits b JOIN commits c ON c.project_id = $1 AND c.id = b.commit_id
  WHERE b.project_id = $1 AND b.branch_id = ANY($2::int[]) AND b.position BETWEEN $3 AND $4
  ORDER BY b.branch_id, b.position) placed
GROUP BY branch_id`;

/** The points of the windows' series, from the index of the point table alone: a window bounds the commit ids too. */
export async function readPackedSeries(projectId: number, windows: readonly LineWindow[]): Promise<PackedSeries[]> {
  const [found] = await prepared<{ series: PackedSeries[] | null }>(db(), SERIES, [
    projectId,
    ...windowColumns(windows),
  ]);
  return found?.series ?? [];
}

/** Windows as the columns of an unnest, in the order of WINDOWS. */
export function windowColumns(windows: readonly LineWindow[]): number[][] {
  const keys = ["branchId", "caseId", "metricId", "environmentId", "from", "to"] as const;
  return keys.map((key) => windows.map((window) => window[key]));
}

/** $2 to $7: the columns of `windowColumns`. */
export const WINDOWS = `windows AS (
  SELECT * FROM unnest($2::int[], $3::int[], $4::int[], $5::int[], $6::int[], $7::int[])
    WITH ORDINALITY AS w(branch_id, case_id, metric_id, environment_id, lowest, highest, line)
)`;

// `+ 0`: without it the planner walks commits from the oldest on until one lies in the window.
const SERIES = `
WITH ${WINDOWS}, bounds AS MATERIALIZED (
  SELECT w.branch_id, w.lowest, w.highest, min(b.commit_id + 0) AS low, max(b.commit_id + 0) AS high
  FROM (SELECT DISTINCT branch_id, lowest, highest FROM windows) w
  JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = w.branch_id AND b.position BETWEEN w.lowest AND w.highest
  GROUP BY w.branch_id, w.lowest, w.highest
)
SELECT json_agg(found) AS series FROM (
  SELECT w.line, s.version, r.facts_group AS "factsGroup", p.*, (
    SELECT json_agg(e.run_id) FROM exclusions e
    WHERE e.project_id = $1 AND e.restored_at IS NULL AND coalesce(e.series_id, s.id) = s.id) AS excluded
  FROM windows w
  JOIN bounds USING (branch_id, lowest, highest)
  JOIN series s ON s.project_id = $1 AND s.case_id = w.case_id AND s.metric_id = w.metric_id
    AND s.environment_id = w.environment_id AND s.trend
  JOIN environment_revisions r ON r.project_id = $1 AND r.id = s.revision_id
  CROSS JOIN LATERAL (
    SELECT json_agg(commit_id) AS "commitId", json_agg(run_id) AS "runId", json_agg(median) AS median,
      json_agg(lo) AS lo, json_agg(hi) AS hi, json_agg(n) AS n
    FROM (
      SELECT commit_id, run_id, median, lo, hi, n FROM points
      WHERE project_id = $1 AND series_id = s.id AND commit_id BETWEEN bounds.low AND bounds.high
      ORDER BY commit_id, run_id) found) p
  WHERE p."commitId" IS NOT NULL) found`;

/** The point of one run: entry `at` of its series, at its place. */
type RunPoint = { place: Place; series: PackedSeries; at: number };

/** The points of one window from those of its series: by position, then group of facts, then version. */
export function pointsOf(window: LineWindow, places: PlacesRead, series: readonly PackedSeries[]): LinePoint[] {
  const runs: RunPoint[] = [];
  for (const one of series) addRuns(runs, window, places, one);
  runs.sort(byPlace);
  const points: LinePoint[] = [];
  for (let from = 0; from < runs.length; ) {
    let till = from + 1;
    while (till < runs.length && byPlace(runs[from] as RunPoint, runs[till] as RunPoint) === 0) till++;
    points.push(till - from === 1 ? pointOf(runs[from] as RunPoint) : joined(runs.slice(from, till)));
    from = till;
  }
  return points;
}

function addRuns(runs: RunPoint[], window: LineWindow, places: PlacesRead, series: PackedSeries): void {
  const line = places.get(window.branchId);
  const excluded = new Set(series.excluded);
  for (let at = 0; at < series.commitId.length; at++) {
    const place = line?.get(series.commitId[at] as number);
    if (!place || place.position < window.from || place.position > window.to) continue;
    if (excluded.size === 0 || !excluded.has(series.runId[at] as number)) runs.push({ place, series, at });
  }
}

function byPlace({ place: a, series: s }: RunPoint, { place: b, series: t }: RunPoint): number {
  if (a !== b) return a.position - b.position;
  return s.factsGroup - t.factsGroup || Number(s.version > t.version) - Number(s.version < t.version);
}

/** Written out: spreading one object into another takes ten times as long, and there are thousands. */
function pointOf({ place, series, at }: RunPoint): LinePoint {
  return {
    sha: place.sha,
    position: place.position,
    committedAt: place.committedAt,
    pullRequest: place.pullRequest,
    commitId: place.commitId,
    version: series.version,
    factsGroup: series.factsGroup,
    runs: 1,
    n: series.n[at] as number,
    value: series.median[at] as number,
    min: series.lo[at] as number,
    max: series.hi[at] as number,
  };
}

/** Several runs of one commit. */
function joined(runs: readonly RunPoint[]): LinePoint {
  const points = runs.map(pointOf);
  return {
    ...(points[0] as LinePoint),
    runs: runs.length,
    n: points.reduce((sum, { n }) => sum + n, 0),
    value: median(points.map(({ value }) => value)) as number,
    min: Math.min(...points.map(({ min }) => min)),
    max: Math.max(...points.map(({ max }) => max)),
  };
}

/** The first commit of a month on the branch. */
export type Month = { position: number; committedAt: string };

/** Those of a window, in order. */
export function monthsOf({ branchId, from, to }: LineWindow, places: PlacesRead): Month[] {
  const months = new Map<string, Month>();
  for (const { position, committedAt } of places.get(branchId)?.values() ?? []) {
    if (committedAt === null || position < from || position > to) continue;
    const month = committedAt.slice(0, -DAY_AND_TIME.length);
    if (!months.has(month)) months.set(month, { position, committedAt });
  }
  return [...months.values()];
}

const DAY_AND_TIME = "-01T00:00:00.000Z";
