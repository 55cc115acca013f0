import { renewInvitation } from "@/lib/commands/inviteUser";
import { originOf } from "@/lib/http/origin";
import { answer, route } from "@/lib/http/route";
import { withLink } from "../../withLink";

/** A new link for somebody who lost theirs or forgot the password; the one before is void. */
export const POST = route({ scope: "admin" }, async ({ actor, request, params }) =>
  answer(withLink(await renewInvitation(actor, params.id ?? ""), originOf(request)), { status: 201 }),
);
