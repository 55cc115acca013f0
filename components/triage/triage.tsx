import type { TriageRead } from "@/lib/queries/triage";
import { NoteText } from "./note-text";
import { Notes } from "./notes";
import { TriagePanel } from "./panel";

/** Triage in the rail of a shift's page. Notes are rendered here, so that no browser has to load what renders them. */
export function Triage({ project, triage }: { project: string; triage: TriageRead }) {
  const notes = triage.notes.map((note) => ({ ...note, rendered: <NoteText text={note.text} /> }));
  return (
    <TriagePanel
      project={project}
      triage={triage}
      notes={<Notes project={project} shift={triage.number} notes={notes} mayWrite={triage.may.triage} />}
    />
  );
}
