import { db, row } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import type { OverviewSelection } from "@/lib/urls/overview";
import { type Freshness, readFreshness } from "./freshness";
import { readLatest, readNew, type ShiftItem } from "./openShifts";
import { type ProjectHead, readableProject } from "./project";
import { readScope, type Scope } from "./scope";
import { type CostedShift, type OpenTotals, readOpenShifts } from "./shiftCosts";
import { readStoredOverview } from "./storedOverview";
import { readTroubles, type Troubles } from "./troubles";
import { type Health, readHealth } from "./workloadHealth";

/** Rows of the lists; the rest is one click away, with its number. */
const SHIFTS = 9;
const IMPROVEMENTS = 5;
const TROUBLES = 6;
/** Measured commits within which a shift counts as new. */
const NEW_WITHIN = 5;
/** Measured commits that are counted back to the newest shift. */
const QUIET_LIMIT = 1000;

/** Everything the overview says. `measured` null: nothing was sent for this project yet. */
export type Overview = {
  project: { slug: string; name: string; defaultBranch: string };
  measured: Measured | null;
};

export type Measured = {
  branch: string;
  branches: string[];
  environment: string | null;
  environments: string[];
  news: News;
  totals: OpenTotals;
  /** What got worse, those that cost most first. */
  costly: CostedShift[];
  /** What got better, mixed shifts too, those that save most first. */
  saving: CostedShift[];
  latest: ShiftItem[];
  freshness: Freshness;
  troubles: Troubles;
  health: Health;
};

/** News on the line. */
export type News = {
  newest: ShiftItem | null;
  /** Measured commits since the newest shift; null: there is none. */
  commitsSince: number | null;
  /** When the reader last looked; null: not known, then `recent` goes by commits. */
  since: string | null;
  /** Shifts told since then, or of the last `within` measured commits; the largest first, some of `recentTotal`. */
  recent: ShiftItem[];
  recentTotal: number;
  within: number;
  measuredCommits: number;
};

/**
 * The overview of a project, for a reader who last looked at `since` (ISO time): as it is stored, where that is what would
 * be computed now, else computed. Throws NotFound.
 */
export async function readOverview(
  actor: Actor,
  slug: string,
  selection: Pick<OverviewSelection, "environment" | "branch">,
  since: string | null = null,
): Promise<Overview> {
  const project = await readableProject(actor, slug);
  const stored = await readStoredOverview(project.id, selection);
  if (!stored) return computeOverview(project, selection, since);
  const { branchId, measured } = stored;
  if (since === null) return { project: headOf(project), measured };
  const news = { ...measured.news, since, ...(await readRecent(project.id, branchId, { at: since })) };
  return { project: headOf(project), measured: { ...measured, news } };
}

/** The same from what is there now, stored or not. */
export async function computeOverview(
  project: ProjectHead,
  selection: Pick<OverviewSelection, "environment" | "branch">,
  since: string | null = null,
): Promise<Overview> {
  const scope = await readScope(project, selection);
  if (!scope?.environment) return { project: headOf(project), measured: null };
  const [shared, own] = await Promise.all([readShared(project, scope), readOwn(project.id, scope, since)]);
  return { project: headOf(project), measured: await measuredOf(project.id, scope, shared, own) };
}

/**
 * The overview of the default branch for each of the `most` environments with the newest data, in their order, to be
 * stored: what they have in common is read once. null: nothing was sent yet.
 */
export async function computeOverviews(
  project: ProjectHead,
  most: number,
): Promise<{ branchId: number; measured: Measured[] } | null> {
  const scope = await readScope(project, { environment: null, branch: null });
  if (!scope?.environment) return null;
  const shared = await readShared(project, scope);
  const measured: Measured[] = [];
  for (const environment of scope.environments.slice(0, most)) {
    const one = { ...scope, environment };
    measured.push(await measuredOf(project.id, one, shared, await readOwn(project.id, one, null)));
  }
  return { branchId: scope.branch.id, measured };
}

const headOf = ({ slug, name, defaultBranch }: ProjectHead) => ({ slug, name, defaultBranch });

/** What does not depend on the environment that is looked at. */
async function readShared(project: ProjectHead, scope: Scope) {
  const [open, latest, freshness, troubles] = await Promise.all([
    readOpenShifts(project.id, scope, { costly: SHIFTS, saving: IMPROVEMENTS }),
    readLatest(project.id, scope.branch.id, SHIFTS),
    readFreshness(project, scope),
    readTroubles(project.id, scope, TROUBLES),
  ]);
  return { open, latest, freshness, troubles };
}

/** What does. */
async function readOwn(projectId: number, scope: Scope, since: string | null) {
  const [health, fresh] = await Promise.all([readHealth(projectId, scope), readFresh(projectId, scope, since)]);
  return { health, fresh };
}

async function measuredOf(
  projectId: number,
  scope: Scope,
  { open, latest, freshness, troubles }: Awaited<ReturnType<typeof readShared>>,
  { health, fresh }: Awaited<ReturnType<typeof readOwn>>,
): Promise<Measured> {
  const newest = latest.find(({ position }) => position !== null) ?? null;
  return {
    branch: scope.branch.name,
    branches: scope.branches,
    environment: scope.environment?.name ?? null,
    environments: scope.environments.map(({ name }) => name),
    news: { newest, commitsSince: newest && (await countSince(projectId, scope, newest)), ...fresh },
    ...open,
    latest,
    freshness,
    troubles,
    health,
  };
}

async function readFresh(projectId: number, scope: Scope, since: string | null) {
  const recent = scope.environment?.recent ?? [];
  const within = Math.min(NEW_WITHIN, recent.length);
  const from = since === null ? { edge: recent[within - 1] ?? null } : { at: since };
  const told = await readRecent(projectId, scope.branch.id, from);
  return { since, ...told, within, measuredCommits: scope.environment?.measured ?? 0 };
}

async function readRecent(projectId: number, branchId: number, from: Parameters<typeof readNew>[2]) {
  const { total, items } = await readNew(projectId, branchId, from, SHIFTS);
  return { recent: items, recentTotal: total };
}

/** Commits of the line that were measured in the environment after a shift; counted up to QUIET_LIMIT. */
async function countSince(projectId: number, { branch, environment }: Scope, { position }: ShiftItem): Promise<number> {
  const found = await row<{ count: number }>(
    db(),
    `SELECT count(*) FROM (
       SELECT FROM branch_commits b WHERE b.project_id = $1 AND b.branch_id = $2 AND b.position > $3 AND EXISTS (
         SELECT FROM runs r WHERE r.project_id = $1 AND r.commit_id = b.commit_id AND r.environment_id = $4
           AND r.experiment IS NULL)
       LIMIT ${QUIET_LIMIT}) later`,
    [projectId, branch.id, position, environment?.id ?? 0],
  );
  return found?.count ?? 0;
}
