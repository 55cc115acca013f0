import { readProject } from "@/lib/auth/access";
import { type Db, db, row, rows } from "@/lib/db/sql";
import { NotFound } from "@/lib/errors";
import { type Actor, may } from "@/lib/model/actor";
import type { Triage } from "@/lib/model/triage";
import { STATUS_NOW } from "./open";
import { isoOf } from "./points";

/** What somebody decided, and when. */
export type Decision = {
  id: number;
  /** The shift it was decided of: another one where this shift was split from it afterwards. */
  shift: number;
  /** Number of the change, what one request changed together; and how many shifts that were. */
  batch: number;
  batchShifts: number;
  at: string;
  by: string;
  verb: "triaged" | "undid";
  /** What was changed, as it was and as it became. */
  before: Partial<Triage>;
  after: Partial<Triage>;
  reason: string | null;
  undoneAt: string | null;
  /** Nothing has changed the same since: it can be taken back. */
  mayUndo: boolean;
};

export type ShiftNote = {
  id: number;
  /** Markdown, as it was typed. */
  text: string;
  writtenBy: string;
  writtenAt: string;
  editedAt: string | null;
  revision: number;
  /** May the caller change it, or remove it? */
  may: { change: boolean; remove: boolean };
};

/** Somebody with an account here. */
export type Person = { id: number; name: string };

/** What people say of a shift, and everything around it. */
export type TriageRead = Triage & {
  number: number;
  revision: number;
  /** The accepted level's time is over: it counts as new again. `status` says so, `statusReason` is that of then. */
  acceptanceOver: boolean;
  decidedAt: string | null;
  decidedBy: string | null;
  /** Who set the status that stands; null: nobody has, or it came with the shift that this one was split from. */
  statusBy: string | null;
  statusAt: string | null;
  /** Number of the shift that this one was split from: it began with what was decided of that one. */
  splitFrom: number | null;
  /** Newest first, at most HISTORY. */
  history: Decision[];
  historyTotal: number;
  notes: ShiftNote[];
  /** May the caller change it; and is it a person, whom "me" can mean? */
  may: { triage: boolean };
  me: Person | null;
  /** Whom it can be given to; empty for who may not. */
  people: Person[];
};

export const HISTORY = 200;
const NOTES = 500;

/** What people say of a shift: status, owner, due day, links, history and notes. Throws NotFound. */
export async function readTriage(actor: Actor, slug: string, number: number): Promise<TriageRead> {
  const project = await readProject(actor, slug);
  const head = await headOf(project.id, number);
  if (!head) throw new NotFound(`There is no shift #${number} in ${slug}.`);
  const mayTriage = may(actor, "triage", project.id);
  const { splitAt, ...told } = head;
  const [history, notes, people] = await Promise.all([
    historyOf(project.id, number, head.splitFrom, splitAt),
    notesOf(actor, project.id, number),
    mayTriage ? readPeople() : [],
  ]);
  const standing = history.find(({ after, undoneAt }) => after.status !== undefined && undoneAt === null);
  return {
    ...told,
    statusBy: standing?.by ?? null,
    statusAt: standing?.at ?? null,
    history: history.map(({ total: _, ...decision }) => decision),
    historyTotal: history[0]?.total ?? 0,
    notes,
    may: { triage: mayTriage },
    me: actor.user ? { id: actor.user.id, name: actor.user.name } : null,
    people,
  };
}

type Head = Omit<TriageRead, "statusBy" | "statusAt" | "history" | "historyTotal" | "notes" | "may" | "me" | "people">;

const headOf = (projectId: number, number: number) =>
  row<Head & { splitAt: string | null }>(
    db(),
    `SELECT s.number, s.revision, ${STATUS_NOW} AS status, ${STATUS_NOW} <> s.status AS "acceptanceOver",
       s.status_reason AS "statusReason", ${isoOf("s.accepted_until")} AS "acceptedUntil", s.owner,
       s.owner_id AS "ownerId", to_char(s.due_on, 'YYYY-MM-DD') AS "dueOn", s.issues,
       ${isoOf("s.decided_at")} AS "decidedAt", s.decided_by AS "decidedBy", split.origin AS "splitFrom",
       ${isoOf("split.at")} AS "splitAt"
     FROM shifts s LEFT JOIN LATERAL (
       SELECT (l.detail ->> 'splitFrom')::int AS origin, l.at FROM shift_log l
       WHERE l.project_id = $1 AND l.shift_number = s.number AND l.kind = 'opened' AND l.detail ->> 'splitFrom' IS NOT NULL
       ORDER BY l.id LIMIT 1) split ON true
     WHERE s.project_id = $1 AND s.number = $2`,
    [projectId, number],
  );

const historyOf = (projectId: number, number: number, splitFrom: number | null, splitAt: string | null) =>
  rows<Decision & { total: number }>(
    db(),
    `SELECT d.id, d.shift_number AS shift, (SELECT min(o.id) FROM decisions o WHERE o.project_id = $1 AND o.batch = d.batch) AS batch, ${isoOf("d.at")} AS at, d.by, d.verb, d.before, d.after, d.reason,
       ${isoOf("d.undone_at")} AS "undoneAt", count(*) OVER () AS total,
       (SELECT count(*) FROM decisions o WHERE o.project_id = $1 AND o.batch = d.batch) AS "batchShifts",
       d.shift_number = $2 AND ${MAY_UNDO} AS "mayUndo"
     FROM decisions d
     WHERE d.project_id = $1 AND (d.shift_number = $2 OR d.shift_number = $3 AND d.at <= $4::timestamptz)
     ORDER BY d.id DESC LIMIT ${HISTORY}`,
    [projectId, number, splitFrom, splitAt],
  );

/** SQL of `decisions d`, project $1: it stands, and nothing has changed the same since. */
export const MAY_UNDO = `(d.undoes IS NULL AND d.undone_at IS NULL AND NOT EXISTS (
  SELECT FROM decisions l WHERE l.project_id = $1 AND l.shift_number = d.shift_number AND l.id > d.id
    AND l.undoes IS NULL AND l.undone_at IS NULL AND l.after ?| ARRAY(SELECT jsonb_object_keys(d.after))))`;

type NoteRow = Omit<ShiftNote, "may"> & { writtenById: number | null };

const NOTE = `n.id, n.text, n.written_by AS "writtenBy", n.written_by_id AS "writtenById",
  ${isoOf("n.written_at")} AS "writtenAt", ${isoOf("n.edited_at")} AS "editedAt", n.revision`;

async function notesOf(actor: Actor, projectId: number, number: number): Promise<ShiftNote[]> {
  const found = await rows<NoteRow>(
    db(),
    `SELECT ${NOTE} FROM shift_notes n
     WHERE n.project_id = $1 AND n.shift_number = $2 AND n.removed_at IS NULL ORDER BY n.id DESC LIMIT ${NOTES}`,
    [projectId, number],
  );
  return found.map((note) => noteFor(actor, projectId, note));
}

/** One note, for whoever has just written it; checks no access. */
export async function readNote(actor: Actor, projectId: number, id: number): Promise<ShiftNote | null> {
  const found = await row<NoteRow>(db(), `SELECT ${NOTE} FROM shift_notes n WHERE n.project_id = $1 AND n.id = $2`, [
    projectId,
    id,
  ]);
  return found && noteFor(actor, projectId, found);
}

function noteFor(actor: Actor, projectId: number, { writtenById, ...note }: NoteRow): ShiftNote {
  const isOwn = actor.user
    ? actor.user.id === writtenById
    : writtenById === null && note.writtenBy === actor.name && actor.kind === "token";
  const isAllowed = may(actor, "triage", projectId);
  return {
    ...note,
    may: { change: isOwn && isAllowed, remove: (isOwn && isAllowed) || may(actor, "admin", projectId) },
  };
}

/** Whom a shift can be given to: everybody who may sign in, by name. Checks no access. */
export const readPeople = (on: Db = db()): Promise<Person[]> =>
  rows<Person>(on, "SELECT id, name FROM users WHERE disabled_at IS NULL ORDER BY lower(name), id");

/** What a reader may do about shifts, who that is, and whom they can be given to. */
export async function readHands(
  actor: Actor,
  slug: string,
): Promise<{ mayTriage: boolean; me: Person | null; people: Person[] }> {
  const project = await readProject(actor, slug);
  const mayTriage = may(actor, "triage", project.id);
  const me = actor.user ? { id: actor.user.id, name: actor.user.name } : null;
  return { mayTriage, me, people: mayTriage ? await readPeople() : [] };
}

/** What one request changed, over all the shifts that it concerned. */
export type ChangeItem = {
  batch: number;
  at: string;
  by: string;
  verb: "triaged" | "undid";
  /** What was asked for, as the first of the shifts got it. */
  after: Partial<Triage>;
  reason: string | null;
  /** The first few, and how many in all. */
  shifts: number[];
  total: number;
  /** Of them: taken back since, and those that can be. */
  undone: number;
  undoable: number;
};
