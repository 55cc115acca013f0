import { UserBody } from "@/lib/auth/bodies";
import { inviteUser } from "@/lib/commands/inviteUser";
import { originOf } from "@/lib/http/origin";
import { answer, route } from "@/lib/http/route";
import { listUsers } from "@/lib/queries/users";
import { withLink } from "./withLink";

export const GET = route({ scope: "admin" }, ({ actor }) => listUsers(actor));

/** Makes an account and answers the link with which its owner sets a password: once, since no mail is sent. */
export const POST = route({ scope: "admin", body: UserBody }, async ({ actor, request, body }) =>
  answer(withLink(await inviteUser(actor, body), originOf(request)), { status: 201 }),
);
