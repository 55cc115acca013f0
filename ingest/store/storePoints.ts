import { type Db, prepared, rows } from "@/lib/db/sql";
import { numbers, texts } from "./columns";

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

/** Ids of series that got points: `trend` of those that feed trends. */
export type TouchedSeries = { all: number[]; trend: number[] };

/** Ids of series by `keyOf`. */
type SeriesIds = Map<string, number>;

/** `read` (one statement) tells which of their series are known; `store`, given that, stores them and the series that they lack. */
export function preparePoints(tx: Db, projectId: number, points: NewPoint[]) {
  const keys = points.map(keyOf);
  const distinct = new Map(points.map((point, index) => [keys[index] ?? "", point]));
  const read = () => readSeries(tx, projectId, distinct);
  const store = async (known: SeriesIds): Promise<TouchedSeries> => {
    if (!points.length) return { all: [], trend: [] };
    const ids = await storeSeries(tx, projectId, distinct, known);
    const seriesIds = keys.map((key) => ids.get(key) ?? 0);
    await insertPoints(tx, projectId, points, seriesIds);
    const trend = [...distinct].flatMap(([key, point]) => (point.trend ? (ids.get(key) ?? []) : []));
    return { all: [...ids.values()], trend };
  };
  return { read, store };
}

const keyOf = ({ caseId, metricId, environmentId, version, revisionId, trend }: NewPoint) =>
  `${caseId}/${metricId}/${environmentId}/${revisionId}/${trend}/${version}`;

async function insertPoints(tx: Db, projectId: number, points: NewPoint[], seriesIds: number[]): Promise<void> {
  const spreads = points.map(({ samples }) => spreadOf(samples));
  const inserted = await prepared<{ count: number }>(
    tx,
    `with inserted as (
     insert into points (project_id, series_id, commit_id, run_id, median, lo, hi, n, samples)
     select $1, s.id, p.commit_id, p.run_id, p.median, p.lo, p.hi, cardinality(p.samples::float8[]), p.samples::float8[]
       from unnest($2::int[], $3::int[], $4::int[], $5::float8[], $6::float8[], $7::float8[], $8::text[])
         as p (series_id, commit_id, run_id, median, lo, hi, samples)
       join series s on s.project_id = (select $1::int) and s.id = p.series_id
     returning 1)
     select count(*) as count from inserted`,
    [
      projectId,
      numbers(seriesIds),
      numbers(points.map(({ commitId }) => commitId)),
      numbers(points.map(({ runId }) => runId)),
      numbers(spreads.map(({ median }) => median)),
      numbers(spreads.map(({ lo }) => lo)),
      numbers(spreads.map(({ hi }) => hi)),
      `{${points.map(({ samples }) => `"{${samples.join()}}"`).join()}}`,
    ],
  );
  // No foreign key holds this: a series that is gone by now must not take its points with it in silence.
  const count = inserted[0]?.count;
  if (count !== points.length) throw new Error(`Of ${points.length} points ${count} found their series.`);
}

/** Ids of the series by key; those that are missing are created. */
async function storeSeries(
  tx: Db,
  projectId: number,
  wanted: Map<string, NewPoint>,
  known: SeriesIds,
): Promise<SeriesIds> {
  const missing = [...wanted].filter(([key]) => !known.has(key)).map(([, point]) => point);
  if (!missing.length) return known;
  await rows(
    tx,
    `insert into series (project_id, case_id, version, metric_id, environment_id, revision_id, trend)
     select $1, w.case_id, w.version, w.metric_id, w.environment_id, w.revision_id, w.trend
       from unnest($2::int[], $3::text[], $4::int[], $5::int[], $6::int[], $7::bool[])
         as w (case_id, version, metric_id, environment_id, revision_id, trend)
      order by w.case_id, w.metric_id, w.environment_id, w.version, w.revision_id, w.trend
         on conflict do nothing`,
    [projectId, ...columns(missing)],
  );
  return readSeries(tx, projectId, wanted);
}

async function readSeries(tx: Db, projectId: number, wanted: Map<string, NewPoint>): Promise<SeriesIds> {
  if (!wanted.size) return new Map();
  const found = await prepared<{ id: number; place: number }>(
    tx,
    `select s.id, w.place
       from unnest($2::int[], $3::text[], $4::int[], $5::int[], $6::int[], $7::bool[]) with ordinality
         as w (case_id, version, metric_id, environment_id, revision_id, trend, place)
       join series s
         on s.project_id = (select $1::int) and s.case_id = w.case_id and s.metric_id = w.metric_id
        and s.environment_id = w.environment_id and s.version = w.version and s.revision_id = w.revision_id
        and s.trend = w.trend`,
    [projectId, ...columns([...wanted.values()])],
  );
  const keys = [...wanted.keys()];
  return new Map(found.map(({ id, place }) => [keys[place - 1] ?? "", id]));
}

const columns = (points: NewPoint[]) => [
  numbers(points.map(({ caseId }) => caseId)),
  texts(points.map(({ version }) => version)),
  numbers(points.map(({ metricId }) => metricId)),
  numbers(points.map(({ environmentId }) => environmentId)),
  numbers(points.map(({ revisionId }) => revisionId)),
  `{${points.map(({ trend }) => trend).join()}}`,
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
