import { type QuantileShift, quantileShifts, type RunFactor } from "@/lib/compare";
import { db, rows } from "@/lib/db/sql";
import { NotFound } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";
import type { Json, Outcome } from "@/lib/model/words";
import { type ComparedIn, type CompareRowTold, compareIn, toldRow } from "./compare";
import { noteOf } from "./compareGate";
import type { CompareLooks } from "./comparePlan";
import { placesOf } from "./compareRows";
import type { CompareSide, ResolvedSide } from "./compareSide";
import type { CompareMetric, CompareRow, OneSided } from "./compareTold";
import { type CompareWarning, planWarnings, warningsOf } from "./compareWarnings";
import { isoOf, type LinePoint, readPoints } from "./points";
import { type ProjectRow, readableProject } from "./project";
import { type CaseHead, findCase, findWorkload, type WorkloadHead } from "./target";

/** What is asked for: sides as for `readComparison`, and a case; what is null is chosen among what both sides have. */
export type CompareCaseAsked = {
  baseline: string | null;
  contender: string;
  workload: string | null;
  params: string | null;
  version: string | null;
  metric: string | null;
  environment: string | null;
};

/** One run of a side, as it measured the case; values in the metric's unit. */
export type CompareCaseRun = {
  key: string;
  sha: string;
  startedAt: string | null;
  /** The page of the run elsewhere. */
  url: string | null;
  /** null: the run has no result of the case. */
  outcome: Outcome | null;
  error: string | null;
  /** null: no value in this run. */
  median: number | null;
  samples: number[];
  /** Counts in the verdict; earlier runs of a branch do only within the present level. */
  counts: boolean;
  /** What the run did to all rows of the metric, relative to the other runs of its side; null where too few rows tell. */
  factor: number | null;
  /** Slow or fast in all its rows: that is taken out of the levels. */
  slow: boolean;
  /** Clusters and profiles. */
  links: { name: string; href: string }[];
};

/** A point of the line on the default branch. */
export type CompareCasePoint = Pick<
  LinePoint,
  "sha" | "position" | "committedAt" | "version" | "runs" | "n" | "value" | "min" | "max"
>;

export type CompareCaseRead = {
  project: { slug: string; repository: string | null; defaultBranch: string };
  baseline: CompareSide;
  contender: CompareSide;
  warnings: CompareWarning[];
  /** Why nothing was compared. */
  note: string | null;
  looks: CompareLooks | null;
  workload: string;
  workloadNumber: number;
  params: Json;
  version: string;
  metric: CompareMetric | null;
  environment: string | null;
  /** What else there is to compare of this case. */
  choices: { metric: string; environment: string; version: string }[];
  /** The verdict, as it stands over all rows of the comparison; null where the case is not on both sides. */
  row: CompareRowTold | null;
  oneSided: OneSided[];
  runs: { baseline: CompareCaseRun[]; contender: CompareCaseRun[] };
  quantiles: QuantileShift[];
  /** The line around both sides, oldest first; `sides` are the places of their commits on it. */
  series: { branch: string; points: CompareCasePoint[]; sides: { baseline: number[]; contender: number[] } };
};

/** Measured commits on either hand of the sides. */
const BESIDE = 40;

/**
 * One case of a comparison: samples by run, quantiles, and the line around both sides. Throws as `readComparison`, and NotFound
 * for a workload or case that does not exist.
 */
export async function readCompareCase(actor: Actor, slug: string, asked: CompareCaseAsked): Promise<CompareCaseRead> {
  const project = await readableProject(actor, slug);
  const workload = await findWorkload(project, asked.workload);
  const found = await findCase(project, workload, asked.params);
  // The environment chooses a row here; it does not limit the family.
  const compared = await compareIn(project, { ...asked, environment: null });
  const rowsOfCase = caseRows(compared, found.id);
  const chosen = choose(rowsOfCase, asked);
  if (rowsOfCase.length > 0 && !chosen) throw nothingSuch(rowsOfCase, asked);
  return told(project, { workload, found }, compared, rowsOfCase, chosen);
}

type CaseRow = { row: CompareRow; place: number; metricId: number; environmentId: number };

function caseRows({ judged }: ComparedIn, caseId: number): CaseRow[] {
  return (judged?.gathered ?? []).flatMap(({ caseId: id, metricId, environmentId }, place) =>
    id === caseId ? [{ row: judged?.rows[place] as CompareRow, place, metricId, environmentId }] : [],
  );
}

/** Duration first, as everywhere. */
function choose(all: readonly CaseRow[], { metric, environment, version }: CompareCaseAsked): CaseRow | undefined {
  return all
    .filter(
      ({ row }) =>
        (metric === null || row.metric === metric) &&
        (environment === null || row.environment === environment) &&
        (version === null || row.version === version),
    )
    .toSorted((a, b) => Number(b.row.metric === "duration") - Number(a.row.metric === "duration"))[0];
}

function nothingSuch(all: readonly CaseRow[], { metric, environment, version }: CompareCaseAsked): NotFound {
  const wanted = [metric, environment, version].filter((one) => one !== null).join(", ");
  const there = all.map(({ row }) => `${row.metric} in ${row.environment}`);
  return new NotFound(`Both sides have no ${wanted} of this case. They have: ${[...new Set(there)].join("; ")}.`);
}

async function told(
  project: ProjectRow,
  { workload, found }: { workload: WorkloadHead; found: CaseHead },
  compared: ComparedIn,
  all: readonly CaseRow[],
  chosen: CaseRow | undefined,
): Promise<CompareCaseRead> {
  const { sides, paired, looks, judged } = compared;
  const { baseline, contender } = sides;
  const runs = chosen ? await readSideRuns(project, compared, found.id, chosen) : { baseline: [], contender: [] };
  const samples = (side: CompareCaseRun[]) =>
    side.flatMap((run) => (run.counts && run.median !== null ? [run.samples] : []));
  return {
    project: { slug: project.slug, repository: project.repository, defaultBranch: project.defaultBranch },
    baseline: baseline.told,
    contender: contender.told,
    warnings: judged ? [...warningsOf(sides, paired), ...planWarnings(looks)] : [],
    note: noteOf(baseline.told, contender.told),
    looks,
    workload: workload.name,
    workloadNumber: workload.number,
    params: found.params,
    version: chosen?.row.version ?? "",
    metric: judged?.metrics.find(({ name }) => name === chosen?.row.metric) ?? null,
    environment: chosen?.row.environment ?? null,
    choices: all.map(({ row: { metric, environment, version } }) => ({ metric, environment, version })),
    row: chosen ? toldRow(chosen.row) : null,
    oneSided: (judged?.oneSided ?? []).filter(
      (one) => one.workload === workload.name && JSON.stringify(one.params) === JSON.stringify(found.params),
    ),
    runs,
    quantiles: quantileShifts(samples(runs.baseline), samples(runs.contender)),
    series: await readAround(project, sides, found.id, chosen),
  };
}

type ReadRun = Omit<CompareCaseRun, "links" | "counts" | "factor" | "slow" | "samples"> & {
  id: number;
  samples: number[] | null;
  links: { [name: string]: string } | null;
};

async function readSideRuns(project: ProjectRow, compared: ComparedIn, caseId: number, chosen: CaseRow) {
  const { sides, paired } = compared;
  const from = [...paired].find(([, to]) => to === chosen.environmentId)?.[0] ?? chosen.environmentId;
  const wanted = {
    baseline: inEnvironment(sides.baseline, from),
    contender: inEnvironment(sides.contender, chosen.environmentId),
  };
  const ids = [...wanted.baseline, ...wanted.contender];
  const found = await rows<ReadRun>(db(), RUNS, [project.id, ids, caseId, chosen.row.version, chosen.metricId]);
  const byId = new Map(found.map((run) => [run.id, run]));
  const side = (which: "baseline" | "contender", environmentId: number): CompareCaseRun[] => {
    const places = placesOf({ ...sides, positions: compared.judged?.positions ?? new Map() }, which).get(
      environmentId,
    )?.places;
    const used = compared.judged?.gathered[chosen.place]?.[which]?.runs ?? [];
    return wanted[which].flatMap((id) => {
      const run = byId.get(id);
      const place = places?.get(id) ?? -1;
      return run ? [withFactor(run, used[place] != null, factorOf(compared, chosen, which, place))] : [];
    });
  };
  return { baseline: side("baseline", from), contender: side("contender", chosen.environmentId) };
}

const inEnvironment = ({ runs }: ResolvedSide, environmentId: number) =>
  runs.filter((run) => run.environmentId === environmentId).map(({ id }) => id);

const factorOf = (
  { judged }: ComparedIn,
  { row }: CaseRow,
  side: RunFactor["side"],
  place: number,
): RunFactor | undefined =>
  judged?.runFactors.find(
    (one) => one.side === side && one.run === place && one.metric === row.metric && one.environment === row.environment,
  );

function withFactor({ id: _, links, samples, ...run }: ReadRun, counts: boolean, found?: RunFactor): CompareCaseRun {
  return {
    ...run,
    samples: samples ?? [],
    counts,
    factor: found?.factor ?? null,
    slow: found?.slow ?? false,
    links: Object.entries(links ?? {}).map(([name, href]) => ({ name, href })),
  };
}

const RUNS = `
SELECT u.id, u.key, c.sha, ${isoOf("u.started_at")} AS "startedAt", u.url, r.outcome, left(r.error, 300) AS error,
  r.links, p.median, p.samples
FROM runs u
JOIN commits c ON c.project_id = $1 AND c.id = u.commit_id
LEFT JOIN results r ON r.project_id = $1 AND r.run_id = u.id AND r.case_id = $3 AND r.version = $4
LEFT JOIN series s ON s.project_id = $1 AND s.case_id = $3 AND s.version = $4 AND s.metric_id = $5
  AND s.environment_id = u.environment_id AND s.revision_id = u.revision_id
  AND s.trend = (u.experiment IS NULL AND NOT coalesce(r.control, false))
LEFT JOIN points p ON p.project_id = $1 AND p.series_id = s.id AND p.commit_id = u.commit_id AND p.run_id = u.id
WHERE u.project_id = $1 AND u.id = ANY($2::int[])
ORDER BY u.started_at, u.id`;

/** The default branch's line from some measured commits before the sides to some after; the newest where it holds neither. */
async function readAround(
  project: ProjectRow,
  { baseline, contender }: ComparedIn["sides"],
  caseId: number,
  chosen: CaseRow | undefined,
): Promise<CompareCaseRead["series"]> {
  const branch = await branchOf(project);
  const none = { branch: project.defaultBranch, points: [], sides: { baseline: [], contender: [] } };
  if (!branch || !chosen) return none;
  const { metricId, environmentId } = chosen;
  const [line = []] = await readPoints(project.id, [
    { branchId: branch.id, caseId, metricId, environmentId, from: 0, to: branch.newest },
  ]);
  const placesIn = ({ runs }: ResolvedSide) => {
    const commits = new Set(runs.map(({ commitId }) => commitId));
    return [...new Set(line.flatMap(({ commitId, position }) => (commits.has(commitId) ? [position] : [])))];
  };
  const sides = { baseline: placesIn(baseline), contender: placesIn(contender) };
  const both = new Set([...sides.baseline, ...sides.contender]);
  const at = line.flatMap(({ position }, i) => (both.has(position) ? [i] : []));
  const [first, last] = [at[0] ?? line.length, at.at(-1) ?? line.length];
  const points = line
    .slice(Math.max(0, first - BESIDE), last + BESIDE + 1)
    .map(({ commitId: _, factsGroup: __, pullRequest: ___, ...point }) => point);
  return { branch: project.defaultBranch, points, sides };
}

async function branchOf(project: ProjectRow): Promise<{ id: number; newest: number } | undefined> {
  const [found] = await rows<{ id: number; newest: number }>(
    db(),
    `SELECT br.id, coalesce((SELECT max(position) FROM branch_commits b WHERE b.project_id = $1 AND b.branch_id = br.id), 0) AS newest
     FROM branches br WHERE br.project_id = $1 AND br.name = $2`,
    [project.id, project.defaultBranch],
  );
  return found;
}
