import { randomUUID } from "node:crypto";
import { projectFor } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/recordAudit";
import { requestTelling } from "@/lib/db/jobs";
import { FILTER_CONDITION, FILTERED_SHIFTS, filterValues, statusCondition } from "@/lib/db/shiftFilter";
import { type Db, row, rows, transaction } from "@/lib/db/sql";
import { ChangedMeanwhile, Conflict, Invalid, NotFound } from "@/lib/errors";
import { type Actor, shownName } from "@/lib/model/actor";
import { type Change, changesOf, type Triage } from "@/lib/model/triage";
import type { Json } from "@/lib/model/words";
import type { BulkTriageBody, TriageBody } from "./triageBodies";
import { type Decided, decide } from "./triageRules";

/** What a request changed together. */
export type Triaged = {
  /** Number of the change, by which it is undone: that of its first decision. null: everything was as wanted already. */
  batch: number | null;
  /** Numbers of the shifts that were changed. */
  changed: number[];
  /** How many were as wanted already. */
  unchanged: number;
};

type Project = { id: number; slug: string; repository: string | null };
/** A shift as it stands, locked. */
export type Standing = { number: number; revision: number; change: number | null; triage: Triage };

/** Changes others made that an answer lists. */
const MOST_LISTED = 100;

/**
 * Changes what people say of one shift. Needs `triage`. Throws NotFound, Invalid, and ChangedMeanwhile where somebody
 * changed it since the revision that the caller has seen.
 */
export async function triageShift(actor: Actor, slug: string, number: number, body: TriageBody): Promise<Triaged> {
  const project = await projectFor(actor, "triage", slug);
  const { revision, ...change } = body;
  return transaction(async (tx) => {
    await oneAtATime(tx, project.id);
    const found = await lock(tx, project.id, [number]);
    if (found.length === 0) throw new NotFound(`There is no shift #${number} in ${slug}.`);
    await refuseUnseen(tx, project.id, found, new Map([[number, revision]]));
    return write(tx, project, actor, found, await decide(tx, actor, project, change));
  });
}

/** The same change of several shifts, all or nothing: those that are named, or all that match a filter. Throws as `triageShift`. */
export async function triageShifts(actor: Actor, slug: string, body: BulkTriageBody): Promise<Triaged> {
  const project = await projectFor(actor, "triage", slug);
  const { shifts, filter, total = 0, seen = 0, ...change } = body;
  return transaction(async (tx) => {
    await oneAtATime(tx, project.id);
    const numbers = filter
      ? await matching(tx, project.id, filter, actor.user?.id ?? null)
      : (shifts ?? []).map((shift) => shift.number);
    if (filter && numbers.length !== total)
      throw new Conflict(
        `The filter matches ${numbers.length} shifts now, not ${total}. Nothing was changed; look at the list again.`,
      );
    const found = await lock(tx, project.id, numbers);
    refuseMissing(slug, numbers, found);
    if (filter) await refuseNewer(tx, project.id, found, seen);
    else await refuseUnseen(tx, project.id, found, new Map((shifts ?? []).map((one) => [one.number, one.revision])));
    return write(tx, project, actor, found, await decide(tx, actor, project, change));
  });
}

/** Name of the lock that triage of a project holds. */
const LOCK = 7_461_001;

/**
 * Triage of a project is written one at a time, so that decisions are numbered in the order in which they can be seen:
 * the newest number that a list has shown stands for all before it.
 */
export const oneAtATime = (tx: Db, projectId: number): Promise<unknown> =>
  rows(tx, "select pg_advisory_xact_lock($1, $2)", [LOCK, projectId]);

export async function lock(tx: Db, projectId: number, numbers: readonly number[]): Promise<Standing[]> {
  return rows<Standing>(
    tx,
    `select s.number, s.revision, (s.summary #>> '{largest,change}')::float8 as change,
       json_build_object('status', s.status, 'statusReason', s.status_reason, 'acceptedUntil',
         to_char(s.accepted_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'owner', s.owner, 'ownerId', s.owner_id,
         'dueOn', to_char(s.due_on, 'YYYY-MM-DD'), 'issues', s.issues) as triage
     from shifts s where s.project_id = $1 and s.number = any($2::int[]) order by s.number for update`,
    [projectId, numbers],
  );
}

async function matching(
  tx: Db,
  projectId: number,
  filter: NonNullable<BulkTriageBody["filter"]>,
  userId: number | null,
): Promise<number[]> {
  const found = await rows<{ number: number }>(
    tx,
    `select s.number from ${FILTERED_SHIFTS} where ${FILTER_CONDITION} and ${statusCondition(filter.status)}`,
    [projectId, ...filterValues(filter, userId)],
  );
  return found.map(({ number }) => number);
}

function refuseMissing(slug: string, numbers: readonly number[], found: readonly Standing[]): void {
  const known = new Set(found.map(({ number }) => number));
  const faults = numbers.flatMap((number, i) =>
    known.has(number) ? [] : [{ path: `$.shifts[${i}].number`, message: `There is no shift #${number} in ${slug}.` }],
  );
  if (faults.length > 0) throw new Invalid(`Nothing was changed. ${faults[0]?.message}`, faults);
}

/** Throws where somebody changed a shift since the revision that the caller has seen. */
async function refuseUnseen(
  tx: Db,
  projectId: number,
  found: readonly Standing[],
  seen: ReadonlyMap<number, number>,
): Promise<void> {
  const stale = found.filter(({ number, revision }) => revision !== seen.get(number));
  if (stale.length === 0) return;
  const changes = await changesSince(tx, "x.revision < d.revision", [
    projectId,
    JSON.stringify(stale.map(({ number }) => ({ number, revision: seen.get(number) }))),
  ]);
  throw changedMeanwhile(stale.length, found.length, changes);
}

/** The same for a filter: somebody decided something after the decision `seen`. */
async function refuseNewer(tx: Db, projectId: number, found: readonly Standing[], seen: number): Promise<void> {
  const changes = await changesSince(tx, "x.revision < d.id", [
    projectId,
    JSON.stringify(found.map(({ number }) => ({ number, revision: seen }))),
  ]);
  const stale = new Set(changes.map(({ shift }) => shift)).size;
  if (stale > 0) throw changedMeanwhile(stale, found.length, changes);
}

function changesSince(tx: Db, condition: string, values: unknown[]): Promise<Change[]> {
  return rows<Change>(
    tx,
    `select d.shift_number as shift, s.revision, d.at, d.by, d.before, d.after, d.reason
     from json_to_recordset($2) as x (number int, revision int)
     join decisions d on d.project_id = $1 and d.shift_number = x.number and ${condition}
     join shifts s on s.project_id = $1 and s.number = x.number
     order by d.id desc`,
    values,
  );
}

function changedMeanwhile(stale: number, of: number, changes: Change[]): ChangedMeanwhile {
  const [newest] = changes;
  const who = newest ? ` ${newest.by} was the last.` : "";
  const what = of === 1 ? "This shift was" : `${stale} of these ${of} shifts were`;
  return new ChangedMeanwhile(
    `${what} changed by somebody else meanwhile.${who} Nothing was written; look at what changed, and send it again with the revision of now.`,
    changes.slice(0, MOST_LISTED),
    stale,
  );
}

async function write(
  tx: Db,
  project: Project,
  actor: Actor,
  found: readonly Standing[],
  decided: Decided,
): Promise<Triaged> {
  const changes = found.flatMap((shift) => {
    const changed = changesOf(shift.triage, decided.apply(shift));
    return changed ? [{ shift, ...changed }] : [];
  });
  const written = changes.map(({ shift, before, after }) => ({
    number: shift.number,
    before,
    after,
    triage: { ...shift.triage, ...after },
  }));
  const batch = await writeDecisions(tx, project.id, actor, { verb: "triaged", reason: decided.reason }, written);
  const numbers = written.map(({ number }) => number);
  if (numbers.length > 0)
    await recordAudit(tx, {
      projectId: project.id,
      actor,
      verb: "triaged",
      subject: numbers.length === 1 ? `shift #${numbers[0]}` : `${numbers.length} shifts`,
      detail: { batch, shifts: numbers, ...(decided.asked as { [name: string]: Json }) },
    });
  return { batch, changed: numbers, unchanged: found.length - numbers.length };
}

export type Written = {
  number: number;
  before: Partial<Triage>;
  after: Partial<Triage>;
  /** As it stands afterwards. */
  triage: Triage;
  /** The decision that this one takes back. */
  undoes?: number;
};

/** Writes shifts and their decisions, in one statement for any number of them. Gives the number of the change; null: of none. */
export async function writeDecisions(
  tx: Db,
  projectId: number,
  actor: Actor,
  { verb, reason }: { verb: "triaged" | "undid"; reason: string | null },
  written: readonly Written[],
): Promise<number | null> {
  if (written.length === 0) return null;
  const by = shownName(actor);
  const byId = actor.user?.id ?? null;
  const first = await row<{ id: number }>(
    tx,
    `with sent as (
       select * from json_to_recordset($2) as x (number int, before jsonb, after jsonb, triage jsonb, undoes int)
     ), changed as (
       update shifts s set status = t.status, status_reason = t."statusReason", accepted_until = t."acceptedUntil",
         owner = t.owner, owner_id = t."ownerId", due_on = t."dueOn",
         issues = array(select jsonb_array_elements_text(x.triage -> 'issues')), decided_at = now(), decided_by = $3,
         revision = s.revision + 1
       from sent x, jsonb_to_record(x.triage) as t (status text, "statusReason" text, "acceptedUntil" timestamptz,
         owner text, "ownerId" int, "dueOn" date)
       where s.project_id = $1 and s.number = x.number returning s.number, s.revision
     ), made as (
     insert into decisions (project_id, shift_number, batch, by, by_id, verb, before, after, reason, revision, undoes)
     select $1, x.number, $5, $3, $4, $6, x.before, x.after, $7, changed.revision, x.undoes
     from sent x join changed on changed.number = x.number order by x.number returning id
     ) select min(id) as id from made`,
    [projectId, JSON.stringify(written), by, byId, randomUUID(), verb, reason],
  );
  if (written.some(({ after }) => after.status !== undefined)) await requestTelling(tx, projectId);
  return first?.id ?? null;
}
