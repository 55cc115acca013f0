import { PasswordBody } from "@/lib/auth/bodies";
import { changePassword } from "@/lib/commands/changePassword";
import { route } from "@/lib/http/route";
import { answerSignedIn } from "../answer";

export const POST = route({ scope: "read", fromPage: true, body: PasswordBody }, async ({ actor, request, body }) =>
  answerSignedIn(await changePassword(actor, request.headers, body)),
);
