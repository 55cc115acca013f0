import { type Db, rows } from "@/lib/db/sql";
import { canonicalJson, hashJson } from "@/lib/model/canonicalJson";
import { type Facts, groupFacts, withoutNotes } from "@/lib/model/facts";
import {
  caseKey,
  type FoundWorkload,
  readNamed,
  readNewCases,
  readRevisions,
  readWorkloads,
  revisionKeyOf,
} from "./readNames";

/**
 * Names become ids, set by set. `known` is what was read of them (./readNames.ts). What is missing is inserted in sorted
 * order, one set after another (two transactions cannot wait for each other crosswise); what somebody else inserts
 * meanwhile is waited for, and read again.
 */
export async function storeNamed(
  tx: Db,
  table: "branches" | "environments",
  projectId: number,
  names: readonly string[],
  known: Map<string, number>,
): Promise<Map<string, number>> {
  const missing = [...new Set(names)].filter((name) => !known.has(name)).sort();
  if (!missing.length) return known;
  await rows(
    tx,
    `insert into ${table} (project_id, name)
     select $1, wanted.name from unnest($2::text[]) as wanted (name) order by wanted.name on conflict do nothing`,
    [projectId, missing],
  );
  return readNamed(tx, table, projectId, names);
}

/** The facts that some environment was sent with. */
export type SentFacts = { environment: string; environmentId: number; facts: Facts };

export type StoredRevisions = {
  /** Revision of `${environmentId}/${hash of the facts that count}`. */
  ids: Map<string, number>;
  /** Revisions that were known now belong to another group: lines that were joined are broken, or the other way round. */
  isRegrouped: boolean;
};

export const revisionKey = (environmentId: number, facts: Facts): string =>
  revisionKeyOf(environmentId, hashJson(facts));

/** `sent` without notes. */
export async function storeRevisions(
  tx: Db,
  projectId: number,
  sent: SentFacts[],
  known: Map<string, number>,
): Promise<StoredRevisions> {
  const wanted = new Map(sent.map((one) => [revisionKey(one.environmentId, one.facts), one]));
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
  const names = [...new Set(sent.map(({ environment }) => environment))];
  return { ids: await readRevisions(tx, projectId, names), isRegrouped };
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

/**
 * Workloads by sent name, aliases followed. Numbers are given under the lock of the project's row, without gaps, in the
 * order of names.
 */
export async function storeWorkloads(
  tx: Db,
  projectId: number,
  names: readonly string[],
  known: Map<string, FoundWorkload>,
): Promise<Map<string, FoundWorkload>> {
  if (names.every((name) => known.has(name))) return known;
  const wanted = [...new Set(names)].sort();
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

/** A case by its workload and its params as canonical JSON. */
export type WantedCase = { workloadId: number; params: string; paramsHash: string };

/** Cases by `caseKey`. */
export async function storeCases(
  tx: Db,
  projectId: number,
  wanted: WantedCase[],
  known: Map<string, number>,
): Promise<Map<string, number>> {
  const distinct = new Map(wanted.map((one) => [caseKey(one.workloadId, one.paramsHash), one]));
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
  return new Map([...known, ...(await readNewCases(tx, projectId, missing))]);
}
