import { db, rows } from "@/lib/db/sql";
import type { SideRun } from "./compareSide";
import { type ControlIds, readControlIds } from "./controls";

/** What one run measured on one series: index columns alone, never the samples. */
export type Measured = [runId: number, median: number, lo: number, hi: number, n: number];

/** All that some runs measured of a case, version and metric in an environment. */
export type MeasuredSeries = {
  caseId: number;
  version: string;
  metricId: number;
  environmentId: number;
  /** Of the runs of the sides. */
  points: Measured[];
  /** Medians of the runs that show the noise: ids of the runs, and their medians in the same order. */
  past: { runs: number[]; medians: number[] };
};

type RunPlace = Pick<SideRun, "id" | "commitId" | "environmentId" | "revisionId" | "isExperiment">;

/**
 * Everything that the runs of the sides measured, with the medians of `history`, a row per series. Runs of experiments have
 * series of their own, which controls share: those are left out, and so is what the settings name as controls. From `many`
 * series on two connections read: what the answer waits for is Postgres' processor time.
 */
export async function readMeasured(
  projectId: number,
  sides: readonly RunPlace[],
  history: readonly RunPlace[],
  many = 2000,
): Promise<MeasuredSeries[]> {
  const ofTrend = sides.filter((run) => !run.isExperiment);
  const ofExperiments = sides.filter((run) => run.isExperiment);
  const [controls, ranges] = await Promise.all([readControlIds(projectId), readRanges(projectId, many)]);
  const parts = ranges.flatMap((range) => [
    readPart(projectId, { sides: ofTrend, history, trend: true, range }, controls),
    readPart(projectId, { sides: ofExperiments, history: [], trend: false, range }, controls),
  ]);
  return (await Promise.all(parts)).flat();
}

/** Ids of series, from (included) to (not included). */
type Range = readonly [from: number, to: number];
const MOST_ID = 2 ** 31 - 1;

/** All series of a project, in two halves where they are many. */
async function readRanges(projectId: number, many: number): Promise<Range[]> {
  const [found] = await rows<{ count: number; middle: number | null }>(
    db(),
    `SELECT count(*) AS count, percentile_disc(0.5) WITHIN GROUP (ORDER BY id) AS middle
     FROM series WHERE project_id = $1`,
    [projectId],
  );
  const middle = found?.middle ?? 0;
  if ((found?.count ?? 0) < many) return [[0, MOST_ID]];
  return [
    [0, middle],
    [middle, MOST_ID],
  ];
}

type Packed = Omit<MeasuredSeries, "points" | "past"> & {
  points: Measured[] | null;
  pastRuns: string | null;
  pastMedians: string | null;
};

type PartAsked = { sides: readonly RunPlace[]; history: readonly RunPlace[]; trend: boolean; range: Range };

/** The history is most of it: as arrays in text it costs the server a third of JSON, and the client less than rows. */
async function readPart(
  projectId: number,
  { sides, history, trend, range }: PartAsked,
  { caseIds, environmentIds }: ControlIds,
): Promise<MeasuredSeries[]> {
  const runs = [...sides, ...history];
  if (runs.length === 0) return [];
  const some = <Key extends keyof RunPlace>(key: Key) => [...new Set(runs.map((run) => run[key]))];
  const found = await rows<Packed>(
    db(),
    `SELECT s.case_id AS "caseId", s.version, s.metric_id AS "metricId", s.environment_id AS "environmentId",
       json_agg(json_build_array(p.run_id, p.median, p.lo, p.hi, p.n)) FILTER (WHERE p.run_id = ANY($7::int[])) AS points,
       (array_agg(p.run_id) FILTER (WHERE p.run_id = ANY($8::int[])))::text AS "pastRuns",
       (array_agg(p.median) FILTER (WHERE p.run_id = ANY($8::int[])))::text AS "pastMedians"
     FROM series s
     JOIN points p ON p.project_id = $1 AND p.series_id = s.id AND p.commit_id = ANY($3::int[])
       AND p.series_id >= $11 AND p.series_id < $12
     WHERE s.project_id = $1 AND s.id >= $11 AND s.id < $12 AND s.environment_id = ANY($4::int[]) AND s.revision_id = ANY($5::int[]) AND s.trend = $6
       AND s.case_id <> ALL($9::int[]) AND s.environment_id <> ALL($10::int[])
       AND p.run_id = ANY($2::int[]) AND ($6 OR NOT EXISTS (
         SELECT FROM results r WHERE r.project_id = $1 AND r.run_id = p.run_id AND r.case_id = s.case_id
           AND r.version = s.version AND r.control))
       AND NOT EXISTS (
         SELECT FROM exclusions x WHERE x.project_id = $1 AND x.run_id = p.run_id AND x.series_id = p.series_id
           AND x.restored_at IS NULL)
     GROUP BY s.project_id, s.id`,
    [
      projectId,
      some("id"),
      some("commitId"),
      some("environmentId"),
      some("revisionId"),
      trend,
      sides.map((run) => run.id),
      history.map((run) => run.id),
      caseIds,
      environmentIds,
      ...range,
    ],
  );
  // Most series have the same runs in the same order: their text is read once.
  const runsRead = new Map<string | null, number[]>();
  const runsOf = (text: string | null) => {
    const known = runsRead.get(text) ?? numbersOf(text);
    runsRead.set(text, known);
    return known;
  };
  return found.map(({ caseId, version, metricId, environmentId, points, pastRuns, pastMedians }) => ({
    caseId,
    version,
    metricId,
    environmentId,
    points: points ?? [],
    past: { runs: runsOf(pastRuns), medians: numbersOf(pastMedians) },
  }));
}

/** Postgres' text of an array of numbers, "{1,2.5}"; its numbers are those of JSON. */
const numbersOf = (text: string | null): number[] => (text === null ? [] : JSON.parse(`[${text.slice(1, -1)}]`));

/** A run that shows the noise of its environment, with the place of its commit on the default branch. */
export type HistoryRun = RunPlace & { position: number; startedAt: string | null };

/** Runs per environment from which the noise is taken. */
export const HISTORY_RUNS = 30;

/** The newest runs of the default branch with the facts of the sides, without the runs of the sides themselves. */
export async function readHistoryRuns(
  projectId: number,
  branchId: number,
  sides: readonly SideRun[],
): Promise<HistoryRun[]> {
  return rows<HistoryRun>(
    db(),
    `SELECT id, commit_id AS "commitId", environment_id AS "environmentId", revision_id AS "revisionId",
       false AS "isExperiment", position, started_at AS "startedAt"
     FROM (
       SELECT u.id, u.commit_id, u.environment_id, u.revision_id, u.started_at, b.position,
         row_number() OVER (PARTITION BY u.environment_id ORDER BY b.position DESC, u.id DESC) AS place
       FROM runs u
       JOIN environment_revisions v ON v.project_id = $1 AND v.id = u.revision_id AND v.facts_group = ANY($3::int[])
       JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $2 AND b.commit_id = u.commit_id
       WHERE u.project_id = $1 AND u.experiment IS NULL AND b.position IS NOT NULL AND u.id <> ALL($4::int[])
         AND NOT EXISTS (
           SELECT FROM exclusions x WHERE x.project_id = $1 AND x.run_id = u.id AND x.series_id IS NULL AND x.restored_at IS NULL)) newest
     WHERE place <= ${HISTORY_RUNS} ORDER BY position DESC, id DESC`,
    [projectId, branchId, [...new Set(sides.map((run) => run.factsGroup))], sides.map((run) => run.id)],
  );
}

/** A stretch of a line without a changepoint, in places of the default branch, both ends included. */
export type Stretch = { from: number; to: number };

/** Key of a line: case, metric, environment. */
export const lineKey = (line: { caseId: number; metricId: number; environmentId: number }): string =>
  `${line.caseId} ${line.metricId} ${line.environmentId}`;

/** Segments of every line in these environments that reach beyond place `from`, newest first, by `lineKey`. */
export async function readStretches(
  projectId: number,
  branchId: number,
  environmentIds: readonly number[],
  from: number,
): Promise<Map<string, Stretch[]>> {
  const found = await rows<{ key: string } & Stretch>(
    db(),
    `SELECT l.case_id || ' ' || l.metric_id || ' ' || l.environment_id AS key, f.position AS from, t.position AS to
     FROM lines l
     JOIN segments g ON g.project_id = $1 AND g.line_id = l.id
     JOIN branch_commits f ON f.project_id = $1 AND f.branch_id = $2 AND f.commit_id = g.first_commit_id
     JOIN branch_commits t ON t.project_id = $1 AND t.branch_id = $2 AND t.commit_id = g.last_commit_id
     WHERE l.project_id = $1 AND l.branch_id = $2 AND l.environment_id = ANY($3::int[])
       AND f.position IS NOT NULL AND t.position >= $4
     ORDER BY g.line_id, g.ordinal DESC`,
    [projectId, branchId, environmentIds, from],
  );
  const lines = new Map<string, Stretch[]>();
  for (const { key, ...stretch } of found) {
    const known = lines.get(key);
    if (known) known.push(stretch);
    else lines.set(key, [stretch]);
  }
  return lines;
}

/** What went wrong, or counts for nothing, on a side. */
export type Mishap = {
  runId: number;
  caseId: number;
  version: string;
  outcome: "failed" | "skipped";
  error: string | null;
};

/** Results of runs that did not pass, controls left out; the beginning of their error. */
export async function readMishaps(projectId: number, runs: readonly SideRun[]): Promise<Mishap[]> {
  const { caseIds, environmentIds } = await readControlIds(projectId);
  const pinned = new Set(environmentIds);
  return rows<Mishap>(
    db(),
    `SELECT run_id AS "runId", case_id AS "caseId", version, outcome, left(error, 300) AS error FROM results
     WHERE project_id = $1 AND run_id = ANY($2::int[]) AND outcome <> 'passed' AND NOT control
       AND case_id <> ALL($3::int[])`,
    [projectId, runs.filter((run) => !pinned.has(run.environmentId)).map((run) => run.id), caseIds],
  );
}
