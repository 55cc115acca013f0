import { EventBody } from "@/lib/commands/bodies";
import { addEvent } from "@/lib/commands/events";
import { csv } from "@/lib/http/csv";
import { EventsQuery } from "@/lib/http/queries";
import { answer, answerText, route } from "@/lib/http/route";
import { listEvents, readEvent } from "@/lib/queries/events";

export const GET = route({ scope: "read", query: EventsQuery }, async ({ request, actor, params, query }) => {
  const { format, ...asked } = query;
  const events = await listEvents(actor, params.project ?? "", asked);
  if (format !== "csv") return events;
  const columns = ["id", "text", "border", "commit", "at", "position", "environment", "workload", "metric"] as const;
  const table = csv(
    [...columns, "createdBy", "createdAt"],
    events.items.map((event) => [...columns.map((name) => event[name]), event.createdBy, event.createdAt]),
  );
  return answerText(table, "text/csv; charset=utf-8", request);
});

export const POST = route({ scope: "triage", body: EventBody }, async ({ actor, params, body }) => {
  const { projectId, id } = await addEvent(actor, params.project ?? "", body);
  return answer(await readEvent(projectId, id), { status: 201 });
});
