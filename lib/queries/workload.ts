import { type ProjectRow, readProject } from "@/lib/auth/access";
import { MOST_LINES_TOGETHER } from "@/lib/chart/seriesShapes";
import { db, row, rows } from "@/lib/db/sql";
import { NotFound } from "@/lib/errors";
import { type Actor, may } from "@/lib/model/actor";
import { jsonContains } from "@/lib/model/jsonContains";
import { type FilledLink, fillLinks, namesWorkload } from "@/lib/model/linkTemplates";
import type { Json } from "@/lib/model/words";
import { readControlIds } from "./controls";
import { type LineSpread, readLineSpreads } from "./lineSpreads";
import { isoOf } from "./points";
import { causeSettings } from "./settings";
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

export type WorkloadAsked = {
  params: string | null;
  environment: string | null;
  branch: string | null;
  /** What is drawn beside the chosen case and environment: what cases have in common, as JSON, and environments. */
  beside?: { cases: readonly string[]; environments: readonly string[] };
};

/** A case in an environment: what a line of a chart shows of a metric. */
export type WorkloadLine = { params: Json; environment: string };

/** A case with the environments that it was measured in outside experiments. */
export type WorkloadCase = { params: Json; environments: string[] };

/** Lines of one page; more are counted, and told. */
const MOST_LINES = 240;

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
  /** Only what exists: sets of parameters and where each was measured, environments of the chosen set, branches with runs. */
  cases: WorkloadCase[];
  environments: string[];
  branches: string[];
  metrics: Omit<MetricHead, "id">[];
  /** The selection after its defaults; null: there is nothing to choose from. */
  chosen: { params: Json; environment: string | null; branch: string };
  /** What is drawn: the chosen case and environment first, then those beside it that were measured; at most 240 of `linesTotal`. */
  lines: WorkloadLine[];
  linesTotal: number;
  /** Of the lines drawn, where they are too many for one chart: the axis that small charts share. */
  spreads: LineSpread[];
  /** The run of the case in the chosen environment that started last, whatever its outcome, with the links of its result. */
  newest: {
    run: string;
    url: string | null;
    sha: string;
    committedAt: string | null;
    outcome: string;
    links: Record<string, Json>;
  } | null;
  /** The project's own links that name a workload, filled in. */
  links: FilledLink[];
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
  const [environments, branches, metrics, controls, settings] = await Promise.all([
    chosen ? environmentsOf(project, chosen, null) : [],
    branchesOf(project),
    chosen ? metricsOf(project, chosen) : [],
    readControlIds(project.id),
    causeSettings(project.id),
  ]);
  const isControl = ({ id }: { id: number }) => controls.environmentIds.includes(id);
  const named = environments.find(({ name }) => name === asked.environment);
  const environment = named ?? environments.find((one) => !isControl(one)) ?? environments[0] ?? null;
  // A control is reached by its address, and chosen by nobody who looks for the code.
  const hidden = environments.filter((one) => isControl(one) && one !== environment).map(({ name }) => name);
  const offered = (names: string[]) => names.filter((name) => !hidden.includes(name));
  const branch = branches.find(({ name }) => name === asked.branch)?.name ?? project.defaultBranch;
  const { id: _, ...head } = workload;
  const all = linesOf(cases, chosen, environment?.name ?? null, asked.beside);
  const lines = all.slice(0, MOST_LINES);
  const asSpreads = { projectId: project.id, branch, workloadId: workload.id };
  const values = {
    workload: workload.name,
    params: chosen?.params ?? {},
    environment: environment?.name ?? null,
    branch,
  };
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
    cases: cases.map(({ params, environments: where }) => ({ params, environments: offered(where) })),
    environments: offered(environments.map(({ name }) => name)),
    branches: branches.map(({ name }) => name),
    metrics: metrics.map(({ id: _, ...metric }) => metric),
    chosen: { params: chosen?.params ?? {}, environment: environment?.name ?? null, branch },
    lines,
    linesTotal: all.length,
    spreads: lines.length > MOST_LINES_TOGETHER ? await readLineSpreads(asSpreads, lines) : [],
    newest: chosen && environment ? await newestRun(project, chosen, environment) : null,
    links: fillLinks(settings.linkTemplates.filter(namesWorkload), values),
  };
}

/** The chosen line, then what was asked for beside it: each case in each environment that it was measured in. */
function linesOf(
  cases: readonly FoundCase[],
  chosen: FoundCase | undefined,
  environment: string | null,
  beside: WorkloadAsked["beside"] = { cases: [], environments: [] },
): WorkloadLine[] {
  if (!chosen || environment === null) return [];
  const parts = beside.cases.flatMap((text): Json[] => {
    const json = parseParams(text);
    return json === null ? [] : [JSON.parse(json)];
  });
  const others = cases.filter((one) => one !== chosen && parts.some((part) => jsonContains(one.params, part)));
  const environments = [...new Set([environment, ...beside.environments])];
  return [chosen, ...others].flatMap(({ params, environments: measured }) =>
    environments.filter((name) => measured.includes(name)).map((name) => ({ params, environment: name })),
  );
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

type FoundCase = CaseHead & { asked: boolean; empty: boolean; environments: string[] };

async function casesOf(project: ProjectRow, workload: WorkloadHead, params: string | null): Promise<FoundCase[]> {
  const wanted = params === null ? null : parseParams(params);
  return rows(
    db(),
    `SELECT k.id, k.params, coalesce(k.params = $3::jsonb, false) AS asked, k.params = '{}'::jsonb AS empty, ARRAY(
       SELECT e.name FROM environments e WHERE e.project_id = $1 AND EXISTS (
         SELECT FROM series s WHERE s.project_id = $1 AND s.case_id = k.id AND s.environment_id = e.id AND s.trend)
       ORDER BY e.id) AS environments
     FROM cases k WHERE k.project_id = $1 AND k.workload_id = $2 ORDER BY k.params`,
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
    `SELECT u.key AS run, u.url, c.sha, ${isoOf("c.committed_at")} AS "committedAt", r.outcome,
       coalesce(r.links, '{}') AS links
     FROM runs u
     JOIN results r ON r.project_id = $1 AND r.run_id = u.id AND r.case_id = $2 AND NOT r.control
     JOIN commits c ON c.project_id = $1 AND c.id = u.commit_id
     WHERE u.project_id = $1 AND u.environment_id = $3 AND u.experiment IS NULL AND u.started_at IS NOT NULL
     ORDER BY u.started_at DESC LIMIT 1`,
    [project.id, found.id, environment.id],
  );
}
