import { z } from "zod";
import { type Exceeds, exceeds, type Overall, overallBy, summarise, type Verdict } from "@/lib/compare";
import { db, rows } from "@/lib/db/sql";
import { NotFound } from "@/lib/errors";
import { decodeCursor, encodeCursor } from "@/lib/http/paging";
import type { Actor } from "@/lib/model/actor";
import type { Json } from "@/lib/model/words";
import type { COMPARE_SORTS } from "@/lib/urls/compare";
import { type CompareGate, type CompareSummary, countOneSided, gateOf, noteOf } from "./compareGate";
import { type CompareLooks, readLooks } from "./comparePlan";
import { type CompareSide, resolveSides } from "./compareSide";
import { gatherSides, type JudgedSides, judgeSides, type Sides } from "./compareSides";
import { type CompareMetric, type CompareRow, FALSE_DISCOVERY_RATE, type OneSided, sorted } from "./compareTold";
import { type CompareWarning, pairEnvironments, planWarnings, warningsOf } from "./compareWarnings";
import { readControlIds } from "./controls";
import { type ProjectRow, readableProject } from "./project";

export type { CompareLooks } from "./comparePlan";
export type { CompareSide } from "./compareSide";
export type { CompareMetric, CompareRow, OneSided } from "./compareTold";

/** What is compared, and which of it is shown. Sides as `release:2026.11.0`. */
export type CompareAsked = {
  /** null or `base`: the merge base of the contender, where that is a pull request. */
  baseline: string | null;
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
  /** Where an experiment stands while its runs arrive; null: no side is a variant of one. */
  looks: CompareLooks | null;
  /** Share of the called rows that is expected to be false: the rate that is held, over all looks. */
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
  const { sides, paired, looks, judged } = await compareIn(project, asked);
  const { baseline, contender } = sides;
  const warnings = judged ? [...warningsOf(sides, paired), ...planWarnings(looks)] : [];
  const { rows: all, oneSided: lists, metrics } = judged ?? { rows: [], oneSided: [], metrics: [] };
  const found = sorted(all.filter(filterOf(asked)), asked.sort);
  const oneSided = lists.filter((one) => filterOf(asked)({ ...one, metric: null }) && hasMetric(one, asked.metric));
  const summary = { ...summarise(found, oneSided), ...countOneSided(oneSided) };
  const note = noteOf(baseline.told, contender.told) ?? (await controlNote(project.id, sides));
  return {
    project: { slug: project.slug, repository: project.repository, defaultBranch: project.defaultBranch },
    baseline: baseline.told,
    contender: contender.told,
    summary,
    gate: gateOf(summary, warnings, note, looks),
    warnings,
    note,
    looks,
    falseDiscoveryRate: FALSE_DISCOVERY_RATE,
    metrics,
    environments: [...new Set(all.map(({ environment }) => environment))].sort(),
    rows: found,
    oneSided,
  };
}

/** Why sides have no rows that ran in nothing but environments which the settings name as controls; null otherwise. */
async function controlNote(projectId: number, { baseline, contender }: Sides): Promise<string | null> {
  const { environmentIds } = await readControlIds(projectId);
  const controls = new Set(environmentIds);
  const runs = [...baseline.runs, ...contender.runs];
  if (controls.size === 0 || runs.some((run) => !controls.has(run.environmentId))) return null;
  const names = [...new Set(runs.map(({ environment }) => environment))].join(" and ");
  return `Nothing was compared: the settings name ${names} as a control, which tells what the machines do, not the code. Compare in another environment, or take it off the controls.`;
}

/** The sides as they were understood, and judged; `judged` null where one of them has no data. */
export type ComparedIn = {
  sides: Sides;
  paired: ReadonlyMap<number, number>;
  looks: CompareLooks | null;
  judged: (JudgedSides & { positions: ReadonlyMap<number, number> }) | null;
};

/** The comparison itself, as ids and rows: what every read of two sides starts from. Throws as `readComparison`. */
export async function compareIn(
  project: ProjectRow,
  asked: Pick<CompareAsked, "baseline" | "contender" | "environment">,
): Promise<ComparedIn> {
  if (asked.environment !== null) await requireEnvironment(project, asked.environment);
  const sides = await resolveSides(project, asked);
  const { baseline, contender } = sides;
  const paired = pairEnvironments(sides);
  const looks = await readLooks(project.id, sides, paired);
  if (baseline.runs.length === 0 || contender.runs.length === 0)
    return { sides, paired, looks: looks?.told ?? null, judged: null };
  const gathered = await gatherSides(project, sides, paired);
  const judged = { ...judgeSides(gathered, looks?.byEnvironment ?? null), positions: gathered.positions };
  return { sides, paired, looks: looks?.told ?? null, judged };
}

/** A row as the API tells it. */
export type CompareRowTold = Omit<CompareRow, "variance"> & {
  /** The probability that the change is above each threshold; null where it cannot be told. */
  exceeds: Exceeds[] | null;
};

/** How the rows of one workload moved together, over all its cases and environments, per metric. */
export type WorkloadOverall = Overall & { workload: string; metric: string };

/** A comparison in parts. */
export type CompareRead = Omit<Comparison, "rows"> & {
  total: number;
  next: string | null;
  rows: CompareRowTold[];
  /** Only where it was asked for. */
  workloads?: WorkloadOverall[];
};

export type CompareReadAsked = CompareAsked & {
  verdict: Verdict | null;
  /** Adds a mean per workload. */
  by: "workload" | null;
  limit: number;
  cursor?: string;
};

/** The same for the API: one part of the rows, of one verdict or of all in the order of a page. */
export async function readCompare(actor: Actor, slug: string, asked: CompareReadAsked): Promise<CompareRead> {
  const [offset] = decodeCursor(asked.cursor, z.tuple([z.int().min(0)])) ?? [0];
  const { rows: all, ...rest } = await readComparison(actor, slug, asked);
  const found = asked.verdict === null ? all : all.filter(({ verdict }) => verdict === asked.verdict);
  const after = offset + asked.limit;
  const next = after < found.length ? encodeCursor([after]) : null;
  return {
    ...rest,
    ...(asked.by === "workload" ? { workloads: overallByWorkload(all) } : {}),
    total: found.length,
    next,
    rows: found.slice(offset, after).map(toldRow),
  };
}

/** Without what only the page's own figures need, and with the probabilities that the page draws. */
export function toldRow({ variance, ...row }: CompareRow): CompareRowTold {
  return { ...row, exceeds: exceeds({ ...row, variance }) };
}

function overallByWorkload(all: readonly CompareRow[]): WorkloadOverall[] {
  const keyOf = ({ workload, metric }: CompareRow) => JSON.stringify([workload, metric]);
  return [...overallBy(all, keyOf)].map(([key, overall]) => {
    const [workload, metric] = JSON.parse(key) as [string, string];
    return { workload, metric, ...overall };
  });
}

/** Throws NotFound, with the names there are. */
export async function requireEnvironment(project: { id: number; slug: string }, name: string): Promise<void> {
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

/** Whether a row, or a case on one side, is among what is shown. */
export function filterOf({ metric, workload }: Pick<CompareAsked, "metric" | "workload">) {
  const wanted = workload?.toLowerCase() ?? null;
  return (one: { workload: string; params: Json; metric: string | null }) =>
    (metric === null || one.metric === null || one.metric === metric) &&
    (wanted === null || `${one.workload} ${JSON.stringify(one.params)}`.toLowerCase().includes(wanted));
}

export const hasMetric = ({ metrics }: OneSided, metric: string | null) =>
  metric === null || metrics === null || metrics.includes(metric);
