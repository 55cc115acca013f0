import { z } from "zod";
import { type ComparedRow, compareFamily, type Side, type Summary, summarise, type Verdict } from "@/lib/compare";
import { db, row, rows } from "@/lib/db/sql";
import { NotFound } from "@/lib/errors";
import { decodeCursor, encodeCursor } from "@/lib/http/paging";
import type { Actor } from "@/lib/model/actor";
import type { Better, Json } from "@/lib/model/words";
import { type COMPARE_SORTS, VERDICT_ORDER } from "@/lib/urls/compare";
import {
  type GatheredOneSided,
  type GatheredRow,
  gatherOneSided,
  gatherRows,
  type OneSidedKind,
  type RowSide,
} from "./compareRows";
import { type Mishap, readHistoryRuns, readMeasured, readMishaps, readStretches } from "./compareSamples";
import { type CompareSide, type ResolvedSide, resolveSide } from "./compareSide";
import { type CompareWarning, pairEnvironments, warningsOf } from "./compareWarnings";
import { readableProject } from "./project";

export type { CompareSide, NearestCommit } from "./compareSide";
export type { CompareWarning } from "./compareWarnings";

/** What is compared, and which of it is shown. Sides as `release:2026.11.0`. */
export type CompareAsked = {
  baseline: string;
  contender: string;
  /** Limits the comparison itself. */
  environment: string | null;
  /** Filters of rows; verdicts stay what they are over all rows. workload: a part of the name. */
  metric: string | null;
  workload: string | null;
  sort: (typeof COMPARE_SORTS)[number];
};

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
  error: string | null;
};

export type CompareMetric = {
  name: string;
  displayName: string | null;
  unit: string;
  better: Better;
  smallestEffect: number;
};

/** What a script may rely on. */
export type CompareGate = { answer: "pass" | "fail" | "cannot tell"; reasons: string[] };

export type CompareSummary = Summary & Record<"missing" | "failed" | "skipped" | "new" | "version", number>;

export type Comparison = {
  project: { slug: string; repository: string | null; defaultBranch: string };
  baseline: CompareSide;
  contender: CompareSide;
  /** Over the rows that pass the filters. */
  summary: CompareSummary;
  gate: CompareGate;
  warnings: CompareWarning[];
  /** Why nothing was compared; null when something was. */
  note: string | null;
  /** Share of the called rows that is expected to be false: the rate that is held. */
  falseDiscoveryRate: number;
  metrics: CompareMetric[];
  environments: string[];
  rows: CompareRow[];
  oneSided: OneSided[];
};

const FALSE_DISCOVERY_RATE = 0.05;

/**
 * Compares two sides over all their cases. All rows are one family, whatever is filtered. Throws NotFound for a project,
 * side or environment that does not exist, Invalid for what is no side.
 */
export async function readComparison(actor: Actor, slug: string, asked: CompareAsked): Promise<Comparison> {
  const project = await readableProject(actor, slug);
  if (asked.environment !== null) await requireEnvironment(project, asked.environment);
  const [baseline, contender] = await Promise.all([
    resolveSide(project, asked.baseline, asked.environment, "baseline"),
    resolveSide(project, asked.contender, asked.environment, "contender"),
  ]);
  const paired = pairEnvironments({ baseline, contender });
  const hasData = baseline.runs.length > 0 && contender.runs.length > 0;
  const warnings = hasData ? warningsOf({ baseline, contender }, paired) : [];
  const {
    rows: all,
    oneSided: lists,
    metrics,
  } = hasData ? await compareSides(project, { baseline, contender }, paired) : { rows: [], oneSided: [], metrics: [] };
  const found = sorted(all.filter(filterOf(asked)), asked.sort);
  const oneSided = lists.filter((one) => filterOf(asked)({ ...one, metric: null }) && hasMetric(one, asked.metric));
  const summary = { ...summarise(found), ...countOneSided(oneSided) };
  const note = noteOf(baseline.told, contender.told);
  return {
    project: { slug: project.slug, repository: project.repository, defaultBranch: project.defaultBranch },
    baseline: baseline.told,
    contender: contender.told,
    summary,
    gate: gateOf(summary, warnings, note),
    warnings,
    note,
    falseDiscoveryRate: FALSE_DISCOVERY_RATE,
    metrics,
    environments: [...new Set(all.map(({ environment }) => environment))].sort(),
    rows: found,
    oneSided,
  };
}

/** A comparison in parts. */
export type CompareRead = Omit<Comparison, "rows"> & {
  total: number;
  next: string | null;
  rows: Omit<CompareRow, "variance">[];
};

/** The same for the API: one part of the rows, of one verdict or of all in the order of a page. */
export async function readCompare(
  actor: Actor,
  slug: string,
  asked: CompareAsked & { verdict: Verdict | null; limit: number; cursor?: string },
): Promise<CompareRead> {
  const [offset] = decodeCursor(asked.cursor, z.tuple([z.int().min(0)])) ?? [0];
  const { rows: all, ...rest } = await readComparison(actor, slug, asked);
  const found = asked.verdict === null ? all : all.filter(({ verdict }) => verdict === asked.verdict);
  const after = offset + asked.limit;
  const next = after < found.length ? encodeCursor([after]) : null;
  return {
    ...rest,
    total: found.length,
    next,
    rows: found.slice(offset, after).map(({ variance: _, ...told }) => told),
  };
}

async function requireEnvironment(project: { id: number; slug: string }, name: string): Promise<void> {
  const found = await rows<{ name: string }>(
    db(),
    "SELECT name FROM environments WHERE project_id = $1 ORDER BY name",
    [project.id],
  );
  if (found.some((one) => one.name === name)) return;
  throw new NotFound(
    `There is no environment ${name} in ${project.slug}. There are: ${found.map((one) => one.name).join(", ") || "none"}.`,
  );
}

type Sides = { baseline: ResolvedSide; contender: ResolvedSide };

async function compareSides(
  project: { id: number; defaultBranch: string },
  sides: Sides,
  paired: ReadonlyMap<number, number>,
): Promise<Pick<Comparison, "rows" | "oneSided" | "metrics">> {
  const runs = [...sides.baseline.runs, ...sides.contender.runs];
  const mishapsRead = readMishaps(project.id, runs);
  const past = await readPast(project, sides);
  const [measured, mishaps] = await Promise.all([readMeasured(project.id, runs, past.history), mishapsRead]);
  const gathered = gatherRows({ ...sides, ...past, paired, measured });
  const oneSided = gatherOneSided(gathered, { ...sides, paired }, mishaps).filter(isShared(sides, paired));
  const both = gathered.filter((one) => one.baseline && one.contender);
  const names = await readNames(project.id, [...both, ...oneSided]);
  const failures = countFailures(mishaps, sides, paired);
  return {
    rows: compareRows(both, names, failures),
    oneSided: oneSided.map((one) => nameOneSided(one, names)).sort(byKindAndName),
    metrics: [...names.metrics.values()].filter(({ id }) => both.some((one) => one.metricId === id)).map(withoutId),
  };
}

/** History, segments and places on the default branch; nothing of it where the project has no such branch yet. */
async function readPast(project: { id: number; defaultBranch: string }, { baseline, contender }: Sides) {
  const none = { history: [], stretches: new Map(), positions: new Map() };
  const branch = await row<{ id: number }>(db(), "SELECT id FROM branches WHERE project_id = $1 AND name = $2", [
    project.id,
    project.defaultBranch,
  ]);
  if (!branch) return none;
  const runs = [...baseline.runs, ...contender.runs];
  const history = await readHistoryRuns(project.id, branch.id, runs);
  const branchRuns = [baseline, contender].flatMap((side) => (side.isBranch ? side.runs : []));
  const positions = await readPositions(
    project.id,
    branch.id,
    branchRuns.map((run) => run.commitId),
  );
  const oldest = Math.min(...history.map(({ position }) => position), ...positions.values());
  if (!Number.isFinite(oldest)) return none;
  const environments = [...new Set(runs.map((run) => run.environmentId))];
  return { history, positions, stretches: await readStretches(project.id, branch.id, environments, oldest) };
}

async function readPositions(projectId: number, branchId: number, commits: readonly number[]) {
  if (commits.length === 0) return new Map<number, number>();
  const found = await rows<{ id: number; position: number }>(
    db(),
    `SELECT commit_id AS id, position FROM branch_commits
     WHERE project_id = $1 AND branch_id = $2 AND commit_id = ANY($3::int[]) AND position IS NOT NULL`,
    [projectId, branchId, commits],
  );
  return new Map(found.map(({ id, position }) => [id, position]));
}

/** In an environment that both sides have; the others are told in one warning, not case by case. */
function isShared({ baseline, contender }: Sides, paired: ReadonlyMap<number, number>) {
  const from = new Set(baseline.runs.map((run) => paired.get(run.environmentId) ?? run.environmentId));
  const to = new Set(contender.runs.map((run) => run.environmentId));
  return ({ environmentId }: { environmentId: number }) => from.has(environmentId) && to.has(environmentId);
}

type MetricRow = CompareMetric & { id: number };
type Names = {
  cases: Map<number, { workload: string; workloadNumber: number; params: Json }>;
  metrics: Map<number, MetricRow>;
  environments: Map<number, string>;
};

async function readNames(projectId: number, all: readonly { caseId: number }[]): Promise<Names> {
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

const withoutId = ({ id: _, ...metric }: MetricRow): CompareMetric => metric;

type Failures = Record<"baseline" | "contender", Map<string, number>>;

const caseKey = (one: { caseId: number; version: string; environmentId: number }) =>
  `${one.caseId} ${one.environmentId} ${one.version}`;

function countFailures(mishaps: readonly Mishap[], sides: Sides, paired: ReadonlyMap<number, number>): Failures {
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

function compareRows(gathered: readonly GatheredRow[], names: Names, failures: Failures): CompareRow[] {
  const compared = compareFamily(
    gathered.map((one) => {
      const metric = names.metrics.get(one.metricId) as MetricRow;
      return {
        workload: names.cases.get(one.caseId)?.workload ?? "",
        metric: metric.name,
        environment: names.environments.get(one.environmentId) ?? "",
        better: metric.better,
        smallestEffect: metric.smallestEffect,
        baseline: one.baseline?.runs ?? [],
        contender: one.contender?.runs ?? [],
        history: one.history,
      };
    }),
    { falseDiscoveryRate: FALSE_DISCOVERY_RATE },
  );
  return gathered.map((one, i) => {
    const { baseline, contender, ...rest } = compared[i] as ComparedRow;
    const found = names.cases.get(one.caseId);
    const side = (which: "baseline" | "contender", told: Side): CompareRowSide => ({
      ...told,
      samples: samplesOf(one[which]),
      failed: failures[which].get(caseKey(one)) ?? 0,
    });
    return {
      ...rest,
      workload: found?.workload ?? "",
      workloadNumber: found?.workloadNumber ?? 0,
      params: found?.params ?? {},
      version: one.version,
      environment: names.environments.get(one.environmentId) ?? "",
      unit: names.metrics.get(one.metricId)?.unit ?? "",
      baseline: side("baseline", baseline),
      contender: side("contender", contender),
    };
  });
}

const samplesOf = (side: RowSide | null) => (side?.counts ?? []).reduce((sum, count) => sum + count, 0);

function nameOneSided(one: GatheredOneSided, names: Names): OneSided {
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
    error: one.error,
  };
}

const KINDS = ["failed", "missing", "skipped", "version", "new"] as const satisfies readonly OneSidedKind[];

const byKindAndName = (a: OneSided, b: OneSided) =>
  KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || compareText(a.workload, b.workload);

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function countOneSided(all: readonly OneSided[]): Record<OneSidedKind, number> {
  const counts = { missing: 0, failed: 0, skipped: 0, new: 0, version: 0 };
  for (const { kind } of all) counts[kind]++;
  return counts;
}

function filterOf({ metric, workload }: Pick<CompareAsked, "metric" | "workload">) {
  const wanted = workload?.toLowerCase() ?? null;
  return (one: { workload: string; params: Json; metric: string | null }) =>
    (metric === null || one.metric === null || one.metric === metric) &&
    (wanted === null || `${one.workload} ${JSON.stringify(one.params)}`.toLowerCase().includes(wanted));
}

const hasMetric = ({ metrics }: OneSided, metric: string | null) =>
  metric === null || metrics === null || metrics.includes(metric);

/** Groups in their order; within one: the larger change first, or the name. Rows without a ratio go by their sign alone. */
function sorted(all: CompareRow[], by: CompareAsked["sort"]): CompareRow[] {
  const place = new Map<Verdict, number>(VERDICT_ORDER.map((verdict, i) => [verdict, i]));
  const sizeOf = ({ change, difference, noise }: CompareRow): number => {
    const size =
      change === null ? Number.POSITIVE_INFINITY * Math.abs(Math.sign(difference ?? 0)) : Math.abs(Math.log1p(change));
    const known = Number.isNaN(size) ? 0 : size;
    return by === "noise" ? known / (noise || Number.MIN_VALUE) : known;
  };
  const sizes = new Map(all.map((one) => [one, by === "name" ? 0 : sizeOf(one)]));
  return all.toSorted((a, b) => {
    const [x, y] = [sizes.get(a) ?? 0, sizes.get(b) ?? 0];
    return (
      (place.get(a.verdict) ?? 0) - (place.get(b.verdict) ?? 0) ||
      (x === y ? 0 : y - x) ||
      compareText(a.workload, b.workload) ||
      compareText(a.metric, b.metric) ||
      compareText(a.environment, b.environment)
    );
  });
}

function noteOf(baseline: CompareSide, contender: CompareSide): string | null {
  const empty = [
    ["baseline", baseline],
    ["contender", contender],
  ] as const;
  const told = empty.flatMap(([which, side]) => {
    if (side.runs > 0) return [];
    const { nearest } = side;
    const near = nearest
      ? ` The nearest measured commit is ${nearest.sha.slice(0, 7)}, ${nearest.distance} commit${nearest.distance === 1 ? "" : "s"} ${nearest.where} it.`
      : "";
    return [`The ${which} ${side.label} has no data. ${side.note ?? ""}${near}`.trim()];
  });
  return told.length > 0 ? `${told.join(" ")} Nothing was compared, and nothing was put in its place.` : null;
}

/** fail: a regression. cannot tell: no data, something missing or failed, or sides that are not alike. */
function gateOf(summary: CompareSummary, warnings: readonly CompareWarning[], note: string | null): CompareGate {
  const doubts = [
    ...(note === null ? [] : [note]),
    ...warnings.filter(({ blocksGate }) => blocksGate).map(({ text }) => text),
    ...(summary.failed > 0 ? [`${summary.failed} failed.`] : []),
    ...(summary.missing > 0 ? [`${summary.missing} missing on the contender.`] : []),
    ...(summary.total === 0 && note === null ? ["No row is measured on both sides."] : []),
  ];
  const isAlike = !warnings.some(({ blocksGate }) => blocksGate);
  if (summary.regressions > 0 && isAlike) {
    const count = `${summary.regressions} regression${summary.regressions === 1 ? "" : "s"}.`;
    return { answer: "fail", reasons: [count, ...doubts] };
  }
  return doubts.length > 0 ? { answer: "cannot tell", reasons: doubts } : { answer: "pass", reasons: [] };
}
