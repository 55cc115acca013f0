import { z } from "zod";
import { type FamilyRow, type LookAt, summarise } from "@/lib/compare";
import { NotFound } from "@/lib/errors";
import { decodeCursor, encodeCursor } from "@/lib/http/paging";
import type { Actor } from "@/lib/model/actor";
import type { Json } from "@/lib/model/words";
import type { COMPARE_SORTS } from "@/lib/urls/compare";
import { type CompareRowTold, type CompareSide, filterOf, hasMetric, requireEnvironment, toldRow } from "./compare";
import { type CompareGate, type CompareSummary, countOneSided, gateOf, noteOf } from "./compareGate";
import { type CompareLooks, readLooks } from "./comparePlan";
import { resolveSide } from "./compareSide";
import { type GatheredSides, gatherSides, judge, type Sides } from "./compareSides";
import {
  type CompareMetric,
  type CompareRow,
  type CompareRowSide,
  FALSE_DISCOVERY_RATE,
  familyRows,
  nameRows,
  type OneSided,
} from "./compareTold";
import { type CompareWarning, pairEnvironments, planWarnings, warningsOf } from "./compareWarnings";
import { listExperiments } from "./experiments";
import { type ProjectRow, readableProject } from "./project";

/** All variants of an experiment against one of them. Filters show less, and change no verdict. */
export type CompareMatrixAsked = {
  experiment: string;
  /** The variant that the others are held against; null: the one that calls itself the base, else the first. */
  baseline: string | null;
  environment: string | null;
  metric: string | null;
  workload: string | null;
  sort: (typeof COMPARE_SORTS)[number];
};

/** One variant against the baseline. */
export type MatrixVariant = {
  variant: string;
  side: CompareSide;
  /** Over the rows that pass the filters. */
  summary: CompareSummary;
  gate: CompareGate;
  warnings: CompareWarning[];
  looks: CompareLooks | null;
  note: string | null;
  oneSided: OneSided[];
};

/** A case and metric with a cell per variant that has it, in the order of the variants. */
export type MatrixRow = {
  workload: string;
  workloadNumber: number;
  params: Json;
  version: string;
  metric: string;
  environment: string;
  unit: string;
  baseline: CompareRowSide;
  cells: (CompareRowTold & { variant: string })[];
};

export type CompareMatrix = {
  project: { slug: string; repository: string | null; defaultBranch: string };
  experiment: string;
  baseline: CompareSide;
  variants: MatrixVariant[];
  falseDiscoveryRate: number;
  /** Comparisons that the rate is held over: all cells of all variants. */
  comparisons: number;
  metrics: CompareMetric[];
  environments: string[];
  rows: MatrixRow[];
};

const BASES = /^(base|baseline|main|control)$/i;

/**
 * Compares every variant of an experiment with one of them: all cells are one family, so that many variants bring no more
 * false calls than one. Throws NotFound for an experiment, variant or environment that does not exist, or with one variant alone.
 */
export async function readMatrix(actor: Actor, slug: string, asked: CompareMatrixAsked): Promise<CompareMatrix> {
  const project = await readableProject(actor, slug);
  if (asked.environment !== null) await requireEnvironment(project, asked.environment);
  const { baseline: base, others } = await variantsOf(actor, project, asked);
  const baseline = await resolveSide(project, sideOf(asked, base), asked.environment, "baseline");
  const pairs: Pair[] = [];
  for (const variant of others) {
    const contender = await resolveSide(project, sideOf(asked, variant), asked.environment, "contender");
    pairs.push(await readPair(project, variant, { baseline, contender }));
  }
  const judged = judgePairs(pairs);
  const shown = judged.map((rows) => rows.filter(filterOf(asked)));
  const gathered = pairs.flatMap((pair) => (pair.gathered ? [pair.gathered] : []));
  const metrics = gathered.flatMap((one) => one.metrics);
  return {
    project: { slug: project.slug, repository: project.repository, defaultBranch: project.defaultBranch },
    experiment: asked.experiment,
    baseline: baseline.told,
    variants: pairs.map((pair, i) => variantTold(pair, shown[i] ?? [], asked)),
    falseDiscoveryRate: FALSE_DISCOVERY_RATE,
    comparisons: judged.reduce((sum, rows) => sum + rows.length, 0),
    metrics: metrics.filter(({ name }, i) => metrics.findIndex((one) => one.name === name) === i),
    environments: [...new Set(judged.flat().map(({ environment }) => environment))].sort(),
    rows: sortedRows(joined(pairs, shown), asked.sort),
  };
}

/** The same in parts. */
export type CompareMatrixRead = CompareMatrix & { total: number; next: string | null };

export async function readMatrixPart(
  actor: Actor,
  slug: string,
  asked: CompareMatrixAsked & { limit: number; cursor?: string },
): Promise<CompareMatrixRead> {
  const [offset] = decodeCursor(asked.cursor, z.tuple([z.int().min(0)])) ?? [0];
  const { rows, ...rest } = await readMatrix(actor, slug, asked);
  const after = offset + asked.limit;
  return {
    ...rest,
    total: rows.length,
    next: after < rows.length ? encodeCursor([after]) : null,
    rows: rows.slice(offset, after),
  };
}

const sideOf = ({ experiment }: CompareMatrixAsked, variant: string) => `experiment:${experiment}/${variant}`;

async function variantsOf(actor: Actor, project: ProjectRow, { experiment, baseline }: CompareMatrixAsked) {
  const { items } = await listExperiments(actor, project.slug);
  const found = items.find(({ name }) => name === experiment);
  const names = (found?.variants ?? []).flatMap(({ variant }) => (variant === null ? [] : [variant]));
  if (names.length === 0)
    throw new NotFound(
      `There is no experiment ${experiment} with variants in ${project.slug}. GET .../experiments lists them.`,
    );
  const base = baseline ?? names.find((name) => BASES.test(name)) ?? (names[0] as string);
  if (!names.includes(base))
    throw new NotFound(`Experiment ${experiment} has no variant ${base}. It has ${names.join(", ")}.`);
  const others = names.filter((name) => name !== base);
  if (others.length === 0)
    throw new NotFound(`Experiment ${experiment} has the variant ${base} alone. Send runs of another.`);
  return { baseline: base, others };
}

type Pair = {
  variant: string;
  sides: Sides;
  paired: ReadonlyMap<number, number>;
  looks: { told: CompareLooks; byEnvironment: ReadonlyMap<number, LookAt> } | null;
  /** null where a side has no data. */
  gathered: GatheredSides | null;
};

async function readPair(project: ProjectRow, variant: string, sides: Sides): Promise<Pair> {
  const paired = pairEnvironments(sides);
  const looks = await readLooks(project.id, sides, paired);
  const hasData = sides.baseline.runs.length > 0 && sides.contender.runs.length > 0;
  return { variant, sides, paired, looks, gathered: hasData ? await gatherSides(project, sides, paired) : null };
}

/** Rows of each pair, all of them judged together. */
function judgePairs(pairs: readonly Pair[]): CompareRow[][] {
  const families = pairs.map(({ variant, gathered, looks }): FamilyRow[] =>
    gathered ? familyRows(gathered.both, gathered.names, { looks: looks?.byEnvironment ?? null, sides: variant }) : [],
  );
  const { rows } = judge(families.flat());
  let next = 0;
  return pairs.map(({ gathered }) => {
    if (!gathered) return [];
    const own = rows.slice(next, next + gathered.both.length);
    next += own.length;
    return nameRows(gathered.both, own, gathered.names, gathered.failures);
  });
}

function variantTold(pair: Pair, rows: readonly CompareRow[], asked: CompareMatrixAsked): MatrixVariant {
  const { variant, sides, paired, looks, gathered } = pair;
  const oneSided = (gathered?.oneSided ?? []).filter(
    (one) => filterOf(asked)({ ...one, metric: null }) && hasMetric(one, asked.metric),
  );
  const warnings = gathered ? [...warningsOf(sides, paired), ...planWarnings(looks?.told ?? null)] : [];
  const note = noteOf(sides.baseline.told, sides.contender.told);
  const summary = { ...summarise(rows, oneSided), ...countOneSided(oneSided) };
  return {
    variant,
    side: sides.contender.told,
    summary,
    gate: gateOf(summary, warnings, note, looks?.told ?? null),
    warnings,
    looks: looks?.told ?? null,
    note,
    oneSided,
  };
}

/** Rows by case, version, metric and environment. */
function joined(pairs: readonly Pair[], shown: readonly CompareRow[][]): MatrixRow[] {
  const found = new Map<string, MatrixRow>();
  pairs.forEach(({ variant }, i) => {
    for (const row of shown[i] ?? []) {
      const { workload, workloadNumber, params, version, metric, environment, unit, baseline } = row;
      const key = JSON.stringify([workload, params, version, metric, environment]);
      const head = { workload, workloadNumber, params, version, metric, environment, unit, baseline };
      const known = found.get(key) ?? { ...head, cells: [] };
      known.cells.push({ ...toldRow(row), variant });
      found.set(key, known);
    }
  });
  return [...found.values()];
}

const CALLED = new Set(["regression", "improvement", "rose", "fell"]);

/** Rows with a called cell first, the larger change (or change over noise) first; or by name. */
function sortedRows(rows: MatrixRow[], by: CompareMatrixAsked["sort"]): MatrixRow[] {
  const sizeOf = ({ change, difference, noise }: CompareRowTold) => {
    const size = change === null ? (difference === 0 ? 0 : Number.MAX_VALUE) : Math.abs(Math.log1p(change));
    return by === "noise" ? Math.min(Number.MAX_VALUE, size / (noise || Number.MIN_VALUE)) : size;
  };
  const rank = ({ cells }: MatrixRow) => {
    const called = cells.filter(({ verdict }) => CALLED.has(verdict));
    const size = (called.length > 0 ? called : cells).reduce((most, cell) => Math.max(most, sizeOf(cell)), 0);
    return by === "name" ? { called: 0, size: 0 } : { called: Number(called.length > 0), size };
  };
  const ranks = new Map(rows.map((row) => [row, rank(row)]));
  const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return rows.toSorted((a, b) => {
    const [x, y] = [ranks.get(a), ranks.get(b)];
    return (
      (y?.called ?? 0) - (x?.called ?? 0) ||
      (y?.size ?? 0) - (x?.size ?? 0) ||
      text(a.workload, b.workload) ||
      text(a.metric, b.metric) ||
      text(a.environment, b.environment)
    );
  });
}
