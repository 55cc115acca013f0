import { saveFilter } from "@/lib/commands/savedFilters";
import { SavedFilterBody } from "@/lib/commands/triageBodies";
import { answer, route } from "@/lib/http/route";
import { listSavedFilters } from "@/lib/queries/savedFilters";
import { shiftsUrl } from "@/lib/urls/shifts";

export const GET = route({ scope: "read" }, ({ actor, params }) => listSavedFilters(actor, params.project ?? ""));

export const POST = route({ scope: "triage", body: SavedFilterBody }, async ({ actor, params, body }) => {
  const slug = params.project ?? "";
  const saved = await saveFilter(actor, slug, body);
  return answer({ ...saved, href: `${shiftsUrl(slug)}${saved.query}` }, { status: 201 });
});
