import { db, row, rows } from "@/lib/db/sql";
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
  sha: string[];
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
  for (let i = 0; i < commitId.length; i++) {
    const time = at[i] ?? null;
    places.set(commitId[i] as number, {
      commitId: commitId[i] as number,
      position: position[i] as number,
      sha: sha[i] as string,
      committedAt: time === null ? null : new Date(time).toISOString(),
      pullRequest: pullRequest[i] ?? null,
    });
  }
  return places;
}

const PLACES = `
SELECT branch_id AS "branchId", json_agg(commit_id) AS "commitId", json_agg(position) AS position, json_agg(sha) AS sha,
  json_agg(at) AS at, json_agg(pull_request) AS "pullRequest"
FROM (
  SELECT b.branch_id, b.commit_id, b.position, c.sha, (extract(epoch FROM c.committed_at) * 1000)::float8 AS at,
    c.pull_request
  FROM branch_commits b JOIN commits c ON c.project_id = $1 AND c.id = b.commit_id
  WHERE b.project_id = $1 AND b.branch_id = ANY($2::int[]) AND b.position BETWEEN $3 AND $4
  ORDER BY b.branch_id, b.position) placed
GROUP BY branch_id`;

/** The points of the windows' series, from the index of the point table alone: a window bounds the commit ids too. */
export async function readPackedSeries(projectId: number, windows: readonly LineWindow[]): Promise<PackedSeries[]> {
  const found = await row<{ series: PackedSeries[] | null }>(db(), SERIES, [projectId, ...windowColumns(windows)]);
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

type RunPoint = {
  place: Place;
  version: string;
  factsGroup: number;
  median: number;
  lo: number;
  hi: number;
  n: number;
};

/** The points of one window from those of its series: by position, then group of facts, then version. */
export function pointsOf(window: LineWindow, places: PlacesRead, series: readonly PackedSeries[]): LinePoint[] {
  const runs = series.flatMap((one) => runsOf(window, places, one)).sort(byPlace);
  const points: LinePoint[] = [];
  for (let from = 0; from < runs.length; ) {
    let till = from + 1;
    while (till < runs.length && byPlace(runs[from] as RunPoint, runs[till] as RunPoint) === 0) till++;
    points.push(pointOf(runs[from] as RunPoint, runs, from, till));
    from = till;
  }
  return points;
}

function runsOf(window: LineWindow, places: PlacesRead, series: PackedSeries): RunPoint[] {
  const line = places.get(window.branchId);
  const excluded = new Set(series.excluded);
  const { version, factsGroup } = series;
  const runs: RunPoint[] = [];
  for (let i = 0; i < series.commitId.length; i++) {
    const place = line?.get(series.commitId[i] as number);
    if (!place || place.position < window.from || place.position > window.to) continue;
    if (excluded.size > 0 && excluded.has(series.runId[i] as number)) continue;
    const [median, lo, hi, n] = [series.median[i], series.lo[i], series.hi[i], series.n[i]] as number[];
    runs.push({ place, version, factsGroup, median, lo, hi, n } as RunPoint);
  }
  return runs;
}

function byPlace(a: RunPoint, b: RunPoint): number {
  return (
    a.place.position - b.place.position ||
    a.factsGroup - b.factsGroup ||
    Number(a.version > b.version) - Number(a.version < b.version)
  );
}

/** One point of the runs from place `from` of the list to before `till`; most have one run. */
function pointOf(first: RunPoint, all: readonly RunPoint[], from: number, till: number): LinePoint {
  const { place, version, factsGroup } = first;
  const point = { ...place, version, factsGroup, runs: till - from };
  if (till - from === 1) return { ...point, n: first.n, value: first.median, min: first.lo, max: first.hi };
  const runs = all.slice(from, till);
  return {
    ...point,
    n: runs.reduce((sum, { n }) => sum + n, 0),
    value: median(runs.map((run) => run.median)) as number,
    min: Math.min(...runs.map(({ lo }) => lo)),
    max: Math.max(...runs.map(({ hi }) => hi)),
  };
}
