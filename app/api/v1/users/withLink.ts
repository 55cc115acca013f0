import type { Invitation } from "@/lib/commands/inviteUser";
import { invitationUrl } from "@/lib/urls/signIn";

/** The invitation as the API answers it: the code stands in the link alone. */
export function withLink({ code, ...invitation }: Invitation, origin: string) {
  return { ...invitation, link: `${origin}${invitationUrl(code)}` };
}
