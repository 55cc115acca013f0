import { type ProjectRow, readProject } from "@/lib/auth/access";
import { db, row, rows } from "@/lib/db/sql";
import { NotFound } from "@/lib/errors";
import { type Actor, may } from "@/lib/model/actor";
import type { Json } from "@/lib/model/words";
import { readControlIds } from "./controls";
import { isoOf } from "./points";
import {
  type BranchHead,
  type CaseHead,
  type EnvironmentHead,
  environmentsOf,
  type MetricHead,
  metricsOf,
  parseParams,
  type WorkloadHead,
} from "./target";

export type WorkloadAsked = { params: string | null; environment: string | null; branch: string | null };

/** What the page of a workload needs before its charts: what can be chosen, and what is chosen. */
export type WorkloadRead = {
  project: { slug: string; name: string; repository: string | null; defaultBranch: string };
  number: number;
  /** As sent. */
  name: string;
  displayName: string | null;
  retiredAt: string | null;
  /** Number of the workload that this one was merged into. */
  mergedInto: number | null;
  /** The settings name the chosen case, or its environment, as a control: it is judged by nothing and in no list. */
  control: boolean;
  /** What the reader may do besides reading. */
  may: { triage: boolean; admin: boolean };
  /** Only what exists: sets of parameters, environments of the chosen set, branches with runs. */
  cases: Json[];
  environments: string[];
  branches: string[];
  metrics: Omit<MetricHead, "id">[];
  /** The selection after its defaults; null: there is nothing to choose from. */
  chosen: { params: Json; environment: string | null; branch: string };
  /** The run of the case in the chosen environment that started last, whatever its outcome. */
  newest: { run: string; url: string | null; sha: string; committedAt: string | null; outcome: string } | null;
};

/**
 * A workload by its number. What the selection names and does not exist falls back to the default, and `chosen` says so.
 * Throws NotFound where there is no such workload.
 */
export async function readWorkload(
  actor: Actor,
  slug: string,
  number: number,
  asked: WorkloadAsked,
): Promise<WorkloadRead> {
  const project = await readProject(actor, slug);
  const workload = await workloadOf(project, number);
  const cases = await casesOf(project, workload, asked.params);
  const chosen = cases.find(({ asked }) => asked) ?? cases.find(({ empty }) => empty) ?? cases[0];
  const [environments, branches, metrics, controls] = await Promise.all([
    chosen ? environmentsOf(project, chosen, null) : [],
    branchesOf(project),
    chosen ? metricsOf(project, chosen) : [],
    readControlIds(project.id),
  ]);
  const environment = environments.find(({ name }) => name === asked.environment) ?? environments[0] ?? null;
  const branch = branches.find(({ name }) => name === asked.branch)?.name ?? project.defaultBranch;
  const { id: _, ...head } = workload;
  return {
    project: {
      slug: project.slug,
      name: project.name,
      repository: project.repository,
      defaultBranch: project.defaultBranch,
    },
    ...head,
    control: controls.caseIds.includes(chosen?.id ?? 0) || controls.environmentIds.includes(environment?.id ?? 0),
    may: { triage: may(actor, "triage", project.id), admin: may(actor, "admin", project.id) },
    cases: cases.map(({ params }) => params),
    environments: environments.map(({ name }) => name),
    branches: branches.map(({ name }) => name),
    metrics: metrics.map(({ id: _, ...metric }) => metric),
    chosen: { params: chosen?.params ?? {}, environment: environment?.name ?? null, branch },
    newest: chosen && environment ? await newestRun(project, chosen, environment) : null,
  };
}

type WorkloadRow = WorkloadHead & Pick<WorkloadRead, "displayName" | "retiredAt" | "mergedInto">;

async function workloadOf(project: ProjectRow, number: number): Promise<WorkloadRow> {
  const found = await row<WorkloadRow>(
    db(),
    `SELECT w.id, w.number, w.name, w.display_name AS "displayName", w.retired_at AS "retiredAt",
       heir.number AS "mergedInto"
     FROM workloads w LEFT JOIN workloads heir ON heir.project_id = w.project_id AND heir.id = w.merged_into
     WHERE w.project_id = $1 AND w.number = $2`,
    [project.id, number],
  );
  if (!found) throw new NotFound(`There is no workload ${number} in ${project.slug}. The list has those that exist.`);
  return found;
}

async function casesOf(
  project: ProjectRow,
  workload: WorkloadHead,
  params: string | null,
): Promise<(CaseHead & { asked: boolean; empty: boolean })[]> {
  const wanted = params === null ? null : parseParams(params);
  return rows(
    db(),
    `SELECT id, params, coalesce(params = $3::jsonb, false) AS asked, params = '{}'::jsonb AS empty FROM cases
     WHERE project_id = $1 AND workload_id = $2 ORDER BY params::text`,
    [project.id, workload.id, wanted],
  );
}

/** Branches with runs outside experiments; the default one first. */
async function branchesOf(project: ProjectRow): Promise<BranchHead[]> {
  return rows<BranchHead>(
    db(),
    `SELECT b.id, b.name FROM branches b
     WHERE b.project_id = $1 AND (b.name = $2 OR EXISTS (
       SELECT FROM runs r WHERE r.project_id = $1 AND r.branch_id = b.id AND r.experiment IS NULL))
     ORDER BY b.name <> $2, b.name LIMIT 500`,
    [project.id, project.defaultBranch],
  );
}

/** Walks the runs from the newest start on, so that a long history costs no more than a short one. */
async function newestRun(project: ProjectRow, found: CaseHead, environment: EnvironmentHead) {
  return row<NonNullable<WorkloadRead["newest"]>>(
    db(),
    `SELECT u.key AS run, u.url, c.sha, ${isoOf("c.committed_at")} AS "committedAt", r.outcome
     FROM runs u
     JOIN results r ON r.project_id = $1 AND r.run_id = u.id AND r.case_id = $2 AND NOT r.control
     JOIN commits c ON c.project_id = $1 AND c.id = u.commit_id
     WHERE u.project_id = $1 AND u.environment_id = $3 AND u.experiment IS NULL AND u.started_at IS NOT NULL
     ORDER BY u.started_at DESC LIMIT 1`,
    [project.id, found.id, environment.id],
  );
}
