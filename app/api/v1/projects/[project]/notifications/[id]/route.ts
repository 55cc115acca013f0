import { RouteChange } from "@/lib/commands/notificationBodies";
import { changeRoute, removeRoute } from "@/lib/commands/notificationRoutes";
import { route } from "@/lib/http/route";
import { readRoute } from "@/lib/queries/notifications";

export const PATCH = route({ scope: "admin", body: RouteChange }, async ({ actor, params, body }) => {
  const { projectId, id } = await changeRoute(actor, params.project ?? "", params.id ?? "", body);
  return readRoute(projectId, id);
});

export const DELETE = route({ scope: "admin" }, ({ actor, params }) =>
  removeRoute(actor, params.project ?? "", params.id ?? ""),
);
