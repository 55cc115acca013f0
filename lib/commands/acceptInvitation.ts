import type { InvitationBody } from "@/lib/auth/bodies";
import { hashOf, storePassword } from "@/lib/auth/password";
import { recordAudit } from "@/lib/auth/recordAudit";
import { hashSecret } from "@/lib/auth/secret";
import { userActor } from "@/lib/auth/session";
import { db, row, transaction } from "@/lib/db/sql";
import { NotFound } from "@/lib/errors";
import type { Role } from "@/lib/model/words";
import { beginSession, type SignedIn } from "./signIn";

const gone = () => new NotFound("This link was used, replaced or is too old. Ask an admin for a new one.");

type Invited = { id: number; email: string; name: string; role: Role };

/**
 * Sets the password of the person whose link holds `code`, ends their sessions and signs them in. The link is good for
 * one use, also for two who use it at once. Throws NotFound.
 */
export async function acceptInvitation(headers: Headers, { code, password }: InvitationBody): Promise<SignedIn> {
  const known = await row(db(), "select from invitations where hash = $1 and expires_at > now()", [hashSecret(code)]);
  if (!known) throw gone(); // before the work of hashing, which anybody could ask for otherwise
  const hash = await hashOf(password);
  const email = await transaction(async (tx) => {
    const user = await row<Invited>(
      tx,
      `delete from invitations i using users u
        where i.hash = $1 and i.expires_at > now() and u.id = i.user_id and u.disabled_at is null
       returning u.id, u.email, u.name, u.role`,
      [hashSecret(code)],
    );
    if (!user) throw gone();
    await storePassword(tx, user.id, hash);
    const actor = userActor(user);
    await recordAudit(tx, { projectId: null, actor, verb: "set a password by link", subject: `user ${user.email}` });
    return user.email;
  });
  const signedIn = await beginSession(headers, { email, password });
  if (!signedIn) throw gone();
  return signedIn;
}
