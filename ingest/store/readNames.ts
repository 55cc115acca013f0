import { type Db, prepared, rows } from "@/lib/db/sql";
import type { Better, Json } from "@/lib/model/words";
import { ints, texts } from "./columns";

/** Each of these reads is one statement, so that several can be sent to the database at once. */

/** Ids of branches or environments, by name. */
export async function readNamed(
  tx: Db,
  table: "branches" | "environments",
  projectId: number,
  names: readonly string[],
): Promise<Map<string, number>> {
  const found = await prepared<{ id: number; name: string }>(
    tx,
    `select id, name from ${table} where project_id = $1 and name = any($2::text[])`,
    [projectId, names],
  );
  return new Map(found.map(({ id, name }) => [name, id]));
}

/** Names of facts that are mere notes: the project's setting `notes`. */
export async function readNotes(tx: Db, projectId: number): Promise<string[]> {
  const [setting] = await prepared<{ value: Json }>(
    tx,
    "select value from settings where project_id = $1 and key = 'notes'",
    [projectId],
  );
  return Array.isArray(setting?.value) ? setting.value.filter((name) => typeof name === "string") : [];
}

export const revisionKeyOf = (environmentId: number, factsHash: string): string => `${environmentId}/${factsHash}`;

/** All revisions of the environments of these names, by `revisionKeyOf`. */
export async function readRevisions(tx: Db, projectId: number, names: readonly string[]): Promise<Map<string, number>> {
  const found = await prepared<{ id: number; environmentId: number; factsHash: string }>(
    tx,
    `select r.id, r.environment_id as "environmentId", r.facts_hash as "factsHash"
       from environments e
       join environment_revisions r on r.project_id = (select $1::int) and r.environment_id = e.id
      where e.project_id = $1 and e.name = any($2::text[])`,
    [projectId, names],
  );
  return new Map(found.map(({ id, environmentId, factsHash }) => [revisionKeyOf(environmentId, factsHash), id]));
}

export type MetricRow = { id: number; name: string; unit: string; better: Better; smallestEffect: number };

export async function readMetrics(
  tx: Db,
  projectId: number,
  names: readonly string[],
): Promise<Map<string, MetricRow>> {
  const found = await prepared<MetricRow>(
    tx,
    `select id, name, unit, better, smallest_effect as "smallestEffect"
       from metrics where project_id = $1 and name = any($2::text[])`,
    [projectId, names],
  );
  return new Map(found.map((metric) => [metric.name, metric]));
}

/** A workload by the name it was sent under. */
export type FoundWorkload = { id: number; name: string };

/** Where the workload of a sent name is found: aliases are followed, and workloads that were merged into another. */
const WORKLOAD_OF_NAME = `
       left join workload_aliases a on a.project_id = (select $1::int) and a.name = wanted.name
       left join workloads own on own.project_id = (select $1::int) and own.name = wanted.name
       join workloads w on w.project_id = (select $1::int) and w.id = coalesce(a.workload_id, own.merged_into, own.id)`;

export async function readWorkloads(
  tx: Db,
  projectId: number,
  names: readonly string[],
): Promise<Map<string, FoundWorkload>> {
  const found = await rows<{ sent: string } & FoundWorkload>(
    tx,
    `select wanted.name as sent, w.id, w.name from unnest($2::text[]) as wanted (name) ${WORKLOAD_OF_NAME}`,
    [projectId, names],
  );
  return new Map(found.map(({ sent, id, name }) => [sent, { id, name }]));
}

/** Params, as canonical JSON, of a workload by the name it was sent under. */
export type SentCase = { workload: string; params: string; paramsHash: string };

export const caseKey = (workloadId: number, paramsHash: string): string => `${workloadId}/${paramsHash}`;

/** What is known of these cases: workloads by sent name, and cases by `caseKey`. */
export async function readCases(
  tx: Db,
  projectId: number,
  wanted: readonly SentCase[],
): Promise<{ workloads: Map<string, FoundWorkload>; cases: Map<string, number> }> {
  const found = await prepared<{ place: number; id: number; name: string; caseId: number | null }>(
    tx,
    `select wanted.place, w.id, w.name, c.id as "caseId"
       from unnest($2::text[], $3::text[]) with ordinality as wanted (name, params_hash, place) ${WORKLOAD_OF_NAME}
       left join cases c on c.project_id = (select $1::int) and c.workload_id = w.id and c.params_hash = wanted.params_hash`,
    [projectId, texts(wanted.map(({ workload }) => workload)), texts(wanted.map(({ paramsHash }) => paramsHash))],
  );
  const workloads = new Map<string, FoundWorkload>();
  const cases = new Map<string, number>();
  for (const { place, id, name, caseId } of found) {
    const { workload, paramsHash } = wanted[place - 1] ?? { workload: "", paramsHash: "" };
    workloads.set(workload, { id, name });
    if (caseId !== null) cases.set(caseKey(id, paramsHash), caseId);
  }
  return { workloads, cases };
}

/** Cases that were just created, by `caseKey`. */
export async function readNewCases(
  tx: Db,
  projectId: number,
  wanted: readonly { workloadId: number; paramsHash: string }[],
): Promise<Map<string, number>> {
  const found = await rows<{ id: number; workloadId: number; paramsHash: string }>(
    tx,
    `select c.id, c.workload_id as "workloadId", c.params_hash as "paramsHash"
       from unnest($2::int[], $3::text[]) as wanted (workload_id, params_hash)
       join cases c on c.project_id = (select $1::int) and c.workload_id = wanted.workload_id and c.params_hash = wanted.params_hash`,
    [projectId, ints(wanted.map(({ workloadId }) => workloadId)), texts(wanted.map(({ paramsHash }) => paramsHash))],
  );
  return new Map(found.map(({ id, workloadId, paramsHash }) => [caseKey(workloadId, paramsHash), id]));
}
