import type { SentMetric } from "@/ingest/schema";
import { type Db, rows } from "@/lib/db/sql";
import type { Fault } from "@/lib/errors";
import { jsonPath } from "@/lib/model/jsonPath";
import {
  converter,
  defaultSmallestEffect,
  defaultUnit,
  findUnit,
  isCost,
  isNeverNegative,
  nearUnits,
  type Unit,
} from "@/lib/model/units";
import type { Better } from "@/lib/model/words";
import { type MetricRow, readMetrics } from "./readNames";

/** One metric of one result: places in the list of a body's documents, and in its document's results. */
export type MetricUse = { name: string; sent: SentMetric; document: number; result: number };

/** Where a use stands in what was sent, for faults. */
export type PlaceOf = (use: MetricUse) => { path: PropertyKey[]; valuesPath: PropertyKey[]; document?: number };

export type StoredMetrics = {
  /** Per use, in the order given: the metric's id, and the values in its unit. */
  values: { metricId: number; values: readonly number[] }[];
  faults: Fault[];
  /** A direction that was unknown is known now: what the analysis called rose or fell has a name. */
  isDirected: boolean;
};

/**
 * Metrics of a body: new ones are created as first proposed, all values are converted to the metric's unit. What
 * contradicts a metric's settings is a fault, and so is a negative time. `before`: what was read of them.
 */
export async function storeMetrics(
  tx: Db,
  projectId: number,
  uses: MetricUse[],
  before: Map<string, MetricRow>,
  placeOf: PlaceOf,
): Promise<StoredMetrics> {
  const names = [...new Set(uses.map(({ name }) => name))].sort();
  const proposals = new Map<string, Omit<MetricRow, "id">>();
  for (const use of uses) {
    const proposal = before.has(use.name) || proposals.has(use.name) ? null : propose(use);
    if (proposal) proposals.set(use.name, proposal);
  }
  await insertMetrics(
    tx,
    projectId,
    names.flatMap((name) => proposals.get(name) ?? []),
  );
  const isDirected = await directMetrics(tx, projectId, uses);
  const metrics = proposals.size || isDirected ? await readMetrics(tx, projectId, names) : before;
  const faults: Fault[] = [];
  const conversionOf = conversions(metrics);
  const refuse: Refuse = (use, where, message) => {
    const { path, valuesPath, ...place } = placeOf(use);
    const at = "value" in where ? [...valuesPath, where.value] : [...path, where.field];
    faults.push({ path: jsonPath(at), message, ...place });
  };
  const values = uses.map((use) => convert(use, conversionOf(use), refuse));
  return { values, faults, isDirected };
}

/** What a first document makes of a metric; null when its unit is none, which `convert` tells. */
function propose({ name, sent }: MetricUse): Omit<MetricRow, "id"> | null {
  const unit = findUnit(sent.unit ?? defaultUnit(name) ?? "");
  if (!unit) return null;
  const better = sent.better ?? (isCost(unit) ? "lower" : "unknown");
  return { name, unit: unit.name, better, smallestEffect: sent.smallestEffect ?? defaultSmallestEffect(name) };
}

async function insertMetrics(tx: Db, projectId: number, metrics: Omit<MetricRow, "id">[]): Promise<void> {
  if (!metrics.length) return;
  await rows(
    tx,
    `insert into metrics (project_id, name, unit, better, smallest_effect)
     select $1, wanted.name, wanted.unit, wanted.better, wanted.smallest_effect
       from unnest($2::text[], $3::text[], $4::text[], $5::float8[]) as wanted (name, unit, better, smallest_effect)
      where not exists (select from metrics m where m.project_id = $1 and m.name = wanted.name)
      order by wanted.name on conflict do nothing`,
    [
      projectId,
      metrics.map(({ name }) => name),
      metrics.map(({ unit }) => unit),
      metrics.map(({ better }) => better),
      metrics.map(({ smallestEffect }) => smallestEffect),
    ],
  );
}

/** The first document that knows a direction sets it where it was unknown. */
async function directMetrics(tx: Db, projectId: number, uses: MetricUse[]): Promise<boolean> {
  const known = new Map<string, Better>();
  for (const { name, sent } of uses)
    if (sent.better && sent.better !== "unknown" && !known.has(name)) known.set(name, sent.better);
  if (!known.size) return false;
  const names = [...known.keys()].sort();
  const directed = await rows(
    tx,
    `update metrics m set better = said.better
       from unnest($2::text[], $3::text[]) as said (name, better)
      where m.project_id = $1 and m.name = said.name and m.better = 'unknown' returning m.id`,
    [projectId, names, names.map((name) => known.get(name))],
  );
  return directed.length > 0;
}

type Conversion = {
  metric: MetricRow | undefined;
  unit: Unit | null;
  target: Unit | null;
  change: ((value: number) => number) | null;
};

/** Notes a fault of a use: of one of its fields, or of its value with this index. */
type Refuse = (use: MetricUse, where: { field: string } | { value: number }, message: string) => void;

/** Finds the conversion of each metric and unit as sent once for all its uses. */
function conversions(metrics: ReadonlyMap<string, MetricRow>): (use: MetricUse) => Conversion {
  const found = new Map<string, Map<string | undefined, Conversion>>();
  return ({ name, sent }) => {
    const ofMetric = found.get(name) ?? new Map<string | undefined, Conversion>();
    const known = ofMetric.get(sent.unit);
    if (known) return known;
    const metric = metrics.get(name);
    const unit = sent.unit === undefined ? assumedUnit(name, metric) : findUnit(sent.unit);
    const target = metric ? findUnit(metric.unit) : null;
    const conversion = { metric, unit, target, change: unit && target && converter(unit, target) };
    found.set(name, ofMetric.set(sent.unit, conversion));
    return conversion;
  };
}

function convert(
  use: MetricUse,
  { metric, unit, target, change }: Conversion,
  refuse: Refuse,
): { metricId: number; values: readonly number[] } {
  const { sent, name } = use;
  if (!metric || !unit || !target || !change) {
    const kept = metric ? `The metric '${name}' is kept in ${metric.unit ? `'${metric.unit}'` : "no unit"}` : "";
    const near = nearUnits(sent.unit ?? "").map((one) => `'${one}'`);
    refuse(
      use,
      { field: "unit" },
      unit && metric
        ? `${kept}, '${unit.name}' measures something else. Send a unit of the same kind, use another metric, or change the unit in the settings of the metric '${name}'.`
        : `There is no unit '${sent.unit}'. ${kept ? `${kept}. ` : ""}Near: ${near.join(", ")}.`,
    );
    return { metricId: 0, values: [] };
  }
  refuseSettings(use, metric, refuse);
  const values = unit === target ? sent.values : sent.values.map(change);
  const isCostly = isNeverNegative(target);
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (value < 0 && isCostly) refuse(use, { value: index }, "Is negative: no time or memory is.");
    else if (!Number.isFinite(value)) refuse(use, { value: index }, `Is too large in '${target.name}'.`);
  }
  return { metricId: metric.id, values };
}

/** A list without a unit is in the default unit of such a name, or else in the metric's own. */
function assumedUnit(name: string, metric: MetricRow | undefined): Unit | null {
  const usual = findUnit(defaultUnit(name) ?? "");
  const own = metric ? findUnit(metric.unit) : usual;
  return usual && own && defaultUnit(name) !== null && usual.dimension === own.dimension ? usual : own;
}

function refuseSettings(use: MetricUse, metric: MetricRow, refuse: Refuse): void {
  const { sent, name } = use;
  const way = `Send the same, leave it out, or change it in the settings of the metric '${name}'.`;
  if (sent.better && sent.better !== "unknown" && sent.better !== metric.better)
    refuse(use, { field: "better" }, `The setting 'better' of the metric '${name}' is '${metric.better}'. ${way}`);
  if (sent.smallestEffect !== undefined && sent.smallestEffect !== metric.smallestEffect)
    refuse(
      use,
      { field: "smallestEffect" },
      `The setting 'smallestEffect' of '${name}' is ${metric.smallestEffect}. ${way}`,
    );
}
