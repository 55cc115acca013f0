import { FirstAccountBody } from "@/lib/auth/bodies";
import { createFirstAccount } from "@/lib/commands/createFirstAccount";
import { route } from "@/lib/http/route";
import { answerSignedIn } from "../answer";

/** The admin token comes as `Authorization`, as everywhere. */
export const POST = route(
  { scope: "admin", fromPage: true, body: FirstAccountBody },
  async ({ actor, request, body }) => answerSignedIn(await createFirstAccount(actor, request.headers, body), 201),
);
