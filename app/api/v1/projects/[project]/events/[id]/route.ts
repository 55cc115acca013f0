import { EventChange } from "@/lib/commands/bodies";
import { changeEvent, removeEvent } from "@/lib/commands/events";
import { route } from "@/lib/http/route";
import { readEvent } from "@/lib/queries/events";

export const PATCH = route({ scope: "triage", body: EventChange }, async ({ actor, params, body }) => {
  const { projectId, id } = await changeEvent(actor, params.project ?? "", params.id ?? "", body);
  return readEvent(projectId, id);
});

export const DELETE = route({ scope: "triage" }, ({ actor, params }) =>
  removeEvent(actor, params.project ?? "", params.id ?? ""),
);
