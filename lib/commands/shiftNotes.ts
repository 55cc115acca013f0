import type { z } from "zod";
import { projectFor } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/recordAudit";
import { type Db, row, transaction } from "@/lib/db/sql";
import { ChangedMeanwhile, Forbidden, NotFound } from "@/lib/errors";
import { type Actor, may, shownName } from "@/lib/model/actor";
import { idOf } from "./find";
import type { NoteBody, NoteChange } from "./triageBodies";

export type WrittenNote = { projectId: number; id: number };

/** Writes a note on a shift. Needs `triage`. Throws NotFound. */
export async function addNote(
  actor: Actor,
  slug: string,
  number: number,
  { text }: z.output<typeof NoteBody>,
): Promise<WrittenNote> {
  const project = await projectFor(actor, "triage", slug);
  return transaction(async (tx) => {
    const made = await row<{ id: number }>(
      tx,
      `insert into shift_notes (project_id, shift_number, text, written_by, written_by_id)
       select $1, number, $3, $4, $5 from shifts where project_id = $1 and number = $2 returning id`,
      [project.id, number, text, shownName(actor), actor.user?.id ?? null],
    );
    if (!made) throw new NotFound(`There is no shift #${number} in ${slug}.`);
    await recordAudit(tx, {
      projectId: project.id,
      actor,
      verb: "noted",
      subject: `shift #${number}`,
      detail: { note: made.id, text },
    });
    return { projectId: project.id, id: made.id };
  });
}

/** Changes a note of one's own. Needs `triage`. Throws NotFound, Forbidden, ChangedMeanwhile. */
export async function changeNote(
  actor: Actor,
  slug: string,
  number: number,
  id: string,
  { text, revision }: z.output<typeof NoteChange>,
): Promise<WrittenNote> {
  const project = await projectFor(actor, "triage", slug);
  return transaction(async (tx) => {
    const note = await lockNote(tx, project.id, slug, number, id);
    if (!isOwn(actor, note)) throw new Forbidden(`Only ${note.writtenBy} may change this note. Write one of your own.`);
    refuseUnseen(note, number, revision);
    await row(
      tx,
      `update shift_notes set text = $3, edited_at = now(), revision = revision + 1 where project_id = $1 and id = $2`,
      [project.id, note.id, text],
    );
    await recordAudit(tx, {
      projectId: project.id,
      actor,
      verb: "changed",
      subject: `note ${note.id} of shift #${number}`,
      detail: { from: note.text, to: text },
    });
    return { projectId: project.id, id: note.id };
  });
}

/** Removes a note: one's own, or with `admin` any. Its text stays in the audit only. Throws as `changeNote`. */
export async function removeNote(
  actor: Actor,
  slug: string,
  number: number,
  id: string,
  revision: number,
): Promise<{ id: number }> {
  const project = await projectFor(actor, "triage", slug);
  return transaction(async (tx) => {
    const note = await lockNote(tx, project.id, slug, number, id);
    if (!isOwn(actor, note) && !may(actor, "admin", project.id))
      throw new Forbidden(`Only ${note.writtenBy} or an admin may remove this note.`);
    refuseUnseen(note, number, revision);
    await row(
      tx,
      `update shift_notes set text = '', removed_at = now(), revision = revision + 1 where project_id = $1 and id = $2`,
      [project.id, note.id],
    );
    await recordAudit(tx, {
      projectId: project.id,
      actor,
      verb: "removed",
      subject: `note ${note.id} of shift #${number}`,
      detail: { text: note.text },
    });
    return { id: note.id };
  });
}

type Note = {
  id: number;
  text: string;
  writtenBy: string;
  writtenById: number | null;
  revision: number;
  changedAt: string;
};

async function lockNote(tx: Db, projectId: number, slug: string, number: number, text: string): Promise<Note> {
  const id = idOf(text);
  const note =
    id === null
      ? null
      : await row<Note>(
          tx,
          `select id, text, written_by as "writtenBy", written_by_id as "writtenById", revision,
             coalesce(edited_at, written_at) as "changedAt"
           from shift_notes where project_id = $1 and shift_number = $2 and id = $3 and removed_at is null for update`,
          [projectId, number, id],
        );
  if (note) return note;
  throw new NotFound(`Shift #${number} of '${slug}' has no note ${text}. GET its triage lists them.`);
}

/** A person's by their account; a token's by its name, for tokens have no other. */
const isOwn = (actor: Actor, { writtenBy, writtenById }: Note) =>
  actor.user ? actor.user.id === writtenById : writtenById === null && writtenBy === actor.name;

function refuseUnseen(note: Note, shift: number, seen: number): void {
  if (note.revision === seen) return;
  const { revision, writtenBy: by, changedAt: at, text } = note;
  throw new ChangedMeanwhile(
    "This note was changed meanwhile, in another window. Nothing was written; look at it again.",
    [{ shift, revision, at, by, before: {}, after: { text }, reason: null }],
    1,
  );
}
