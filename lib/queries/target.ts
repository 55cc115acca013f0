import type { ProjectRow } from "@/lib/auth/access";
import { db, rows } from "@/lib/db/sql";
import { Invalid, NotFound } from "@/lib/errors";
import type { Better, Json } from "@/lib/model/words";

export type WorkloadHead = { id: number; number: number; name: string };
export type CaseHead = { id: number; params: Json };
export type MetricHead = {
  id: number;
  name: string;
  displayName: string | null;
  unit: string;
  better: Better;
  smallestEffect: number;
};
export type EnvironmentHead = { id: number; name: string };
export type BranchHead = { id: number; name: string };

/** What a series is asked for by: names as people write them; null: the one that suggests itself. */
export type SeriesNames = {
  workload: string | null;
  params: string | null;
  metric: string | null;
  environment: string | null;
  branch: string | null;
};

/** The line that names point at: a case, a metric and an environment on a branch. */
export type Target = {
  workload: WorkloadHead;
  case: CaseHead;
  metric: MetricHead;
  environment: EnvironmentHead;
  branch: BranchHead;
};

const SUGGESTIONS = 5;

/**
 * Finds the line that `names` point at. What is left out is chosen when there is only one; the parameters also when the
 * workload has a case without any; the environment: the one with most series; the branch: the default one.
 * Throws NotFound that lists what exists nearby, Invalid when a choice is left open.
 */
export async function findTarget(project: ProjectRow, names: SeriesNames): Promise<Target> {
  const workload = await findWorkload(project, names.workload);
  const found = await findCase(project, workload, names.params);
  const [metrics, branch] = await Promise.all([metricsOf(project, found), findBranch(project, names.branch)]);
  const metric = pick(metrics, names.metric, `metric of ${workload.name}`, "metric");
  const environments = await environmentsOf(project, found, metric);
  const chosen = names.environment === null && environments[0] ? environments[0].name : names.environment;
  const environment = pick(environments, chosen, `environment with ${metric.name} of ${workload.name}`, "environment");
  return { workload, case: found, metric, environment, branch };
}

/** The workload of this name, of this alias, or with this number. */
export async function findWorkload(project: ProjectRow, name: string | null): Promise<WorkloadHead> {
  if (name === null)
    throw new Invalid("Name the workload: workload=...", [{ path: "workload", message: "is missing" }]);
  const number = /^\d{1,9}$/.test(name) ? Number(name) : null;
  const [found] = await rows<WorkloadHead>(
    db(),
    `SELECT w.id, w.number, w.name FROM workloads w
     LEFT JOIN workload_aliases a ON a.project_id = w.project_id AND a.workload_id = w.id AND a.name = $2
     WHERE w.project_id = $1 AND (w.name = $2 OR a.name IS NOT NULL OR w.number = $3)
     ORDER BY w.name = $2 DESC, a.name IS NOT NULL DESC LIMIT 1`,
    [project.id, name.replaceAll("\0", ""), number],
  );
  if (found) return found;
  const all = await rows<{ name: string }>(db(), "SELECT name FROM workloads WHERE project_id = $1", [project.id]);
  throw new NotFound(`There is no workload ${name} in ${project.slug}. ${nearby(name, all)}`);
}

/** The case with these parameters (JSON); null: the one without any, or the only one. */
export async function findCase(project: ProjectRow, workload: WorkloadHead, params: string | null): Promise<CaseHead> {
  const wanted = params === null ? null : canonicalOf(params);
  const cases = await rows<CaseHead & { asked: boolean; empty: boolean }>(
    db(),
    `SELECT id, params, coalesce(params = $3::jsonb, false) AS asked, params = '{}'::jsonb AS empty
     FROM cases WHERE project_id = $1 AND workload_id = $2 ORDER BY id`,
    [project.id, workload.id, wanted],
  );
  const found =
    wanted === null
      ? (cases.find(({ empty }) => empty) ?? (cases.length === 1 ? cases[0] : undefined))
      : cases.find(({ asked }) => asked);
  if (found) return { id: found.id, params: found.params };
  const known = cases.slice(0, SUGGESTIONS).map((one) => JSON.stringify(one.params));
  const list = `${cases.length} exist${cases.length > known.length ? ", among them" : ""}: ${known.join(", ")}.`;
  if (wanted === null)
    throw new Invalid(`Workload ${workload.name} has several sets of parameters; choose one with params=... ${list}`, [
      { path: "params", message: "is missing" },
    ]);
  throw new NotFound(`Workload ${workload.name} has no results with the parameters ${params}. ${list}`);
}

/** The parameters as jsonb compares them; Invalid when they are no JSON object. */
function canonicalOf(params: string): string {
  const canonical = parseParams(params);
  if (canonical !== null) return canonical;
  throw new Invalid(`params is not a JSON object; write it like params={"size":5}.`, [
    { path: "params", message: "is not a JSON object" },
  ]);
}

/** A text as the JSON of an object that Postgres can hold (it knows no NUL); null: it is none. */
export function parseParams(text: string): string | null {
  try {
    const parsed: unknown = JSON.parse(text);
    if (parsed === null || typeof parsed !== "object" || Array.isArray(parsed)) return null;
    const json = JSON.stringify(parsed);
    return json.includes("\\u0000") || /\\ud[89a-f]/.test(json) ? null : json;
  } catch {
    return null;
  }
}

/** Metrics that a case was measured by outside experiments: duration, then in the order in which they came. */
export async function metricsOf(project: ProjectRow, found: CaseHead): Promise<MetricHead[]> {
  return rows<MetricHead>(
    db(),
    `SELECT id, name, display_name AS "displayName", unit, better, smallest_effect AS "smallestEffect"
     FROM metrics m WHERE project_id = $1 AND EXISTS (
       SELECT FROM series s WHERE s.project_id = $1 AND s.case_id = $2 AND s.metric_id = m.id AND s.trend)
     ORDER BY name <> 'duration', id`,
    [project.id, found.id],
  );
}

/** Environments that a case (and a metric) was measured in outside experiments; the one with the newest points first. */
export async function environmentsOf(
  project: ProjectRow,
  found: CaseHead,
  metric: MetricHead | null,
): Promise<EnvironmentHead[]> {
  return rows<EnvironmentHead>(
    db(),
    `SELECT e.id, e.name FROM environments e
     JOIN LATERAL (
       SELECT coalesce(max(l.points), 0) AS points, bool_or(true) AS measured
       FROM series s LEFT JOIN lines l ON l.project_id = s.project_id AND l.case_id = s.case_id
         AND l.metric_id = s.metric_id AND l.environment_id = s.environment_id
       WHERE s.project_id = $1 AND s.case_id = $2 AND s.environment_id = e.id AND s.trend
         AND ($3::int IS NULL OR s.metric_id = $3)) m ON m.measured
     WHERE e.project_id = $1 ORDER BY m.points DESC, e.id`,
    [project.id, found.id, metric?.id ?? null],
  );
}

/** The branch of this name; the default one for null. */
export async function findBranch(project: ProjectRow, name: string | null): Promise<BranchHead> {
  const wanted = name ?? project.defaultBranch;
  const branches = await rows<BranchHead>(db(), "SELECT id, name FROM branches WHERE project_id = $1 ORDER BY id", [
    project.id,
  ]);
  return pick(branches, wanted, `branch of ${project.slug}`, "branch");
}

function pick<T extends { name: string }>(all: T[], name: string | null, what: string, parameter: string): T {
  const only = name === null && all.length === 1 ? all[0] : undefined;
  const found = only ?? all.find((one) => one.name === name);
  if (found) return found;
  if (name === null && all.length > 0)
    throw new Invalid(`Choose a ${parameter} with ${parameter}=... ${nearby("", all)}`, [
      { path: parameter, message: "is missing" },
    ]);
  throw new NotFound(
    name === null ? `There is no ${what} yet.` : `There is no ${what} named ${name}. ${nearby(name, all)}`,
  );
}

/** "Nearest: a, b, c." by letters in common, or that there is none. */
function nearby(name: string, all: readonly { name: string }[]): string {
  if (all.length === 0) return "None exists yet.";
  const wanted = pairsOf(name);
  const ranked = all
    .map((one) => ({ name: one.name, likeness: likeness(wanted, pairsOf(one.name)) }))
    .sort((a, b) => b.likeness - a.likeness);
  const shown = ranked.slice(0, SUGGESTIONS).map((one) => one.name);
  return `${all.length > shown.length ? "Nearest" : "There are"}: ${shown.join(", ")}.`;
}

function pairsOf(name: string): Set<string> {
  const letters = ` ${name.toLowerCase()} `;
  return new Set(Array.from({ length: letters.length - 1 }, (_, i) => letters.slice(i, i + 2)));
}

function likeness(a: Set<string>, b: Set<string>): number {
  const shared = [...a].filter((pair) => b.has(pair)).length;
  return (2 * shared) / (a.size + b.size);
}
