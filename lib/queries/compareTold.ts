import type { ComparedRow, FamilyRow, LookAt, Side, Verdict } from "@/lib/compare";
import { db, rows } from "@/lib/db/sql";
import type { Better, Json } from "@/lib/model/words";
import { type COMPARE_SORTS, VERDICT_ORDER } from "@/lib/urls/compare";
import type { GatheredOneSided, GatheredRow, OneSidedKind, RowSide } from "./compareRows";
import type { Mishap } from "./compareSamples";
import type { ResolvedSide } from "./compareSide";

/** A row's side: its value is the geometric mean of its runs. */
export type CompareRowSide = Side & {
  /** Runs in which the case failed, beside those that have a value. */
  failed: number;
};

/** A compared row; values and difference in `unit`. */
export type CompareRow = Omit<ComparedRow, "params" | "environment" | "baseline" | "contender"> & {
  workload: string;
  workloadNumber: number;
  params: Json;
  version: string;
  environment: string;
  unit: string;
  baseline: CompareRowSide;
  contender: CompareRowSide;
};

/** A case (or some metrics of it) that has values on one side only, or failed. It counts as neither good nor unchanged. */
export type OneSided = {
  kind: OneSidedKind;
  workload: string;
  workloadNumber: number;
  params: Json;
  version: string;
  otherVersion: string | null;
  environment: string;
  /** Only these metrics are on one side; null: the whole case. */
  metrics: string[] | null;
  /** Metrics that lack a pair by it: those that one side has. Empty where it has none on either side. */
  leftOut: string[];
  error: string | null;
};

export type CompareMetric = {
  name: string;
  displayName: string | null;
  unit: string;
  better: Better;
  smallestEffect: number;
};

/** False calls among all calls that a comparison admits. */
export const FALSE_DISCOVERY_RATE = 0.05;

type MetricRow = CompareMetric & { id: number };
export type Names = {
  cases: Map<number, { workload: string; workloadNumber: number; params: Json }>;
  metrics: Map<number, MetricRow>;
  environments: Map<number, string>;
};

/** What ids are called. */
export async function readNames(projectId: number, all: readonly { caseId: number }[]): Promise<Names> {
  const [cases, metrics, environments] = await Promise.all([
    rows<{ id: number; workload: string; workloadNumber: number; params: Json }>(
      db(),
      `SELECT k.id, w.name AS workload, w.number AS "workloadNumber", k.params
       FROM cases k JOIN workloads w ON w.project_id = $1 AND w.id = k.workload_id
       WHERE k.project_id = $1 AND k.id = ANY($2::int[])`,
      [projectId, [...new Set(all.map((one) => one.caseId))]],
    ),
    rows<MetricRow>(
      db(),
      `SELECT id, name, display_name AS "displayName", unit, better, smallest_effect AS "smallestEffect"
       FROM metrics WHERE project_id = $1 ORDER BY name <> 'duration', id`,
      [projectId],
    ),
    rows<{ id: number; name: string }>(db(), "SELECT id, name FROM environments WHERE project_id = $1", [projectId]),
  ]);
  return {
    cases: new Map(cases.map(({ id, ...rest }) => [id, rest])),
    metrics: new Map(metrics.map((metric) => [metric.id, metric])),
    environments: new Map(environments.map(({ id, name }) => [id, name])),
  };
}

/** A metric as it is told. */
export const withoutId = ({ id: _, ...metric }: MetricRow): CompareMetric => metric;

export type Failures = Record<"baseline" | "contender", Map<string, number>>;

const caseKey = (one: { caseId: number; version: string; environmentId: number }) =>
  `${one.caseId} ${one.environmentId} ${one.version}`;

/** In how many runs of a side each case failed. */
export function countFailures(
  mishaps: readonly Mishap[],
  sides: Record<"baseline" | "contender", ResolvedSide>,
  paired: ReadonlyMap<number, number>,
): Failures {
  const count = (side: ResolvedSide) => {
    const runs = new Map(side.runs.map((run) => [run.id, run.environmentId]));
    const counts = new Map<string, number>();
    for (const mishap of mishaps) {
      const environmentId = runs.get(mishap.runId);
      if (environmentId === undefined || mishap.outcome !== "failed") continue;
      const key = caseKey({ ...mishap, environmentId: paired.get(environmentId) ?? environmentId });
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  };
  return { baseline: count(sides.baseline), contender: count(sides.contender) };
}

/** Gathered rows as `lib/compare` takes them. `looks`: where each environment of a planned comparison stands. */
export function familyRows(
  gathered: readonly GatheredRow[],
  names: Names,
  { looks, sides }: { looks: ReadonlyMap<number, LookAt> | null; sides?: string },
): FamilyRow[] {
  return gathered.map((one) => {
    const metric = names.metrics.get(one.metricId) as MetricRow;
    const look = looks?.get(one.environmentId);
    return {
      workload: names.cases.get(one.caseId)?.workload ?? "",
      metric: metric.name,
      environment: names.environments.get(one.environmentId) ?? "",
      better: metric.better,
      smallestEffect: metric.smallestEffect,
      baseline: one.baseline?.runs ?? [],
      contender: one.contender?.runs ?? [],
      historyMedians: one.history,
      ...(one.days ? { days: one.days } : {}),
      ...(sides === undefined ? {} : { sides }),
      ...(look === undefined ? {} : { look }),
    };
  });
}

/** Compared rows, in the order of `gathered`, by their names. */
export function nameRows(
  gathered: readonly GatheredRow[],
  compared: readonly ComparedRow[],
  names: Names,
  failures: Failures,
): CompareRow[] {
  return gathered.map((one, i) => {
    const row = compared[i] as ComparedRow;
    const found = names.cases.get(one.caseId);
    // Written out field by field: copying whole rows costs several times as much, which ten thousand of them feel.
    return {
      workload: found?.workload ?? "",
      workloadNumber: found?.workloadNumber ?? 0,
      params: found?.params ?? {},
      version: one.version,
      metric: row.metric,
      environment: names.environments.get(one.environmentId) ?? "",
      unit: names.metrics.get(one.metricId)?.unit ?? "",
      verdict: row.verdict,
      change: row.change,
      difference: row.difference,
      interval: row.interval,
      p: row.p,
      q: row.q,
      unchangedQ: row.unchangedQ,
      needsRuns: row.needsRuns,
      small: row.small,
      open: row.open,
      exact: row.exact,
      noise: row.noise,
      df: row.df,
      quiet: row.quiet,
      detectable: row.detectable,
      variance: row.variance,
      baseline: sideTold(one, "baseline", row.baseline, failures),
      contender: sideTold(one, "contender", row.contender, failures),
    };
  });
}

function sideTold(
  one: GatheredRow,
  which: "baseline" | "contender",
  { value, runs }: Side,
  failures: Failures,
): CompareRowSide {
  const failed = failures[which].size === 0 ? 0 : (failures[which].get(caseKey(one)) ?? 0);
  return { value, runs, samples: samplesOf(one[which]), failed };
}

const samplesOf = (side: RowSide | null) => (side?.counts ?? []).reduce((sum, count) => sum + count, 0);

/** The same with names instead of ids. */
export function nameOneSided(one: GatheredOneSided, names: Names): OneSided {
  const found = names.cases.get(one.caseId);
  return {
    kind: one.kind,
    workload: found?.workload ?? "",
    workloadNumber: found?.workloadNumber ?? 0,
    params: found?.params ?? {},
    version: one.version,
    otherVersion: one.otherVersion,
    environment: names.environments.get(one.environmentId) ?? "",
    metrics: one.metricIds?.map((id) => names.metrics.get(id)?.name ?? "") ?? null,
    leftOut: one.presentIds.map((id) => names.metrics.get(id)?.name ?? ""),
    error: one.error,
  };
}

const KINDS = ["failed", "missing", "skipped", "version", "new"] as const satisfies readonly OneSidedKind[];

/** Failed and missing first. */
export const byKindAndName = (a: OneSided, b: OneSided) =>
  KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || compareText(a.workload, b.workload);

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Groups in their order; within one: the larger change first, or the name. Rows without a ratio go by their sign alone. */
export function sorted(all: CompareRow[], by: (typeof COMPARE_SORTS)[number]): CompareRow[] {
  const place = new Map<Verdict, number>(VERDICT_ORDER.map((verdict, i) => [verdict, i]));
  const sizeOf = ({ change, difference, noise }: CompareRow): number => {
    const size =
      change === null ? Number.POSITIVE_INFINITY * Math.abs(Math.sign(difference ?? 0)) : Math.abs(Math.log1p(change));
    const known = Number.isNaN(size) ? 0 : size;
    return by === "noise" ? known / (noise || Number.MIN_VALUE) : known;
  };
  const keyed = all.map((row) => ({
    row,
    place: place.get(row.verdict) ?? 0,
    size: by === "name" ? 0 : sizeOf(row),
  }));
  keyed.sort(
    (a, b) =>
      a.place - b.place ||
      (a.size === b.size ? 0 : b.size - a.size) ||
      compareText(a.row.workload, b.row.workload) ||
      compareText(a.row.metric, b.row.metric) ||
      compareText(a.row.environment, b.row.environment),
  );
  return keyed.map(({ row }) => row);
}
