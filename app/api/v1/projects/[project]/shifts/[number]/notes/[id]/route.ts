import { changeNote, removeNote } from "@/lib/commands/shiftNotes";
import { NoteChange } from "@/lib/commands/triageBodies";
import { NoteQuery } from "@/lib/http/queries";
import { route } from "@/lib/http/route";
import { shiftNumber } from "@/lib/http/shiftNumber";
import { readNote } from "@/lib/queries/triage";

export const PATCH = route({ scope: "triage", body: NoteChange }, async ({ actor, params, body }) => {
  const { project = "", number, id: text = "" } = params;
  const { projectId, id } = await changeNote(actor, project, shiftNumber(number), text, body);
  return readNote(actor, projectId, id);
});

export const DELETE = route({ scope: "triage", query: NoteQuery }, ({ actor, params, query }) =>
  removeNote(actor, params.project ?? "", shiftNumber(params.number), params.id ?? "", query.revision),
);
