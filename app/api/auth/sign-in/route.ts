import { SignInBody } from "@/lib/auth/bodies";
import { signIn } from "@/lib/commands/signIn";
import { route } from "@/lib/http/route";
import { answerSignedIn } from "../answer";

export const POST = route({ scope: "read", fromPage: true, body: SignInBody }, async ({ request, body }) =>
  answerSignedIn(await signIn(request.headers, body)),
);
