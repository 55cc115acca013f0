import { SignOutBody } from "@/lib/auth/bodies";
import { signOut } from "@/lib/commands/signOut";
import { answer, route } from "@/lib/http/route";
import { withCookies } from "../answer";

export const POST = route({ scope: "read", fromPage: true, body: SignOutBody }, async ({ actor, request, body }) =>
  answer({}, { headers: withCookies(await signOut(actor, request.headers, body.everywhere)) }),
);
