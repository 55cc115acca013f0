import { UserChange } from "@/lib/auth/bodies";
import { changeUser } from "@/lib/commands/changeUser";
import { route } from "@/lib/http/route";

export const PATCH = route({ scope: "admin", body: UserChange }, ({ actor, params, body }) =>
  changeUser(actor, params.id ?? "", body),
);
