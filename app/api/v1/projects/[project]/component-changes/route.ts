import { csv } from "@/lib/http/csv";
import { ComponentsQuery } from "@/lib/http/queries";
import { answerText, route } from "@/lib/http/route";
import { readComponentChanges } from "@/lib/queries/componentChanges";

/** Where component revisions changed along a branch. */
export const GET = route({ scope: "read", query: ComponentsQuery }, async ({ request, actor, params, query }) => {
  const { format, ...asked } = query;
  const found = await readComponentChanges(actor, params.project ?? "", asked);
  if (format !== "csv") return found;
  const table = csv(
    ["sha", "position", "committedAt", "component", "before", "now"],
    found.items.flatMap(({ sha, position, committedAt, changes }) =>
      changes.map(({ name, before, now }) => [sha, position, committedAt, name, before, now]),
    ),
  );
  return answerText(table, "text/csv; charset=utf-8", request);
});
