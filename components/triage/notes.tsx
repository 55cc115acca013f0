"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { Time } from "@/components/ui/time";
import { useAlive } from "@/components/ui/use-alive";
import { mutate, WriteFailed } from "@/lib/api/mutate";
import type { ShiftNote } from "@/lib/queries/triage";
import { apiUrl } from "@/lib/urls/api";
import { TextArea } from "./text-area";

const MOST = 20_000;

type Props = {
  project: string;
  shift: number;
  notes: readonly (ShiftNote & { rendered: ReactNode })[];
  mayWrite: boolean;
};

/** What people write about a shift, the newest first. */
export function Notes({ project, shift, notes, mayWrite }: Props) {
  if (notes.length === 0 && !mayWrite) return null;
  return (
    <section aria-label="Notes">
      <header className="mb-2 flex items-baseline gap-1.5">
        <h2 className="text-section font-semibold">Notes</h2>
        {notes.length > 0 && <span className="text-ink-3">{notes.length}</span>}
      </header>
      {mayWrite && <NoteForm project={project} shift={shift} />}
      <ol className="mt-3 flex flex-col gap-4">
        {notes.map((note) => (
          <Note key={note.id} project={project} shift={shift} note={note} />
        ))}
      </ol>
    </section>
  );
}

function Note({ project, shift, note }: { project: string; shift: number; note: Props["notes"][number] }) {
  const router = useRouter();
  const [isEditing, setEditing] = useState(false);
  if (isEditing)
    return (
      <li>
        <NoteForm project={project} shift={shift} note={note} onDone={() => setEditing(false)} />
      </li>
    );
  return (
    <li className="min-w-0">
      <p className="text-label text-ink-3">
        <span className="font-medium text-ink-2">{note.writtenBy}</span>, <Time at={note.writtenAt} withTime />
        {note.editedAt && ", edited"}
      </p>
      {note.rendered}
      {(note.may.change || note.may.remove) && (
        <div className="-ml-2.5 flex flex-wrap items-center">
          {note.may.change && (
            <Button look="ghost" onClick={() => setEditing(true)}>
              Edit
            </Button>
          )}
          {note.may.remove && (
            <ConfirmButton
              look="ghost"
              question="It is gone for everybody."
              confirm="Remove"
              label="Remove the note"
              act={async () => {
                await mutate(`${apiUrl.note(project, shift, note.id)}?revision=${note.revision}`, { method: "DELETE" });
                router.refresh();
              }}
            >
              Remove
            </ConfirmButton>
          )}
        </div>
      )}
    </li>
  );
}

type FormProps = { project: string; shift: number; note?: ShiftNote; onDone?: () => void };

function NoteForm({ project, shift, note, onDone }: FormProps) {
  const router = useRouter();
  const isAlive = useAlive();
  const [text, setText] = useState(note?.text ?? "");
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const send = async () => {
    if (text.trim() === "" || isBusy) return;
    setBusy(true);
    setFault(undefined);
    try {
      if (note) {
        const body = { revision: note.revision, text };
        await mutate(apiUrl.note(project, shift, note.id), { method: "PATCH", body });
      } else await mutate(apiUrl.notes(project, shift), { body: { text } });
      if (!note) setText("");
      onDone?.();
      router.refresh();
    } catch (error) {
      if (!(error instanceof WriteFailed)) throw error;
      setFault(error.faults.text ?? error.message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TextArea
        label={note ? "Note" : "Add a note, in Markdown"}
        value={text}
        onChange={setText}
        onSend={send}
        onCancel={onDone}
        fault={fault}
        rows={note ? 5 : 2}
        maxLength={MOST}
      />
      {(note || text !== "") && (
        <div className="flex gap-2">
          <Button type="submit" disabled={!isAlive || isBusy || text.trim() === ""}>
            {note ? "Save" : "Add note"}
          </Button>
          {note && (
            <Button look="ghost" onClick={onDone}>
              Cancel
            </Button>
          )}
        </div>
      )}
    </form>
  );
}
