import type { RunDocument } from "@/ingest/schema";
import { invalid } from "@/ingest/schema/parseBody";
import { type Db, prepared } from "@/lib/db/sql";
import type { Fault } from "@/lib/errors";
import { canonicalJson, hashText } from "@/lib/model/canonicalJson";
import { jsonPath } from "@/lib/model/jsonPath";
import type { Json } from "@/lib/model/words";
import { ints, jsonLines, texts } from "./columns";
import { storeCases, storeWorkloads } from "./names";
import { caseKey, type FoundWorkload, type MetricRow, type SentCase } from "./readNames";
import { type MetricUse, type PlaceOf, type StoredMetrics, storeMetrics } from "./storeMetrics";
import { type NewPoint, readSeries, storePoints } from "./storePoints";
import { SeriesOfPoints } from "./wantedSeries";

/** A run with the ids of all that it refers to. */
export type NewRun = {
  id: number;
  document: RunDocument;
  commitId: number;
  branchId: number | null;
  environmentId: number;
  revisionId: number;
};

type Incoming = { document: RunDocument; sent: Json; index?: number };

/** Ids of series that got points: `trend` of those that feed trends. */
type TouchedSeries = { all: number[]; trend: number[] };

/** The cases of each document's results; `distinct` of all. */
export function sentCases(documents: RunDocument[]): { of: SentCase[][]; distinct: SentCase[] } {
  const hashes = new Map<string, string>();
  const distinct = new Map<string, SentCase>();
  const caseOf = ({ workload, params = {} }: RunDocument["results"][number]): SentCase => {
    const canonical = canonicalJson(params);
    const key = `${canonical}/${workload}`;
    const known = distinct.get(key);
    if (known) return known;
    const paramsHash = hashes.get(canonical) ?? hashText(canonical);
    hashes.set(canonical, paramsHash);
    const one = { workload, params: canonical, paramsHash };
    distinct.set(key, one);
    return one;
  };
  const of = documents.map(({ results }) => results.map(caseOf));
  return { of, distinct: [...distinct.values()] };
}

/** What was read of the names in a body's results (./readNames.ts). */
export type KnownNames = {
  metrics: Map<string, MetricRow>;
  workloads: Map<string, FoundWorkload>;
  cases: Map<string, number>;
};

/**
 * Creates what the results of a body name and `known` lacks, and converts its values; throws Invalid with every fault.
 * `store` then stores the results of the body's runs, in the same order, and gives the series that got points.
 */
export async function prepareResults(
  tx: Db,
  projectId: number,
  incoming: Incoming[],
  sent: ReturnType<typeof sentCases>,
  known: KnownNames,
) {
  const uses = incoming.flatMap(metricUses);
  const metrics = await storeMetrics(tx, projectId, uses, known.metrics, places(incoming));
  if (metrics.faults.length) throw invalid(metrics.faults);
  const names = sent.distinct.map(({ workload }) => workload);
  const workloads = await storeWorkloads(tx, projectId, names, known.workloads);
  const idOf = ({ workload }: SentCase) => workloads.get(workload)?.id ?? 0;
  const wanted = sent.distinct.map((one) => ({ ...one, workloadId: idOf(one) }));
  const cases = await storeCases(tx, projectId, wanted, known.cases);
  const caseIds = sent.of.map((list) => list.map((one) => cases.get(caseKey(idOf(one), one.paramsHash)) ?? 0));
  refuseTwins(incoming, caseIds);
  const store = async (runs: NewRun[]): Promise<TouchedSeries> => {
    const { points, series } = pointsOf(runs, caseIds, uses, metrics.values);
    await Promise.all([readSeries(tx, projectId, series), insertResults(tx, projectId, runs, caseIds, workloads)]);
    await storePoints(tx, projectId, points, series);
    return { all: series.map(({ id }) => id), trend: series.filter(({ trend }) => trend).map(({ id }) => id) };
  };
  return { isDirected: metrics.isDirected, store };
}

function metricUses({ document: { results } }: Incoming, document: number): MetricUse[] {
  const uses: MetricUse[] = [];
  for (const [result, { metrics = {} }] of results.entries())
    for (const name in metrics) {
      const sent = metrics[name];
      if (sent) uses.push({ name, sent, document, result });
    }
  return uses;
}

const places =
  (incoming: Incoming[]): PlaceOf =>
  ({ document, result, name }) => {
    const { sent = null, index } = incoming[document] ?? {};
    const path = ["results", result, "metrics", name];
    const asSent = path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown>)[part], sent);
    return {
      path,
      valuesPath: Array.isArray(asSent) ? path : [...path, "values"],
      ...(index === undefined ? {} : { document: index }),
    };
  };

/** The points of all runs, and their series. */
function pointsOf(
  runs: NewRun[],
  caseIds: number[][],
  uses: MetricUse[],
  values: StoredMetrics["values"],
): { points: NewPoint[]; series: SeriesOfPoints["all"] } {
  const series = new SeriesOfPoints();
  const seriesOf = runs.map(({ document, environmentId, revisionId }, at) =>
    document.results.map(({ version = "", control }, result) => {
      // Experiments and controls are seen in compare and on run pages; no trend or noise estimate reads them.
      const trend = document.run.experiment === undefined && !control;
      return series.ofResult({ caseId: caseIds[at]?.[result] ?? 0, version, environmentId, revisionId, trend });
    }),
  );
  const points: NewPoint[] = [];
  for (let index = 0; index < uses.length; index++) {
    const { document, result } = uses[index] ?? { document: 0, result: 0 };
    const [run, found, one] = [runs[document], values[index], seriesOf[document]?.[result]];
    if (run && found && one) points.push({ series: one(found.metricId), run, samples: found.values });
  }
  return { points, series: series.all };
}

/** Two names of one workload in one document are the same workload twice. */
function refuseTwins(incoming: Incoming[], caseIds: number[][]): void {
  const faults: Fault[] = [];
  for (const [at, { document, index }] of incoming.entries()) {
    const seen = new Map<string, number>();
    for (const [result, { version = "", workload }] of document.results.entries()) {
      const key = `${caseIds[at]?.[result]}/${version}`;
      const first = seen.get(key);
      const message = `'${workload}' is another name of the workload of $.results[${first}]. Send it once.`;
      if (first === undefined) seen.set(key, result);
      else
        faults.push({
          path: jsonPath(["results", result]),
          message,
          ...(index === undefined ? {} : { document: index }),
        });
    }
  }
  if (faults.length) throw invalid(faults);
}

async function insertResults(
  tx: Db,
  projectId: number,
  runs: NewRun[],
  caseIds: number[][],
  workloads: ReadonlyMap<string, FoundWorkload>,
): Promise<void> {
  const all = runs.flatMap(({ id: runId, document }, at) =>
    document.results.map((result, index) => {
      const name = workloads.get(result.workload)?.name;
      const sentName = name === result.workload ? null : result.workload;
      return { result, runId, caseId: caseIds[at]?.[index] ?? 0, sentName };
    }),
  );
  await prepared(
    tx,
    `insert into results (project_id, run_id, case_id, version, sent_name, outcome, error, failed_repeats, control,
                          started_at, finished_at, links, units)
     select $1, r.run_id, r.case_id, coalesce(r.version, ''), r.sent_name, r.outcome, r.error,
            coalesce(r.failed_repeats, 0), coalesce(r.control, false), r.started_at, r.finished_at, r.links::jsonb, r.units::jsonb
       from unnest($2::int[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[], $9::bool[],
                   $10::timestamptz[], $11::timestamptz[], string_to_array($12, e'\n', ''),
                   string_to_array($13, e'\n', ''))
         as r (run_id, case_id, version, sent_name, outcome, error, failed_repeats, control, started_at, finished_at,
               links, units)`,
    [
      projectId,
      ints(all.map(({ runId }) => runId)),
      ints(all.map(({ caseId }) => caseId)),
      texts(all.map(({ result }) => result.version ?? null)),
      texts(all.map(({ sentName }) => sentName)),
      texts(all.map(({ result }) => result.outcome)),
      texts(all.map(({ result }) => result.error ?? null)),
      texts(all.map(({ result: { failedRepeats } }) => (failedRepeats ? `${failedRepeats}` : null))),
      texts(all.map(({ result: { control } }) => (control ? "true" : null))),
      texts(all.map(({ result }) => result.startedAt ?? null)),
      texts(all.map(({ result }) => result.finishedAt ?? null)),
      jsonLines(all.map(({ result }) => result.links)),
      jsonLines(all.map(({ result }) => unitsOf(result))),
    ],
  );
}

/** The units as sent, by metric; for the run page. */
function unitsOf({ metrics = {} }: RunDocument["results"][number]): { [metric: string]: string } | undefined {
  let units: { [metric: string]: string } | undefined;
  for (const [name, { unit }] of Object.entries(metrics)) {
    if (unit === undefined) continue;
    units ??= {};
    units[name] = unit;
  }
  return units;
}
