import { db, row } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import type { OverviewSelection } from "@/lib/urls/overview";
import { type Freshness, readFreshness } from "./freshness";
import { readLatest, readNew, type ShiftItem } from "./openShifts";
import { readableProject } from "./project";
import { readScope, type Scope } from "./scope";
import { type CostedShift, type OpenTotals, readOpenShifts } from "./shiftCosts";
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

/** The overview of a project, for a reader who last looked at `since` (ISO time). Throws NotFound. */
export async function readOverview(
  actor: Actor,
  slug: string,
  selection: Pick<OverviewSelection, "environment" | "branch">,
  since: string | null = null,
): Promise<Overview> {
  const project = await readableProject(actor, slug);
  const scope = await readScope(project, selection);
  const head = { slug: project.slug, name: project.name, defaultBranch: project.defaultBranch };
  if (!scope?.environment) return { project: head, measured: null };
  const { branch } = scope;
  const [open, latest, freshness, troubles, health, fresh] = await Promise.all([
    readOpenShifts(project.id, scope, { costly: SHIFTS, saving: IMPROVEMENTS }),
    readLatest(project.id, branch.id, SHIFTS),
    readFreshness(project, scope),
    readTroubles(project.id, scope, TROUBLES),
    readHealth(project.id, scope),
    readFresh(project.id, scope, since),
  ]);
  const newest = latest.find(({ position }) => position !== null) ?? null;
  return {
    project: head,
    measured: {
      branch: branch.name,
      branches: scope.branches,
      environment: scope.environment.name,
      environments: scope.environments.map(({ name }) => name),
      news: { newest, commitsSince: newest && (await countSince(project.id, scope, newest)), ...fresh },
      ...open,
      latest,
      freshness,
      troubles,
      health,
    },
  };
}

async function readFresh(projectId: number, scope: Scope, since: string | null) {
  const recent = scope.environment?.recent ?? [];
  const within = Math.min(NEW_WITHIN, recent.length);
  const from = since === null ? { edge: recent[within - 1] ?? null } : { at: since };
  const { total, items } = await readNew(projectId, scope.branch.id, from, SHIFTS);
  return {
    since,
    recent: items,
    recentTotal: total,
    within,
    measuredCommits: scope.environment?.measured ?? 0,
  };
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
