import { type ProjectRow, readProject } from "@/lib/auth/access";
import { db, row, rows } from "@/lib/db/sql";
import { NotFound } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";
import type { Json } from "@/lib/model/words";
import { type NextState, type Plan, reasonOf } from "@/lib/plan";
import { absolute } from "@/lib/urls/absolute";
import { shiftUrl } from "@/lib/urls/shift";
import type { Avoided, NextMember } from "./nextEvidence";
import { type Head, isSearched, planOf, readHeads, readSearched, type Searched } from "./nextPlan";
import { OPEN_SHIFT } from "./open";
import { isoOf } from "./points";

/** A commit that may be run. */
export type NextCommit = {
  sha: string;
  position: number;
  committedAt: string | null;
  pullRequest: number | null;
  subject: string | null;
  /** Runs of it that are there already, in any environment. */
  runs: number;
};

export type NextCandidate = { sha: string; position: number; probability: number };

/** Which commit to run next for a shift, and how often, or why none. */
export type NextRead = {
  shift: number;
  /** Absolute. */
  url: string;
  state: NextState;
  /** The state in a sentence. */
  reason: string;
  /** What to run; null unless the state is `measure`. */
  commit: NextCommit | null;
  environment: string | null;
  /** The cases that tell most, and that the numbers rest on. */
  workloads: { workload: string; params: Json }[];
  runs: number;
  /** Runs to be expected until one commit is certain, `runs` included; null: cannot be told, or more than 500. */
  expectedRuns: number | null;
  /** Probability of the best commit; null where none was worked out. */
  certainty: number | null;
  /** Sds of a run that lie between the two levels; null where unknown. */
  effect: number | null;
  /** The commit that brought it, when the state is `done`. */
  found: NextCommit | null;
  /** The likeliest commits, at most CANDIDATES. */
  candidates: NextCandidate[];
  /** Commits of the range that did not build or run, and that no run is asked for. */
  avoided: Omit<Avoided, "shift">[];
  /** Stored results wait for the analysis; what is said here has seen them, the shift's range has not. */
  pending: boolean;
};

export type NextList = { total: number; items: NextRead[] };

const CANDIDATES = 5;
const AVOIDED = 20;

/** Where to measure next for one shift. `where`: in this environment only. Throws NotFound. */
export async function readNext(
  actor: Actor,
  slug: string,
  number: number,
  { where, origin }: { where: string | null; origin: string },
): Promise<NextRead> {
  const project = await readProject(actor, slug);
  const heads = await readHeads(project, "s.number = $2", [number]);
  if (heads.length === 0) throw new NotFound(`There is no shift #${number} in ${project.slug}.`);
  await requireEnvironment(project, where);
  const [found] = await tellAll(project, await readSearched(project, heads), { where, origin });
  return found as NextRead;
}

/**
 * Open shifts that want runs, the costliest first (seconds per pass; those without one after them). Shifts whose commit is
 * found, or that no run helps, are left out.
 */
export async function readNextList(
  actor: Actor,
  slug: string,
  { where, origin, limit, offset }: { where: string | null; origin: string; limit: number; offset: number },
): Promise<NextList> {
  const project = await readProject(actor, slug);
  await requireEnvironment(project, where);
  const heads = await readHeads(project, `${OPEN_SHIFT} AND f.position - g.position > $2`, [1]);
  const searched = await readSearched(project, heads);
  const wanting = searched.filter((one) => planOf(one, where, 0)?.state === "measure");
  const items = await tellAll(project, wanting.slice(offset, offset + limit), { where, origin });
  return { total: wanting.length, items };
}

async function requireEnvironment({ id, slug }: ProjectRow, name: string | null): Promise<void> {
  if (name === null) return;
  const known = await row(db(), "SELECT 1 FROM environments WHERE project_id = $1 AND name = $2", [id, name]);
  if (!known) throw new NotFound(`There is no environment '${name}' in ${slug}.`);
}

async function tellAll(
  project: ProjectRow,
  searched: readonly Searched[],
  { where, origin }: { where: string | null; origin: string },
): Promise<NextRead[]> {
  const told = searched.map((one) => {
    const plan = planOf(one, where);
    return { ...one, plan, ...stateOf(one.head, plan) };
  });
  const wanted = told.flatMap(({ plan, found, likely }) => [
    ...(plan?.measure ? [plan.measure.position] : []),
    ...(found === null ? [] : [found]),
    ...likely.map(({ position }) => position),
  ]);
  const commits = await commitsAt(project.id, searched[0]?.head.branchId ?? 0, wanted);
  return told.map(({ head, plan, members, avoided, state, found, likely }): NextRead => {
    const measure = state === "measure" ? (plan?.measure ?? null) : null;
    const here = members.filter(({ environment }) => environment === measure?.environment);
    const foundCommit = found === null ? null : (commits.get(found) ?? null);
    const environment = measure?.environment ?? null;
    return {
      shift: head.number,
      url: absolute(origin, shiftUrl(project.slug, head.number)),
      state,
      reason: reasonOf({ ...head, plan: state, where, found: foundCommit?.sha ?? null }),
      commit: measure ? (commits.get(measure.position) ?? null) : null,
      environment,
      workloads: casesOf(here),
      runs: measure?.runs ?? 0,
      expectedRuns: measure && plan?.expectedRuns != null ? round(plan.expectedRuns, 1) : state === "done" ? 0 : null,
      certainty: plan ? round(plan.certainty, 4) : null,
      effect: plan?.effect == null ? null : round(plan.effect, 2),
      found: foundCommit,
      candidates: likely.flatMap(({ position, probability }) => {
        const commit = commits.get(position);
        return commit ? [{ sha: commit.sha, position, probability: round(probability, 4) }] : [];
      }),
      avoided: avoided.slice(0, AVOIDED).map(({ shift: _, ...commit }) => commit),
      pending: head.pending > 0,
    };
  });
}

/** A range of one commit is an answer already, whatever further runs would add. */
function stateOf(
  head: Head,
  plan: Plan | null,
): { state: NextState; found: number | null; likely: Plan["candidates"] } {
  if (!plan) return { state: "nothing to measure", found: null, likely: [] };
  const likely = [...plan.candidates]
    .sort((a, b) => b.probability - a.probability || a.position - b.position)
    .filter(({ probability }) => probability >= 0.00005)
    .slice(0, CANDIDATES);
  if (isSearched(head) && head.to - head.from === 1) return { state: "done", found: head.to, likely };
  return { state: plan.state, found: plan.state === "done" ? (likely[0]?.position ?? null) : null, likely };
}

/** The cases of members, each once, the most telling first. */
function casesOf(members: readonly NextMember[]): { workload: string; params: Json }[] {
  const cases = new Map(members.toReversed().map(({ caseId, workload, params }) => [caseId, { workload, params }]));
  return [...cases.values()].toReversed();
}

async function commitsAt(projectId: number, branchId: number, positions: number[]): Promise<Map<number, NextCommit>> {
  if (positions.length === 0) return new Map();
  const found = await rows<NextCommit>(
    db(),
    `SELECT c.sha, b.position, ${isoOf("c.committed_at")} AS "committedAt", c.pull_request AS "pullRequest", c.subject,
       (SELECT count(*) FROM runs u WHERE u.project_id = $1 AND u.commit_id = c.id AND u.experiment IS NULL) AS runs
     FROM branch_commits b JOIN commits c ON c.project_id = $1 AND c.id = b.commit_id
     WHERE b.project_id = $1 AND b.branch_id = $2 AND b.position = ANY($3::int[])`,
    [projectId, branchId, positions],
  );
  return new Map(found.map((commit) => [commit.position, commit]));
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
