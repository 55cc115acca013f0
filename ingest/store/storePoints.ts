import { type Db, rows } from "@/lib/db/sql";

/** The samples of one run on one series, in the metric's unit. */
export type NewPoint = {
  caseId: number;
  version: string;
  metricId: number;
  environmentId: number;
  revisionId: number;
  trend: boolean;
  commitId: number;
  runId: number;
  samples: number[];
};

/**
 * In these statements the project stands as `(select $1::int)`, in others that join a long list too: the planner must
 * not look the number up in its statistics. They know nothing of a new project, so that it expects one row of it,
 * takes any index on the project alone, and reads all of it once per row of the list (minutes instead of a second).
 */

/** Stores points and the series that they need. Gives the ids of the series that feed trends. */
export async function storePoints(tx: Db, projectId: number, points: NewPoint[]): Promise<number[]> {
  if (!points.length) return [];
  await insertSeries(tx, projectId, points);
  const spreads = points.map(({ samples }) => spreadOf(samples));
  const stored = await rows<{ id: number; trend: boolean }>(
    tx,
    `with stored as (
       insert into points (project_id, series_id, commit_id, run_id, median, lo, hi, n, samples)
       select $1, s.id, p.commit_id, p.run_id, p.median, p.lo, p.hi, cardinality(p.samples::float8[]), p.samples::float8[]
         from unnest($2::int[], $3::text[], $4::int[], $5::int[], $6::int[], $7::bool[], $8::int[], $9::int[],
                     $10::float8[], $11::float8[], $12::float8[], $13::text[])
           as p (case_id, version, metric_id, environment_id, revision_id, trend, commit_id, run_id, median, lo, hi, samples)
         join series s
           on s.project_id = (select $1::int) and s.case_id = p.case_id and s.metric_id = p.metric_id
          and s.environment_id = p.environment_id and s.version = p.version and s.revision_id = p.revision_id
          and s.trend = p.trend
       returning series_id)
     select distinct s.id, s.trend from stored join series s on s.project_id = (select $1::int) and s.id = stored.series_id`,
    [
      projectId,
      ...columns(points),
      points.map(({ commitId }) => commitId),
      points.map(({ runId }) => runId),
      spreads.map(({ median }) => median),
      spreads.map(({ lo }) => lo),
      spreads.map(({ hi }) => hi),
      points.map(({ samples }) => `{${samples.join()}}`),
    ],
  );
  return stored.filter(({ trend }) => trend).map(({ id }) => id);
}

async function insertSeries(tx: Db, projectId: number, points: NewPoint[]): Promise<void> {
  const key = (point: NewPoint) =>
    [point.caseId, point.metricId, point.environmentId, point.version, point.revisionId, point.trend].join("/");
  const distinct = [...new Map(points.map((point) => [key(point), point])).values()];
  await rows(
    tx,
    `insert into series (project_id, case_id, version, metric_id, environment_id, revision_id, trend)
     select $1, w.case_id, w.version, w.metric_id, w.environment_id, w.revision_id, w.trend
       from unnest($2::int[], $3::text[], $4::int[], $5::int[], $6::int[], $7::bool[])
         as w (case_id, version, metric_id, environment_id, revision_id, trend)
      where not exists (
        select from series s
         where s.project_id = (select $1::int) and s.case_id = w.case_id and s.metric_id = w.metric_id
           and s.environment_id = w.environment_id and s.version = w.version and s.revision_id = w.revision_id
           and s.trend = w.trend)
      order by w.case_id, w.metric_id, w.environment_id, w.version, w.revision_id, w.trend
         on conflict do nothing`,
    [projectId, ...columns(distinct)],
  );
}

const columns = (points: NewPoint[]) => [
  points.map(({ caseId }) => caseId),
  points.map(({ version }) => version),
  points.map(({ metricId }) => metricId),
  points.map(({ environmentId }) => environmentId),
  points.map(({ revisionId }) => revisionId),
  points.map(({ trend }) => trend),
];

/** Median, least and greatest of at least one sample. The middle of two cannot overflow, nor leave their range. */
export function spreadOf(samples: readonly number[]): { median: number; lo: number; hi: number } {
  const sorted = Float64Array.from(samples).sort();
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const [below, above] = [at((sorted.length - 1) >> 1), at(sorted.length >> 1)];
  const sum = below + above;
  const middle = Number.isFinite(sum) ? sum / 2 : below / 2 + above / 2;
  return { median: Math.min(Math.max(middle, below), above), lo: at(0), hi: at(sorted.length - 1) };
}
