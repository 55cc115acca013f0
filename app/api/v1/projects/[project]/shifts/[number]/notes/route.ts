import { addNote } from "@/lib/commands/shiftNotes";
import { NoteBody } from "@/lib/commands/triageBodies";
import { answer, route } from "@/lib/http/route";
import { shiftNumber } from "@/lib/http/shiftNumber";
import { readNote } from "@/lib/queries/triage";

export const POST = route({ scope: "triage", body: NoteBody }, async ({ actor, params, body }) => {
  const { projectId, id } = await addNote(actor, params.project ?? "", shiftNumber(params.number), body);
  return answer(await readNote(actor, projectId, id), { status: 201 });
});
