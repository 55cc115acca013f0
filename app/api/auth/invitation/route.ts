import { InvitationBody } from "@/lib/auth/bodies";
import { acceptInvitation } from "@/lib/commands/acceptInvitation";
import { route } from "@/lib/http/route";
import { answerSignedIn } from "../answer";

export const POST = route({ scope: "read", fromPage: true, body: InvitationBody }, async ({ request, body }) =>
  answerSignedIn(await acceptInvitation(request.headers, body)),
);
