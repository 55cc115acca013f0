import { type HeatStep, heatStep, medianOfThree } from "@/lib/chart/heat";
import { db, rows } from "@/lib/db/sql";
import type { Better, ChangepointDirection, Json } from "@/lib/model/words";
import { type LevelRow, levelAt, readLevels, readSteps } from "./levels";
import { type LineMedians, readMedians } from "./medians";
import { type MeasuredCommit, type PlacedRelease, readMeasured, readReleases, type Scope } from "./scope";

/** Measured commits in a strip, rows in the table, metrics beside each other. */
const COMMITS = 60;
const ROWS = 30;
const METRICS = 2;

export type HealthMetric = { name: string; displayName: string | null; unit: string; better: Better };

/** One case and one metric over the window: a cell per commit. */
export type HealthStrip = {
  /** null: no point there. */
  steps: (HeatStep | null)[];
  /** Medians of three neighbours, in the metric's unit. */
  values: (number | null)[];
  /** Indexes of commits at which a new level begins. */
  marks: { at: number; direction: ChangepointDirection }[];
  now: number | null;
  /** Level that the cells are compared with: in force at the left edge, or since version and facts are the present ones. */
  base: number | null;
};

export type HealthRow = {
  workload: { number: number; name: string };
  params: Json;
  /** In the order of the metrics; null: not measured. */
  strips: (HealthStrip | null)[];
};

export type Health = {
  commits: { sha: string; committedAt: string | null }[];
  releases: { tag: string; at: number }[];
  metrics: HealthMetric[];
  rows: HealthRow[];
  /** Cases there are; more than `rows` when they are too many to show. */
  total: number;
};

type HealthLine = {
  id: number;
  caseId: number;
  metric: number;
  level: number | null;
  number: number;
  name: string;
  params: Json;
};

/** The last measured commits of every case in one environment. Without an environment there is nothing to show. */
export async function readHealth(projectId: number, scope: Scope): Promise<Health> {
  const none = { commits: [], releases: [], metrics: [], rows: [], total: 0 };
  if (!scope.environment) return none;
  const place = { branchId: scope.branch.id, environmentId: scope.environment.id };
  const [commits, metrics] = await Promise.all([
    readMeasured(projectId, place, COMMITS),
    readMetrics(projectId, place.branchId, place.environmentId),
  ]);
  const ids = metrics.map(({ id }) => id);
  const [lines, releases] = await Promise.all([
    readLines(projectId, place, ids),
    readReleases(projectId, place.branchId),
  ]);
  const [medians, levels, steps] = await Promise.all([
    readMedians(projectId, lines.map(idOf), commits.map(idOf)),
    readLevels(projectId, place.branchId, lines.map(idOf)),
    readSteps(projectId, place.branchId, lines.map(idOf)),
  ]);
  const strips = lines.map((line) => {
    const better = metrics[line.metric]?.better ?? "unknown";
    const marks = (steps.get(line.id) ?? []).flatMap(({ position, direction }) => {
      const at = commits.findIndex((commit) => commit.position === position);
      return at < 0 ? [] : [{ at, direction }];
    });
    return { ...stripOf(line, commits, medians.get(line.id) ?? [], levels.get(line.id) ?? [], better), marks };
  });
  const [shown] = lines;
  return {
    commits: commits.map(({ sha, committedAt }) => ({ sha, committedAt })),
    releases: placed(releases, commits),
    metrics: metrics.map(({ id: _, ...metric }) => metric),
    rows: rowsOf(lines, strips, metrics.length),
    total: shown ? await countCases(projectId, place, ids) : 0,
  };
}

const idOf = ({ id }: { id: number }) => id;

function stripOf(
  line: HealthLine,
  commits: readonly MeasuredCommit[],
  medians: LineMedians,
  levels: readonly LevelRow[],
  better: Better,
): Omit<HealthStrip, "marks"> {
  const raw: (number | null)[] = commits.map(() => null);
  for (const [place, value] of medians) raw[place] = value;
  const values = medianOfThree(raw);
  const edge = commits[0]?.position ?? 0;
  const base = levelAt(levels, edge);
  const steps = values.map((value, index): HeatStep | null => {
    if (value === null) return null;
    // A cell before the present version or facts is compared with its own, for the present ones say nothing of it.
    const position = commits[index]?.position ?? 0;
    const there = levels.findLast(({ from }) => from <= position) ?? levels[0];
    const own =
      there && base && there.track !== base.track ? levelAt(levels.slice(0, levels.indexOf(there) + 1), edge) : base;
    return own ? heatStep(value, own.level, better) : 0;
  });
  return { steps, values, now: line.level, base: base?.level ?? null };
}

/** Rows in the order of their first line, a strip per metric. */
function rowsOf(lines: readonly HealthLine[], strips: readonly HealthStrip[], metrics: number): HealthRow[] {
  const cases = new Map<number, HealthRow>();
  lines.forEach(({ caseId, metric, number, name, params }, index) => {
    const known = cases.get(caseId) ?? {
      workload: { number, name },
      params,
      strips: Array.from({ length: metrics }, () => null),
    };
    known.strips[metric] = strips[index] ?? null;
    cases.set(caseId, known);
  });
  return [...cases.values()];
}

/** Releases stand over the first measured commit that contains them. */
function placed(releases: readonly PlacedRelease[], commits: readonly MeasuredCommit[]) {
  const first = commits[0]?.position ?? 0;
  return releases.flatMap(({ tag, position }) => {
    const at = commits.findIndex((commit) => commit.position >= position);
    return position < first || at < 0 ? [] : [{ tag, at }];
  });
}

/** The metrics with most lines, time before memory before the rest where they have equally many. */
async function readMetrics(projectId: number, branchId: number, environmentId: number) {
  return rows<HealthMetric & { id: number }>(
    db(),
    `SELECT id, name, display_name AS "displayName", unit, better FROM (
       SELECT m.*, row_number() OVER (ORDER BY l.lines DESC, m.name = 'duration' DESC, m.name = 'peak_memory' DESC, m.id)
         AS rank
       FROM metrics m JOIN (
         SELECT metric_id, count(*) AS lines FROM lines WHERE project_id = $1 AND branch_id = $2 AND environment_id = $3
         GROUP BY metric_id) l ON l.metric_id = m.id
       WHERE m.project_id = $1 AND m.retired_at IS NULL) ranked
     WHERE rank <= ${METRICS} ORDER BY name = 'duration' DESC, rank`,
    [projectId, branchId, environmentId],
  );
}

/** Lines of the cases that show: all where they are few, else those with the largest change in the window's metrics. */
async function readLines(
  projectId: number,
  place: { branchId: number; environmentId: number },
  metricIds: readonly number[],
): Promise<HealthLine[]> {
  return rows<HealthLine>(
    db(),
    `WITH alive AS (
       SELECT l.id, l.case_id, l.level, array_position($4::int[], l.metric_id) - 1 AS metric, w.number, w.name, c.params,
         (SELECT max(abs(g.level / nullif(l.level, 0) - 1)) FROM segments g
          WHERE g.project_id = $1 AND g.line_id = l.id) AS change
       FROM lines l
       JOIN cases c ON c.project_id = $1 AND c.id = l.case_id
       JOIN workloads w ON w.project_id = $1 AND w.id = c.workload_id
       WHERE l.project_id = $1 AND l.branch_id = $2 AND l.environment_id = $3 AND l.metric_id = ANY($4::int[])
         AND w.retired_at IS NULL AND w.merged_into IS NULL
     ), shown AS (
       SELECT case_id FROM alive GROUP BY case_id ORDER BY max(change) DESC NULLS LAST, case_id LIMIT ${ROWS}
     )
     SELECT a.id, a.case_id AS "caseId", a.metric, a.level, a.number, a.name, a.params
     FROM alive a JOIN shown USING (case_id) ORDER BY a.number, a.case_id, a.metric`,
    [projectId, place.branchId, place.environmentId, metricIds],
  );
}

async function countCases(
  projectId: number,
  place: { branchId: number; environmentId: number },
  metricIds: readonly number[],
): Promise<number> {
  const [found] = await rows<{ total: number }>(
    db(),
    `SELECT count(DISTINCT l.case_id) AS total FROM lines l
     JOIN cases c ON c.project_id = $1 AND c.id = l.case_id
     JOIN workloads w ON w.project_id = $1 AND w.id = c.workload_id
     WHERE l.project_id = $1 AND l.branch_id = $2 AND l.environment_id = $3 AND l.metric_id = ANY($4::int[])
       AND w.retired_at IS NULL AND w.merged_into IS NULL`,
    [projectId, place.branchId, place.environmentId, metricIds],
  );
  return found?.total ?? 0;
}
