import { type Db, row, rows } from "@/lib/db/sql";
import { Invalid } from "@/lib/errors";
import { canonicalJson } from "@/lib/model/canonicalJson";
import type { Json } from "@/lib/model/words";

/** What a body names that does not exist is a fault of the body: 422 with its field, and the way out. */
const missing = (field: string, message: string) => new Invalid(message, [{ path: `$.${field}`, message }]);

/** Id of the environment, or metric, of this name. Throws Invalid. */
export async function findNamed(
  tx: Db,
  projectId: number,
  kind: "environment" | "metric",
  name: string,
): Promise<number> {
  const found = await row<{ id: number }>(tx, `select id from ${kind}s where project_id = $1 and name = $2`, [
    projectId,
    name,
  ]);
  if (found) return found.id;
  const others = await rows<{ name: string }>(
    tx,
    `select name from ${kind}s where project_id = $1 order by id desc limit 5`,
    [projectId],
  );
  const list = others.length === 0 ? "None exists yet." : `There are: ${others.map((one) => one.name).join(", ")}.`;
  throw missing(kind, `There is no ${kind} named ${name}. ${list}`);
}

/** The workload of this name, alias or number. Throws Invalid. */
export async function findWorkload(tx: Db, projectId: number, name: string): Promise<{ id: number; name: string }> {
  const found = await row<{ id: number; name: string }>(
    tx,
    `select w.id, w.name from workloads w
       left join workload_aliases a on a.project_id = w.project_id and a.workload_id = w.id and a.name = $2
      where w.project_id = $1 and (w.name = $2 or a.name is not null or w.number = $3)
      order by w.name = $2 desc, a.name is not null desc limit 1`,
    [projectId, name, /^\d{1,9}$/.test(name) ? Number(name) : null],
  );
  if (found) return found;
  throw missing("workload", `There is no workload ${name}. GET the list of workloads for their names.`);
}

/** The case of a workload with these parameters: without any, or the only one, when they are left out. Throws Invalid. */
export async function findCase(
  tx: Db,
  projectId: number,
  workload: { id: number; name: string },
  params: { [name: string]: Json } | undefined,
): Promise<number> {
  const cases = await rows<{ id: number; params: Json }>(
    tx,
    "select id, params from cases where project_id = $1 and workload_id = $2 order by id",
    [projectId, workload.id],
  );
  const wanted = canonicalJson(params ?? {});
  const found =
    cases.find((one) => canonicalJson(one.params) === wanted) ?? (params || cases.length > 1 ? null : cases[0]);
  if (found) return found.id;
  const known = cases.slice(0, 5).map((one) => canonicalJson(one.params));
  throw missing("params", `${workload.name} has ${cases.length} cases; choose one by its params: ${known.join(", ")}.`);
}

export type FoundCommit = { id: number; sha: string };

/** The commit of this id, or of an id that begins so and is the only one. Throws Invalid. */
export async function findCommit(tx: Db, projectId: number, sha: string, field = "commit"): Promise<FoundCommit> {
  const found = await rows<FoundCommit>(
    tx,
    `select id, sha from commits where project_id = $1 and sha >= $2 and sha < $2 || 'g'
      order by sha = $2 desc, sha limit 2`,
    [projectId, sha],
  );
  const [first, second] = found;
  if (!first) throw missing(field, `There is no commit ${sha}. Send it first: tidemark commits, or POST .../commits.`);
  if (second && first.sha !== sha) throw missing(field, `Several commits begin with ${sha}. Give all of its digits.`);
  return first;
}

export type FoundLine = { caseId: number; metricId: number; environmentId: number };

/** The line that a body names. Throws Invalid. */
export async function findLine(
  tx: Db,
  projectId: number,
  named: { workload: string; params?: { [name: string]: Json }; metric: string; environment: string },
): Promise<FoundLine> {
  const workload = await findWorkload(tx, projectId, named.workload);
  return {
    caseId: await findCase(tx, projectId, workload, named.params),
    metricId: await findNamed(tx, projectId, "metric", named.metric),
    environmentId: await findNamed(tx, projectId, "environment", named.environment),
  };
}

/** Trend series of lines; null: of every case, metric or environment. */
export async function seriesOf(
  tx: Db,
  projectId: number,
  scope: { caseId?: number; workloadId?: number | null; metricId?: number | null; environmentId?: number | null },
): Promise<number[]> {
  const found = await rows<{ id: number }>(
    tx,
    `select s.id from series s
       join cases c on c.project_id = (select $1::int) and c.id = s.case_id
      where s.project_id = $1 and s.trend and ($2::int is null or s.case_id = $2)
        and ($3::int is null or c.workload_id = $3) and ($4::int is null or s.metric_id = $4)
        and ($5::int is null or s.environment_id = $5) order by s.id`,
    [projectId, scope.caseId ?? null, scope.workloadId ?? null, scope.metricId ?? null, scope.environmentId ?? null],
  );
  return found.map(({ id }) => id);
}

/** A part of an address as an id. null: it is none. */
export const idOf = (text: string): number | null => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) : null);
