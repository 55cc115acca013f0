import { RouteBody } from "@/lib/commands/notificationBodies";
import { addRoute } from "@/lib/commands/notificationRoutes";
import { answer, route } from "@/lib/http/route";
import { listRoutes, readRoute } from "@/lib/queries/notifications";

export const GET = route({ scope: "admin" }, ({ actor, params }) => listRoutes(actor, params.project ?? ""));

export const POST = route({ scope: "admin", body: RouteBody }, async ({ actor, params, body }) => {
  const { projectId, id, secret } = await addRoute(actor, params.project ?? "", body);
  return answer({ ...(await readRoute(projectId, id)), secret }, { status: 201 });
});
