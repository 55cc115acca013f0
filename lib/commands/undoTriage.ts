import { projectFor } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/recordAudit";
import { type Db, rows, transaction } from "@/lib/db/sql";
import { ChangedMeanwhile, Conflict, NotFound } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";
import type { Change, Triage } from "@/lib/model/triage";
import { idOf } from "./find";
import { lock, oneAtATime, writeDecisions } from "./triageShifts";

/** What became of an undo: what somebody has changed since stays as it is. */
export type Undone = {
  /** Number of the change that this is itself. */
  batch: number | null;
  undone: number[];
  /** Shifts that stay, each with the change that was made since. At most MOST_LISTED of `refused`. */
  changes: Change[];
  refused: number;
};

type Taken = { id: number; number: number; before: Partial<Triage>; after: Partial<Triage>; later: Change | null };

const MOST_LISTED = 100;

/**
 * Takes back what one request changed, where nothing else has changed the same of it since; the rest is told. Needs
 * `triage`. Throws NotFound, Conflict where it is taken back already, ChangedMeanwhile where nothing could be.
 */
export async function undoTriage(actor: Actor, slug: string, text: string): Promise<Undone> {
  const project = await projectFor(actor, "triage", slug);
  const batch = idOf(text) ?? 0;
  return transaction(async (tx) => {
    await oneAtATime(tx, project.id);
    const decisions = await taken(tx, project.id, batch);
    if (decisions.length === 0) await refuse(tx, project.id, slug, text);
    const free = decisions.filter(({ later }) => later === null);
    const changes = decisions.flatMap(({ later }) => later ?? []);
    if (free.length === 0)
      throw new ChangedMeanwhile(
        `Nothing was undone: ${changes[0]?.by} has changed the same since. Look at what changed.`,
        changes.slice(0, MOST_LISTED),
        changes.length,
      );
    const undone = await takeBack(tx, project.id, actor, free);
    await recordAudit(tx, {
      projectId: project.id,
      actor,
      verb: "undid",
      subject: undone.numbers.length === 1 ? `shift #${undone.numbers[0]}` : `${undone.numbers.length} shifts`,
      detail: { batch: undone.batch, undid: batch, shifts: undone.numbers, refused: changes.length },
    });
    return {
      batch: undone.batch,
      undone: undone.numbers,
      changes: changes.slice(0, MOST_LISTED),
      refused: changes.length,
    };
  });
}

/** SQL: the batch of the decision with the number $2. */
const BATCH = "(select o.batch from decisions o where o.project_id = $1 and o.id = $2)";

/** Decisions of the batch that still count, each with the newest later one that touches the same. */
function taken(tx: Db, projectId: number, batch: number): Promise<Taken[]> {
  return rows<Taken>(
    tx,
    `select d.id, d.shift_number as number, d.before, d.after, later.change as later
     from decisions d
     left join lateral (
       select json_build_object('shift', l.shift_number, 'revision', s.revision, 'at', to_char(l.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'by', l.by,
         'before', l.before, 'after', l.after, 'reason', l.reason) as change
       from decisions l join shifts s on s.project_id = $1 and s.number = l.shift_number
       where l.project_id = $1 and l.shift_number = d.shift_number and l.id > d.id and l.undoes is null
         and l.undone_at is null and l.after ?| array(select jsonb_object_keys(d.after))
       order by l.id desc limit 1) later on true
     where d.project_id = $1 and d.batch = ${BATCH} and d.undoes is null and d.undone_at is null order by d.shift_number`,
    [projectId, batch],
  );
}

async function refuse(tx: Db, projectId: number, slug: string, text: string): Promise<never> {
  const [known] = await rows<{ undoes: number | null }>(
    tx,
    "select undoes from decisions where project_id = $1 and id = $2",
    [projectId, idOf(text) ?? 0],
  );
  if (!known) throw new NotFound(`The project '${slug}' has no change ${text}. GET the list of its changes.`);
  throw new Conflict(
    known.undoes === null ? "This change has been undone already." : "This took a change back; it cannot be undone.",
  );
}

async function takeBack(
  tx: Db,
  projectId: number,
  actor: Actor,
  decisions: readonly Taken[],
): Promise<{ batch: number | null; numbers: number[] }> {
  const numbers = decisions.map(({ number }) => number);
  const standing = new Map((await lock(tx, projectId, numbers)).map((shift) => [shift.number, shift.triage]));
  const written = decisions.flatMap(({ id, number, before, after }) => {
    const now = standing.get(number);
    return now ? [{ number, before: after, after: before, triage: { ...now, ...before }, undoes: id }] : [];
  });
  const batch = await writeDecisions(tx, projectId, actor, { verb: "undid", reason: null }, written);
  await rows(tx, "update decisions set undone_at = now() where project_id = $1 and id = any($2::int[])", [
    projectId,
    decisions.map(({ id }) => id),
  ]);
  return { batch, numbers };
}
