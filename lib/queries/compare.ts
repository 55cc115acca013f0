import { z } from "zod";
import { summarise, type Verdict } from "@/lib/compare";
import { db, row, rows } from "@/lib/db/sql";
import { NotFound } from "@/lib/errors";
import { decodeCursor, encodeCursor } from "@/lib/http/paging";
import type { Actor } from "@/lib/model/actor";
import type { Json } from "@/lib/model/words";
import type { COMPARE_SORTS } from "@/lib/urls/compare";
import { type CompareGate, type CompareSummary, countOneSided, gateOf, noteOf } from "./compareGate";
import { gatherOneSided, gatherRows } from "./compareRows";
import { readHistoryRuns, readMeasured, readMishaps, readStretches } from "./compareSamples";
import { type CompareSide, type ResolvedSide, resolveSide } from "./compareSide";
import {
  byKindAndName,
  type CompareMetric,
  type CompareRow,
  compareRows,
  countFailures,
  FALSE_DISCOVERY_RATE,
  nameOneSided,
  type OneSided,
  readNames,
  sorted,
  withoutId,
} from "./compareTold";
import { type CompareWarning, pairEnvironments, warningsOf } from "./compareWarnings";
import { readableProject } from "./project";

export type { CompareSide } from "./compareSide";
export type { CompareMetric, CompareRow, OneSided } from "./compareTold";

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

/**
 * Compares two sides over all their cases. All rows are one family, whatever is filtered. Throws NotFound for a project,
 * side or environment that does not exist, Invalid for what is no side.
 */
export async function readComparison(actor: Actor, slug: string, asked: CompareAsked): Promise<Comparison> {
  const project = await readableProject(actor, slug);
  if (asked.environment !== null) await requireEnvironment(project, asked.environment);
  // One after the other: when one side is refused, no statement of the other goes on behind the answer.
  const baseline = await resolveSide(project, asked.baseline, asked.environment, "baseline");
  const contender = await resolveSide(project, asked.contender, asked.environment, "contender");
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

function filterOf({ metric, workload }: Pick<CompareAsked, "metric" | "workload">) {
  const wanted = workload?.toLowerCase() ?? null;
  return (one: { workload: string; params: Json; metric: string | null }) =>
    (metric === null || one.metric === null || one.metric === metric) &&
    (wanted === null || `${one.workload} ${JSON.stringify(one.params)}`.toLowerCase().includes(wanted));
}

const hasMetric = ({ metrics }: OneSided, metric: string | null) =>
  metric === null || metrics === null || metrics.includes(metric);
