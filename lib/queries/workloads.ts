import { paramsLabel } from "@/lib/format/name";
import { type Scale, scaleFor } from "@/lib/format/unit";
import type { Actor } from "@/lib/model/actor";
import type { Json } from "@/lib/model/words";
import type { WorkloadsSelection } from "@/lib/urls/workloads";
import { type ProjectHead, readableProject } from "./project";
import { type MeasuredCommit, readMeasured, readPlace, readReleases, readScope, type Scope } from "./scope";
import { readSparklines, type SparklineRead } from "./sparklines";
import { readTroubles } from "./troubles";
import {
  type Certainty,
  readLineCases,
  readLineMetrics,
  readLinesSince,
  type WorkloadCase,
  type WorkloadLine,
  type WorkloadMetric,
} from "./workloadLines";
import { grouped, ordered } from "./workloadOrder";

/** Without a release chosen, changes are against the level this many measured commits ago, or at the first of fewer. */
export const DEFAULT_WINDOW = 200;
/** Measured commits a window may hold. */
const WINDOW_LIMIT = 20_000;
/** Cases that can fail at once and are still told apart. */
const FAILING_LIMIT = 10_000;
/** A change below this share of the level is no change in counts and sentences. */
export const LEAST_CHANGE = 0.02;

/** One metric of one case: level now, change since, history as a glyph. Values in the metric's unit. */
export type WorkloadCell = {
  level: number | null;
  base: number | null;
  /** level / base - 1; null where no ratio exists. */
  change: number | null;
  noise: number | null;
  points: number;
  /** Of the changepoints in the window, the least certain; null: it has none, then there is no change either. */
  certainty: Certainty | null;
  /** null where no page shows it. */
  sparkline: SparklineRead | null;
};

export type WorkloadRow = {
  workload: { number: number; name: string; displayName: string | null };
  params: Json;
  retiredAt: string | null;
  /** Its newest result failed, or it has none at the newest measured commit. */
  trouble: "failing" | "missing" | null;
  /** In the order of the metrics; null: not measured. */
  cells: (WorkloadCell | null)[];
};

export type WorkloadList = {
  project: { slug: string; name: string; defaultBranch: string };
  branch: string | null;
  branches: string[];
  environment: string | null;
  environments: string[];
  /**
   * What changes are against: a release, a commit that was named, or the start of the window; isFirst: nothing was
   * measured before it.
   */
  since: {
    tag: string | null;
    named: boolean;
    sha: string;
    committedAt: string | null;
    measured: number;
    isFirst: boolean;
  } | null;
  /** Newest first. */
  releases: { tag: string; releasedAt: string | null }[];
  metrics: Omit<WorkloadMetric, "id">[];
  /** How each metric's values are written: one unit for all rows, whichever are in this part. */
  scales: Scale[];
  /** Index of the metric that the list is sorted by and that a phone shows. */
  metric: number;
  /** Rows under each filter, before the text filter. */
  counts: { all: number; shifted: number; failing: number };
  /** Of all rows: how many changed which way in the metric that sorts. */
  moves: { worse: number; better: number; moved: number; known: number };
  /** Retired workloads that are left out; shown when asked for. */
  retired: number;
  canGroup: boolean;
  /** The rows' groups in their order, with the rows of each; prefix "": those that stand alone. null: not grouped. */
  groups: { prefix: string; size: number }[] | null;
  /** Places of the commits that glyphs show. */
  places: number[];
  /** Rows that match the filters, and those of this part. */
  total: number;
  rows: WorkloadRow[];
};

/** The rows of a list from `offset` on: what a long list reads as it is scrolled. */
export type WorkloadPart = Pick<WorkloadList, "total" | "places" | "rows">;

export type Part = { offset: number; limit: number; sparklines: boolean };

type Asked = Omit<WorkloadsSelection, "name" | "hide" | "detail">;

/** The workloads of a project in one environment, filtered, sorted and cut to one part. Throws NotFound. */
export async function readWorkloads(actor: Actor, slug: string, asked: Asked, part: Part): Promise<WorkloadList> {
  const project = await readableProject(actor, slug);
  const scope = await readScope(project, asked);
  if (!scope?.environment) return nothing(project, scope);
  const place = { branchId: scope.branch.id, environmentId: scope.environment.id };
  const releases = await readReleases(project.id, place.branchId);
  const tag = releases.find((release) => release.tag === asked.since) ?? null;
  const named = tag || !isSha(asked.since) ? null : await readPlace(project.id, place.branchId, asked.since);
  const from = tag?.position ?? named;
  const window =
    from === null
      ? await readMeasured(project.id, place, asked.since === "first" ? WINDOW_LIMIT : DEFAULT_WINDOW)
      : await readMeasured(project.id, place, WINDOW_LIMIT, from);
  const since = from ?? window[0]?.position ?? 0;
  const all = await readRows(project.id, scope, since);
  const list = chosen(all, asked);
  const shown = list.rows.slice(part.offset, part.offset + part.limit);
  const glyphs = part.sparklines
    ? await readSparklines(project.id, place.branchId, shown.flatMap(lineIdsOf), window)
    : null;
  return {
    ...nothing(project, scope),
    since: sinceOf({ tag: tag?.tag ?? null, named: named !== null }, window, scope.environment.measured),
    releases: releases.map(({ tag: name, releasedAt }) => ({ tag: name, releasedAt })).reverse(),
    metrics: all.metrics.map(({ id: _, ...metric }) => metric),
    scales: all.metrics.map(({ id, unit }) => scaleFor(levelsOf(all, id), unit)),
    ...list.facts,
    places: glyphs?.places ?? [],
    total: list.rows.length,
    rows: shown.map((row) => rowOf(row, all.metrics, glyphs?.lines ?? null)),
  };
}

function nothing(project: ProjectHead, scope: Scope | null): WorkloadList {
  return {
    project: { slug: project.slug, name: project.name, defaultBranch: project.defaultBranch },
    branch: scope?.branch.name ?? null,
    branches: scope?.branches ?? [],
    environment: scope?.environment?.name ?? null,
    environments: scope?.environments.map(({ name }) => name) ?? [],
    since: null,
    releases: [],
    metrics: [],
    scales: [],
    metric: 0,
    counts: { all: 0, shifted: 0, failing: 0 },
    moves: { worse: 0, better: 0, moved: 0, known: 0 },
    retired: 0,
    canGroup: false,
    groups: null,
    places: [],
    total: 0,
    rows: [],
  };
}

/** Enough of a sha to name one commit; every tag goes before it. */
const isSha = (text: string | null): text is string => text !== null && /^[0-9a-f]{7,64}$/.test(text);

function sinceOf(
  start: { tag: string | null; named: boolean },
  window: readonly MeasuredCommit[],
  all: number,
): WorkloadList["since"] {
  const [first] = window;
  if (!first) return null;
  const { sha, committedAt } = first;
  return { ...start, sha, committedAt, measured: window.length, isFirst: window.length === all };
}

/** A case with its lines by metric id. */
type CaseLines = { found: WorkloadCase; lines: Map<number, WorkloadLine>; trouble: WorkloadRow["trouble"] };
type All = { metrics: WorkloadMetric[]; cases: CaseLines[] };

async function readRows(projectId: number, scope: Scope, since: number): Promise<All> {
  const branchId = scope.branch.id;
  const environmentId = scope.environment?.id ?? 0;
  const [metrics, cases, lines, troubles] = await Promise.all([
    readLineMetrics(projectId, branchId, environmentId),
    readLineCases(projectId, branchId, environmentId, scope.controlCases),
    readLinesSince(projectId, branchId, environmentId, since),
    readTroubles(projectId, scope, FAILING_LIMIT),
  ]);
  const byCase = new Map<number, Map<number, WorkloadLine>>(cases.map(({ id }) => [id, new Map()]));
  for (const line of lines) byCase.get(line.caseId)?.set(line.metricId, line);
  const kinds = new Map(
    troubles.items
      .filter(({ environment, kind }) => environment === scope.environment?.name && /^(failing|missing)$/.test(kind))
      .map(({ workload, params, kind }) => [keyOf(workload.number, params), kind as "failing" | "missing"]),
  );
  return {
    metrics,
    cases: cases.map((found) => ({
      found,
      lines: byCase.get(found.id) ?? new Map(),
      trouble: kinds.get(keyOf(found.number, found.params)) ?? null,
    })),
  };
}

const keyOf = (number: number, params: Json) => `${number} ${JSON.stringify(params)}`;

type Listed = CaseLines & {
  name: string;
  params: string;
  cell: { level: number | null; change: number | null } | null;
};

/** Filters and sorts; counts are those of rows under each filter. */
function chosen(all: All, asked: Asked) {
  const at = Math.max(
    0,
    all.metrics.findIndex(({ name }) => name === asked.metric),
  );
  const sorter = all.metrics[at];
  const alive = all.cases.filter(({ found }) => asked.retired || found.retiredAt === null);
  const shifted = alive.filter(({ lines }) => [...lines.values()].some(({ certainty }) => certainty !== null));
  const failing = alive.filter(({ trouble }) => trouble !== null);
  const wanted = { all: alive, shifted, failing }[asked.show];
  const text = asked.filter?.toLowerCase() ?? "";
  const matching = wanted
    .map((one) => listed(one, sorter))
    .filter(({ name, params }) => `${name} ${params}`.toLowerCase().includes(text));
  const better = sorter?.better ?? "unknown";
  const sorted = ordered(matching, { ...asked, better });
  const groups = grouped(sorted);
  const isGrouped = groups !== null && asked.group === "prefix";
  return {
    rows: isGrouped ? groups.flatMap(({ rows }) => rows) : sorted,
    facts: {
      metric: at,
      counts: { all: alive.length, shifted: shifted.length, failing: failing.length },
      moves: movesOf(alive, sorter),
      retired: new Set(all.cases.flatMap(({ found }) => (found.retiredAt ? [found.number] : []))).size,
      canGroup: groups !== null,
      groups: isGrouped ? groups.map(({ prefix, rows }) => ({ prefix, size: rows.length })) : null,
    },
  };
}

function listed(one: CaseLines, sorter: WorkloadMetric | undefined): Listed {
  const line = sorter && one.lines.get(sorter.id);
  return {
    ...one,
    name: one.found.displayName ?? one.found.name,
    params: paramsLabel(one.found.params),
    cell: line ? { level: line.level, change: sizeOf(line) } : null,
  };
}

const changeOf = ({ level, base }: Pick<WorkloadLine, "level" | "base">) =>
  level === null || !base ? null : level / base - 1;

/** The same for order and counts, where a change from zero is larger than any ratio. */
const sizeOf = ({ level, base }: Pick<WorkloadLine, "level" | "base">) =>
  level !== null && base === 0 ? (level === 0 ? 0 : level * Number.POSITIVE_INFINITY) : changeOf({ level, base });

function movesOf(cases: readonly CaseLines[], sorter: WorkloadMetric | undefined): WorkloadList["moves"] {
  const changes = cases.flatMap(({ lines }) => {
    const line = sorter && lines.get(sorter.id);
    const change = line ? sizeOf(line) : null;
    return change === null ? [] : [change];
  });
  const rose = changes.filter((change) => change >= LEAST_CHANGE).length;
  const fell = changes.filter((change) => change <= -LEAST_CHANGE).length;
  const known = changes.length;
  if (sorter?.better === "lower") return { worse: rose, better: fell, moved: 0, known };
  if (sorter?.better === "higher") return { worse: fell, better: rose, moved: 0, known };
  return { worse: 0, better: 0, moved: rose + fell, known };
}

const levelsOf = ({ cases }: All, metric: number) => cases.map(({ lines }) => lines.get(metric)?.level ?? null);

const lineIdsOf = ({ lines }: CaseLines) => [...lines.values()].map(({ id }) => id);

function rowOf(
  row: Listed,
  metrics: readonly WorkloadMetric[],
  glyphs: Map<number, SparklineRead> | null,
): WorkloadRow {
  const { number, name, displayName, params, retiredAt } = row.found;
  return {
    workload: { number, name, displayName },
    params,
    retiredAt,
    trouble: row.trouble,
    cells: metrics.map(({ id }) => {
      const line = row.lines.get(id);
      if (!line) return null;
      const { level, base, noise, points, certainty } = line;
      return { level, base, change: changeOf(line), noise, points, certainty, sparkline: glyphs?.get(line.id) ?? null };
    }),
  };
}
