import { type Db, row, rows } from "@/lib/db/sql";
import { canonicalJson, hashJson } from "@/lib/model/canonicalJson";
import { type Facts, groupFacts, withoutNotes } from "@/lib/model/facts";
import type { Json } from "@/lib/model/words";
import { numbers, texts } from "./columns";

/**
 * Names become ids, set by set: they are read, and what is missing is inserted in sorted order (two transactions cannot
 * wait for each other crosswise); what somebody else inserts meanwhile is waited for, and read again.
 */
export const storeBranches = (tx: Db, projectId: number, names: string[]) =>
  storeNames(tx, "branches", projectId, names);

export const storeEnvironments = (tx: Db, projectId: number, names: string[]) =>
  storeNames(tx, "environments", projectId, names);

async function storeNames(
  tx: Db,
  table: "branches" | "environments",
  projectId: number,
  names: string[],
): Promise<Map<string, number>> {
  const wanted = [...new Set(names)].sort();
  const read = async () => {
    const found = await rows<{ id: number; name: string }>(
      tx,
      `select id, name from ${table} where project_id = $1 and name = any($2::text[])`,
      [projectId, wanted],
    );
    return new Map(found.map(({ id, name }) => [name, id]));
  };
  const known = await read();
  const missing = wanted.filter((name) => !known.has(name));
  if (!missing.length) return known;
  await rows(
    tx,
    `insert into ${table} (project_id, name)
     select $1, wanted.name from unnest($2::text[]) as wanted (name) order by wanted.name on conflict do nothing`,
    [projectId, missing],
  );
  return read();
}

/** The facts that some environment was sent with. */
export type SentFacts = { environmentId: number; facts: Facts };

export type StoredRevisions = {
  /** Revision of `${environmentId}/${hash of the facts that count}`. */
  ids: Map<string, number>;
  /** Revisions that were known now belong to another group: lines that were joined are broken, or the other way round. */
  isRegrouped: boolean;
};

export const revisionKey = (environmentId: number, facts: Facts): string => `${environmentId}/${hashJson(facts)}`;

/** Names of facts that are mere notes: the project's setting `notes`. */
export async function readNotes(tx: Db, projectId: number): Promise<string[]> {
  const setting = await row<{ value: Json }>(tx, "select value from settings where project_id = $1 and key = 'notes'", [
    projectId,
  ]);
  return Array.isArray(setting?.value) ? setting.value.filter((name) => typeof name === "string") : [];
}

/** `sent` without notes. */
export async function storeRevisions(tx: Db, projectId: number, sent: SentFacts[]): Promise<StoredRevisions> {
  const wanted = new Map(sent.map((one) => [revisionKey(one.environmentId, one.facts), one]));
  const environmentIds = [...new Set(sent.map(({ environmentId }) => environmentId))];
  const known = await readRevisions(tx, projectId, environmentIds);
  const missing = [...wanted].filter(([key]) => !known.has(key)).map(([, one]) => one);
  if (!missing.length) return { ids: known, isRegrouped: false };
  const grown = [...new Set(missing.map(({ environmentId }) => environmentId))];
  await rows(
    tx,
    "select id from environments where project_id = $1 and id = any($2::int[]) order by name for no key update",
    [projectId, grown],
  );
  await rows(
    tx,
    `insert into environment_revisions (project_id, environment_id, facts, facts_hash, facts_group)
     select $1, wanted.environment_id, wanted.facts::jsonb, wanted.facts_hash, 0
       from unnest($2::int[], $3::text[], $4::text[]) as wanted (environment_id, facts, facts_hash)
         on conflict do nothing`,
    [
      projectId,
      missing.map(({ environmentId }) => environmentId),
      missing.map(({ facts }) => canonicalJson(facts)),
      missing.map(({ facts }) => hashJson(facts)),
    ],
  );
  const isRegrouped = await regroup(tx, projectId, grown);
  return { ids: await readRevisions(tx, projectId, environmentIds), isRegrouped };
}

async function readRevisions(tx: Db, projectId: number, environmentIds: number[]): Promise<Map<string, number>> {
  const found = await rows<{ id: number; environmentId: number; factsHash: string }>(
    tx,
    `select id, environment_id as "environmentId", facts_hash as "factsHash"
       from environment_revisions where project_id = $1 and environment_id = any($2::int[])`,
    [projectId, environmentIds],
  );
  return new Map(found.map(({ id, environmentId, factsHash }) => [`${environmentId}/${factsHash}`, id]));
}

type Revision = { id: number; environmentId: number; facts: Facts; factsGroup: number };

/** Groups all revisions of these environments anew. True: one that had a group (not 0) has another now. */
async function regroup(tx: Db, projectId: number, environmentIds: number[]): Promise<boolean> {
  const revisions = await rows<Revision>(
    tx,
    `select id, environment_id as "environmentId", facts, facts_group as "factsGroup"
       from environment_revisions where project_id = $1 and environment_id = any($2::int[]) order by id`,
    [projectId, environmentIds],
  );
  const changed = environmentIds.flatMap((environmentId) =>
    changedGroups(revisions.filter((revision) => revision.environmentId === environmentId)),
  );
  await rows(
    tx,
    `update environment_revisions r set facts_group = changed.facts_group
       from unnest($2::int[], $3::int[]) as changed (id, facts_group)
      where r.project_id = $1 and r.id = changed.id`,
    [projectId, changed.map(({ id }) => id), changed.map(({ group }) => group)],
  );
  return changed.some(({ was }) => was !== 0);
}

/** A group is named by its lowest revision; `revisions` are those of one environment, by id. */
function changedGroups(revisions: Revision[]): { id: number; group: number; was: number }[] {
  const groups = groupFacts(revisions.map(({ facts }) => facts));
  const lowest = new Map<number, number>();
  for (const [index, { id }] of revisions.entries()) {
    const group = groups[index] ?? 0;
    if (!lowest.has(group)) lowest.set(group, id);
  }
  return revisions
    .map(({ id, factsGroup }, index) => ({ id, group: lowest.get(groups[index] ?? 0) ?? id, was: factsGroup }))
    .filter(({ group, was }) => group !== was);
}

/** The facts of a document that count. */
export const countingFacts = (facts: Facts | undefined, notes: readonly string[]): Facts =>
  withoutNotes(facts ?? {}, notes);

/** A workload by the name it was sent under. */
export type FoundWorkload = { id: number; name: string };

/**
 * Workloads by sent name, aliases followed. Numbers are given under the lock of the project's row, without gaps, in the
 * order of names.
 */
export async function storeWorkloads(tx: Db, projectId: number, names: string[]): Promise<Map<string, FoundWorkload>> {
  const wanted = [...new Set(names)].sort();
  const known = await readWorkloads(tx, projectId, wanted);
  if (wanted.every((name) => known.has(name))) return known;
  await rows(tx, "select id from projects where id = $1 for no key update", [projectId]);
  await rows(
    tx,
    `with missing as (
       select wanted.name, row_number() over (order by wanted.name) as ordinal
         from unnest($2::text[]) as wanted (name)
        where not exists (select from workloads w where w.project_id = (select $1::int) and w.name = wanted.name)
          and not exists (select from workload_aliases a where a.project_id = (select $1::int) and a.name = wanted.name)),
     counted as (
       update projects set last_workload_number = last_workload_number + (select count(*) from missing)
        where id = $1 returning last_workload_number - (select count(*) from missing) as before)
     insert into workloads (project_id, number, name)
     select $1, counted.before + missing.ordinal, missing.name from missing, counted order by missing.name`,
    [projectId, wanted],
  );
  return readWorkloads(tx, projectId, wanted);
}

async function readWorkloads(tx: Db, projectId: number, names: string[]): Promise<Map<string, FoundWorkload>> {
  const found = await rows<{ sent: string } & FoundWorkload>(
    tx,
    `select wanted.name as sent, w.id, w.name
       from unnest($2::text[]) as wanted (name)
       left join workload_aliases a on a.project_id = (select $1::int) and a.name = wanted.name
       left join workloads own on own.project_id = (select $1::int) and own.name = wanted.name
       join workloads w on w.project_id = (select $1::int) and w.id = coalesce(a.workload_id, own.merged_into, own.id)`,
    [projectId, names],
  );
  return new Map(found.map(({ sent, id, name }) => [sent, { id, name }]));
}

export const caseKey = (workloadId: number, paramsHash: string): string => `${workloadId}/${paramsHash}`;

/** A case by its workload and its params as canonical JSON. */
export type WantedCase = { workloadId: number; params: string; paramsHash: string };

/** Cases by `caseKey`. */
export async function storeCases(tx: Db, projectId: number, wanted: WantedCase[]): Promise<Map<string, number>> {
  const distinct = new Map(wanted.map((one) => [caseKey(one.workloadId, one.paramsHash), one]));
  const known = await readCases(tx, projectId, distinct);
  const missing = [...distinct].filter(([key]) => !known.has(key)).map(([, one]) => one);
  if (!missing.length) return known;
  await rows(
    tx,
    `insert into cases (project_id, workload_id, params, params_hash)
     select $1, wanted.workload_id, wanted.params::jsonb, wanted.params_hash
       from unnest($2::int[], $3::text[], $4::text[]) as wanted (workload_id, params, params_hash)
      order by wanted.workload_id, wanted.params_hash on conflict do nothing`,
    [
      projectId,
      missing.map(({ workloadId }) => workloadId),
      missing.map(({ params }) => params),
      missing.map(({ paramsHash }) => paramsHash),
    ],
  );
  return readCases(tx, projectId, distinct);
}

async function readCases(tx: Db, projectId: number, wanted: Map<string, WantedCase>): Promise<Map<string, number>> {
  const all = [...wanted.values()];
  const found = await rows<{ id: number; place: number }>(
    tx,
    `select c.id, wanted.place
       from unnest($2::int[], $3::text[]) with ordinality as wanted (workload_id, params_hash, place)
       join cases c on c.project_id = (select $1::int) and c.workload_id = wanted.workload_id and c.params_hash = wanted.params_hash`,
    [projectId, numbers(all.map(({ workloadId }) => workloadId)), texts(all.map(({ paramsHash }) => paramsHash))],
  );
  const keys = [...wanted.keys()];
  return new Map(found.map(({ id, place }) => [keys[place - 1] ?? "", id]));
}
