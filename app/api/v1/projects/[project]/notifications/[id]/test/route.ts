import { testRoute } from "@/lib/commands/notificationRoutes";
import { answer, route } from "@/lib/http/route";
import { readDelivery } from "@/lib/queries/notifications";

export const POST = route({ scope: "admin" }, async ({ actor, params }) => {
  const { projectId, id } = await testRoute(actor, params.project ?? "", params.id ?? "");
  return answer(await readDelivery(projectId, id), { status: 202 });
});
