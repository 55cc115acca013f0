import { voidLinks } from "@/lib/commands/voidLinks";
import { originOf } from "@/lib/http/origin";
import { route } from "@/lib/http/route";
import { LinksQuery } from "@/lib/http/shareQueries";
import { readSharedLinks } from "@/lib/queries/sharing";

/** Feeds and badge of a project, signed where it is private. */
export const GET = route({ scope: "read", query: LinksQuery }, ({ request, actor, params, query }) =>
  readSharedLinks(actor, params.project ?? "", query.workload, originOf(request)),
);

/** Voids every signed link of the project. */
export const DELETE = route({ scope: "admin" }, ({ actor, params }) => voidLinks(actor, params.project ?? ""));
