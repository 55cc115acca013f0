import type { Actor } from "@/lib/model/actor";
import type { OverviewSelection } from "@/lib/urls/overview";
import { type Freshness, readFreshness } from "./freshness";
import { type OpenTotals, readCostly, readLatest, readOpenTotals, type ShiftItem } from "./openShifts";
import { readableProject } from "./project";
import { readMeasured, readScope, type Scope } from "./scope";
import { readTroubles, type Troubles } from "./troubles";
import { type Health, readHealth } from "./workloadHealth";

/** Rows of the lists; the rest is one click away, with its number. */
const SHIFTS = 9;
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
  /** News on the line: measured commits since the newest shift (null: there is none), and the shifts among the last few. */
  news: {
    newest: ShiftItem | null;
    commitsSince: number | null;
    recent: ShiftItem[];
    /** Measured commits that `recent` looks back over. */
    within: number;
    measuredCommits: number;
  };
  totals: OpenTotals;
  costly: ShiftItem[];
  latest: ShiftItem[];
  freshness: Freshness;
  troubles: Troubles;
  health: Health;
};

/** The overview of a project. Throws NotFound. */
export async function readOverview(
  actor: Actor,
  slug: string,
  selection: Pick<OverviewSelection, "environment" | "branch">,
): Promise<Overview> {
  const project = await readableProject(actor, slug);
  const scope = await readScope(project, selection);
  const head = { slug: project.slug, name: project.name, defaultBranch: project.defaultBranch };
  if (!scope?.environment) return { project: head, measured: null };
  const { branch } = scope;
  const [totals, costly, latest, freshness, troubles, health] = await Promise.all([
    readOpenTotals(project.id, branch.id),
    readCostly(project.id, branch.id, SHIFTS),
    readLatest(project.id, branch.id, SHIFTS),
    readFreshness(project, scope),
    readTroubles(project.id, scope, TROUBLES),
    readHealth(project.id, scope),
  ]);
  return {
    project: head,
    measured: {
      branch: branch.name,
      branches: scope.branches,
      environment: scope.environment.name,
      environments: scope.environments.map(({ name }) => name),
      news: await readNews(project.id, scope, latest),
      totals,
      costly,
      latest,
      freshness,
      troubles,
      health,
    },
  };
}

async function readNews(projectId: number, scope: Scope, latest: readonly ShiftItem[]): Promise<Measured["news"]> {
  const environment = scope.environment;
  const measured = environment
    ? await readMeasured(projectId, { branchId: scope.branch.id, environmentId: environment.id }, QUIET_LIMIT)
    : [];
  const newest = latest.find(({ position }) => position !== null) ?? null;
  const edge = measured.at(-NEW_WITHIN)?.position ?? 0;
  return {
    newest,
    commitsSince: newest ? measured.filter(({ position }) => position > (newest.position ?? 0)).length : null,
    recent: latest.filter(({ position }) => position !== null && position >= edge),
    within: Math.min(NEW_WITHIN, measured.length),
    measuredCommits: environment?.measured ?? 0,
  };
}
