import { type ProjectRow, readProject } from "@/lib/auth/access";
import { db, row, rows } from "@/lib/db/sql";
import { NotFound } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";
import type { Json, ShiftState, ShiftStatus } from "@/lib/model/words";
import { type MemberRun, type NextState, type Plan, planNext, reasonOf, SIDE_COMMITS, SIDE_RUNS } from "@/lib/plan";
import { absolute } from "@/lib/urls/absolute";
import { shiftUrl } from "@/lib/urls/shift";
import { windowsAround } from "./members";
import { type Avoided, type NextMember, readAvoided, readNextMembers, readNextRuns } from "./nextEvidence";
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
/** Open shifts that the project's list looks at, those of the largest cost. */
const LISTED = 200;

/** Where to measure next for one shift. `where`: in this environment only. Throws NotFound. */
export async function readNext(
  actor: Actor,
  slug: string,
  number: number,
  { where, origin }: { where: string | null; origin: string },
): Promise<NextRead> {
  const project = await readProject(actor, slug);
  const [head] = await headsOf(project, "s.number = $2", [number]);
  if (!head) throw new NotFound(`There is no shift #${number} in ${project.slug}.`);
  await requireEnvironment(project, where);
  const [found] = await tellAll(project, [head], { where, origin });
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
  const heads = await headsOf(project, `${OPEN_SHIFT} AND f.position - g.position > $2`, [1]);
  const wanting = (await planAll(project, heads, { where, searches: 0 })).filter(
    ({ plan }) => plan?.state === "measure",
  );
  const part = wanting.slice(offset, offset + limit).map(({ head }) => head);
  return { total: wanting.length, items: await tellAll(project, part, { where, origin }) };
}

type Head = {
  number: number;
  branchId: number;
  state: ShiftState;
  status: ShiftStatus;
  partOf: number | null;
  recoveredBy: number | null;
  withdrawnReason: string | null;
  from: number | null;
  to: number | null;
  pending: number;
};

async function headsOf({ id }: ProjectRow, condition: string, values: unknown[]): Promise<Head[]> {
  return rows<Head>(
    db(),
    `SELECT s.number, s.branch_id AS "branchId", s.state, s.status, s.part_of AS "partOf", s.recovered_by AS "recoveredBy",
       s.withdrawn_reason AS "withdrawnReason", g.position AS from, f.position AS to,
       (SELECT count(*) FROM analysis_requests WHERE project_id = $1) AS pending
     FROM shifts s
     LEFT JOIN branch_commits g ON g.project_id = $1 AND g.branch_id = s.branch_id AND g.commit_id = s.last_good_commit_id
     LEFT JOIN branch_commits f ON f.project_id = $1 AND f.branch_id = s.branch_id
       AND f.commit_id = s.first_shifted_commit_id
     WHERE s.project_id = $1 AND ${condition}
     ORDER BY (s.summary->>'costSeconds')::float8 DESC NULLS LAST, s.number LIMIT ${LISTED}`,
    [id, ...values],
  );
}

async function requireEnvironment({ id, slug }: ProjectRow, name: string | null): Promise<void> {
  if (name === null) return;
  const known = await row(db(), "SELECT 1 FROM environments WHERE project_id = $1 AND name = $2", [id, name]);
  if (!known) throw new NotFound(`There is no environment '${name}' in ${slug}.`);
}

type Planned = { head: Head; plan: Plan | null; members: NextMember[]; avoided: Avoided[] };
type PlanOptions = { where: string | null; searches?: number };

const isPlanned = (head: Head): head is Head & { from: number; to: number } =>
  head.from !== null &&
  head.to !== null &&
  head.from < head.to &&
  head.partOf === null &&
  (head.state === "provisional" || head.state === "confirmed") &&
  head.status !== "infrastructure" &&
  head.status !== "not real";

/** The plan of each shift; null where nothing is to be measured for it. */
async function planAll(project: ProjectRow, heads: readonly Head[], options: PlanOptions): Promise<Planned[]> {
  const planned = heads.filter(isPlanned);
  const branchId = planned[0]?.branchId ?? 0; // shifts are told for the default branch only
  const ranges = planned.map(({ from, to }) => ({ from, to }));
  const [members, rooms, sides] = await Promise.all([
    readNextMembers(
      project.id,
      planned.map(({ number }) => number),
    ),
    windowsAround(project.id, branchId, ranges, SIDE_COMMITS),
    windowsAround(project.id, branchId, ranges, SIDE_RUNS),
  ]);
  const places = new Map(planned.map(({ number }, i) => [number, { room: rooms[i], side: sides[i] }]));
  const windowed = members.map((member) => {
    const side = places.get(member.shift)?.side ?? { from: 0, to: -1 };
    const from = Math.max(side.from, member.first ?? side.from);
    return { ...member, branchId, from, to: Math.min(side.to, member.last ?? Number.MAX_SAFE_INTEGER) };
  });
  const within = windowed.map((member) => ({ ...member, ...(places.get(member.shift)?.room ?? { from: 0, to: -1 }) }));
  const [runs, avoided] = await Promise.all([readNextRuns(project.id, windowed), readAvoided(project.id, within)]);
  return heads.map((head) => {
    const own = windowed.flatMap((member, i) =>
      member.shift === head.number ? [{ ...member, runs: runs[i] ?? [] }] : [],
    );
    const failed = avoided.filter(({ shift }) => shift === head.number);
    const room = places.get(head.number)?.room;
    const plan = room && isPlanned(head) ? planOf(head, own, { room, failed, ...options }) : null;
    return { head, plan, members: own, avoided: failed };
  });
}

type Evidence = PlanOptions & { room: { from: number; to: number }; failed: readonly Avoided[] };

function planOf(
  { from, to }: { from: number; to: number },
  members: readonly (NextMember & { from: number; to: number; runs: MemberRun[] })[],
  { room, failed, where, searches }: Evidence,
): Plan {
  const blocked = new Map<string, Set<number>>();
  for (const { environment, position } of failed)
    blocked.set(environment, (blocked.get(environment) ?? new Set()).add(position));
  // Beyond its own two levels a line says nothing: candidates stay where at least one member has them.
  const lowest = Math.min(from, ...members.map((member) => member.from));
  const highest = Math.max(to, ...members.map((member) => member.to));
  return planNext({
    members,
    lastGood: from,
    firstShifted: to,
    from: Math.min(from, Math.max(room.from, lowest)) + 1,
    to: Math.max(to, Math.min(room.to, highest)),
    blocked,
    ...(where !== null && { where }),
    ...(searches !== undefined && { searches }),
  });
}

async function tellAll(
  project: ProjectRow,
  heads: readonly Head[],
  { where, origin }: { where: string | null; origin: string },
): Promise<NextRead[]> {
  const planned = await planAll(project, heads, { where });
  const told = planned.map((one) => ({ ...one, ...stateOf(one) }));
  const wanted = told.flatMap(({ plan, found, likely }) => [
    ...(plan?.measure ? [plan.measure.position] : []),
    ...(found === null ? [] : [found]),
    ...likely.map(({ position }) => position),
  ]);
  const commits = await commitsAt(project.id, heads[0]?.branchId ?? 0, wanted);
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
function stateOf({ head, plan }: Planned): { state: NextState; found: number | null; likely: Plan["candidates"] } {
  if (!plan) return { state: "nothing to measure", found: null, likely: [] };
  const likely = [...plan.candidates]
    .sort((a, b) => b.probability - a.probability || a.position - b.position)
    .filter(({ probability }) => probability >= 0.00005)
    .slice(0, CANDIDATES);
  if (isPlanned(head) && head.to - head.from === 1) return { state: "done", found: head.to, likely };
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
