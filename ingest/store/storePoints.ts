import { affected, type Db, prepared, rows } from "@/lib/db/sql";
import { floats, ints, texts } from "./columns";
import type { WantedSeries } from "./wantedSeries";

/** The samples of one run on one series, in the metric's unit. */
export type NewPoint = {
  series: WantedSeries;
  run: { id: number; commitId: number };
  samples: readonly number[];
};

/**
 * In these statements the project stands as `(select $1::int)`, in others that join a long list too: the planner must
 * not look the number up in its statistics. They know nothing of a new project, so that it expects one row of it,
 * takes any index on the project alone, and reads all of it once per row of the list (minutes instead of a second).
 */

/** Finds the ids of those series that are known. */
export async function readSeries(tx: Db, projectId: number, wanted: readonly WantedSeries[]): Promise<void> {
  if (!wanted.length) return;
  const found = await prepared<{ id: number; place: number }>(
    tx,
    `select s.id, w.place
       from unnest($2::int[], $3::text[], $4::int[], $5::int[], $6::int[], $7::bool[]) with ordinality
         as w (case_id, version, metric_id, environment_id, revision_id, trend, place)
       join series s
         on s.project_id = (select $1::int) and s.case_id = w.case_id and s.metric_id = w.metric_id
        and s.environment_id = w.environment_id and s.version = w.version and s.revision_id = w.revision_id
        and s.trend = w.trend`,
    [projectId, ...columns(wanted)],
  );
  for (const { id, place } of found) {
    const one = wanted[place - 1];
    if (one) one.id = id;
  }
}

/** Stores points, and the series that they lack. `wanted`: all their series, after `readSeries`. */
export async function storePoints(
  tx: Db,
  projectId: number,
  points: readonly NewPoint[],
  wanted: readonly WantedSeries[],
): Promise<void> {
  if (!points.length) return;
  const missing = wanted.filter(({ id }) => id === 0);
  if (missing.length) {
    await insertSeries(tx, projectId, missing);
    await readSeries(tx, projectId, missing);
  }
  await insertPoints(tx, projectId, points);
}

/** Samples of all points travel as one list, of which each row takes its piece. */
async function insertPoints(tx: Db, projectId: number, points: readonly NewPoint[]): Promise<void> {
  const [medians, lows, highs]: [number[], number[], number[]] = [[], [], []];
  const [counts, before]: [number[], number[]] = [[], []];
  const all: number[] = [];
  for (const { samples } of points) {
    const { median, lo, hi } = spreadOf(samples);
    medians.push(median);
    lows.push(lo);
    highs.push(hi);
    counts.push(samples.length);
    before.push(all.length);
    for (const sample of samples) all.push(sample);
  }
  // In the order of the key: neighbours go to the same page of its index.
  const count = await affected(
    tx,
    `insert into points (project_id, series_id, commit_id, run_id, median, lo, hi, n, samples)
     select $1, s.id, p.commit_id, p.run_id, p.median, p.lo, p.hi, p.n, ($10::float8[])[p.before + 1 : p.before + p.n]
       from unnest($2::int[], $3::int[], $4::int[], $5::float8[], $6::float8[], $7::float8[], $8::int[], $9::int[])
         as p (series_id, commit_id, run_id, median, lo, hi, n, before)
       join series s on s.project_id = (select $1::int) and s.id = p.series_id
      order by p.series_id, p.commit_id, p.run_id`,
    [
      projectId,
      ints(points.map(({ series }) => series.id)),
      ints(points.map(({ run }) => run.commitId)),
      ints(points.map(({ run }) => run.id)),
      floats(medians),
      floats(lows),
      floats(highs),
      ints(counts),
      ints(before),
      floats(all),
    ],
  );
  // No foreign key holds this: a series that is gone by now must not take its points with it in silence.
  if (count !== points.length) throw new Error(`Of ${points.length} points ${count} found their series.`);
}

async function insertSeries(tx: Db, projectId: number, missing: readonly WantedSeries[]): Promise<void> {
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
}

const columns = (series: readonly WantedSeries[]) => [
  ints(series.map(({ caseId }) => caseId)),
  texts(series.map(({ version }) => version)),
  ints(series.map(({ metricId }) => metricId)),
  ints(series.map(({ environmentId }) => environmentId)),
  ints(series.map(({ revisionId }) => revisionId)),
  `{${series.map(({ trend }) => trend).join()}}`,
];

/** Median, least and greatest of at least one sample. The middle of two cannot overflow, nor leave their range. */
export function spreadOf(samples: readonly number[]): { median: number; lo: number; hi: number } {
  const sorted = new Float64Array(samples).sort();
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const [below, above] = [at((sorted.length - 1) >> 1), at(sorted.length >> 1)];
  const sum = below + above;
  const middle = Number.isFinite(sum) ? sum / 2 : below / 2 + above / 2;
  return { median: Math.min(Math.max(middle, below), above), lo: at(0), hi: at(sorted.length - 1) };
}
