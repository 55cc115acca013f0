import { type ComparedFamily, compareFamilyWithRuns, type FamilyRow, type LookAt } from "@/lib/compare";
import { db, row, rows } from "@/lib/db/sql";
import { type GatheredRow, gatherOneSided, gatherRows } from "./compareRows";
import { readHistoryRuns, readMeasured, readMishaps, readStretches } from "./compareSamples";
import type { ResolvedSide } from "./compareSide";
import {
  byKindAndName,
  type CompareMetric,
  type CompareRow,
  countFailures,
  FALSE_DISCOVERY_RATE,
  type Failures,
  familyRows,
  type Names,
  nameOneSided,
  nameRows,
  type OneSided,
  readNames,
  withoutId,
} from "./compareTold";

export type Sides = { baseline: ResolvedSide; contender: ResolvedSide };
type Project = { id: number; defaultBranch: string };

/** What two sides measured, joined into rows and not judged yet. */
export type GatheredSides = {
  /** Rows that both sides have. */
  both: GatheredRow[];
  names: Names;
  failures: Failures;
  oneSided: OneSided[];
  metrics: CompareMetric[];
  /** Places of commits on the default branch, for sides that are branches. */
  positions: ReadonlyMap<number, number>;
};

/** Two sides, judged: all rows are one family. */
export type JudgedSides = {
  rows: CompareRow[];
  gathered: GatheredRow[];
  runFactors: ComparedFamily["runFactors"];
  oneSided: OneSided[];
  metrics: CompareMetric[];
};

/** Reads and joins what the sides measured. `paired`: environment of the baseline -> another one that it is held against. */
export async function gatherSides(
  project: Project,
  sides: Sides,
  paired: ReadonlyMap<number, number>,
): Promise<GatheredSides> {
  const runs = [...sides.baseline.runs, ...sides.contender.runs];
  const mishapsRead = readMishaps(project.id, runs);
  const { stretches: stretchesRead, ...past } = await readPast(project, sides);
  // The three largest reads, at once.
  const [measured, stretches, mishaps] = await Promise.all([
    readMeasured(project.id, runs, past.history),
    stretchesRead(),
    mishapsRead,
  ]);
  const gathered = gatherRows({ ...sides, ...past, stretches, paired, measured });
  const oneSided = gatherOneSided(gathered, { ...sides, paired }, mishaps).filter(isShared(sides, paired));
  const both = gathered.filter((one) => one.baseline && one.contender);
  const names = await readNames(project.id, [...both, ...oneSided]);
  const metricIds = new Set(both.map(({ metricId }) => metricId));
  return {
    both,
    names,
    failures: countFailures(mishaps, sides, paired),
    oneSided: oneSided.map((one) => nameOneSided(one, names)).sort(byKindAndName),
    metrics: [...names.metrics.values()].filter(({ id }) => metricIds.has(id)).map(withoutId),
    positions: past.positions,
  };
}

/** Judges gathered sides as one family. `looks`: by environment, where planned runs are waited for. */
export function judgeSides(
  { both, names, failures, oneSided, metrics }: GatheredSides,
  looks: ReadonlyMap<number, LookAt> | null,
): JudgedSides {
  const { rows: compared, runFactors } = judge(familyRows(both, names, { looks }));
  return { rows: nameRows(both, compared, names, failures), gathered: both, runFactors, oneSided, metrics };
}

/** The judgement that every comparison on the server rests on. */
export const judge = (family: readonly FamilyRow[]): ComparedFamily =>
  compareFamilyWithRuns(family, { falseDiscoveryRate: FALSE_DISCOVERY_RATE });

/** History, segments and places on the default branch; nothing of it where the project has no such branch yet. */
async function readPast(project: Project, { baseline, contender }: Sides) {
  const none = { history: [], stretches: async () => new Map(), positions: new Map() };
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
  return { history, positions, stretches: () => readStretches(project.id, branch.id, environments, oldest) };
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
