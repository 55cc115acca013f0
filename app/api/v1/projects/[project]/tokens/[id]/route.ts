import { revokeToken } from "@/lib/commands/revokeToken";
import { route } from "@/lib/http/route";

export const DELETE = route({ scope: "admin" }, ({ actor, params }) =>
  revokeToken(actor, params.project ?? "", params.id ?? ""),
);
