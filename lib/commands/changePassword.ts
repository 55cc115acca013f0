import { countAttempt } from "@/lib/auth/attempts";
import type { PasswordBody } from "@/lib/auth/bodies";
import { hashOf, isPasswordOf, storePassword } from "@/lib/auth/password";
import { requirePerson } from "@/lib/auth/person";
import { recordAudit } from "@/lib/auth/recordAudit";
import { db, transaction } from "@/lib/db/sql";
import { Invalid, Unauthorized } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";
import { beginSession, type SignedIn } from "./signIn";

/**
 * Changes the password of who asks, who has to know the present one. All other sessions end; this browser gets a new
 * one. Throws Unauthorized, Invalid, TooMany.
 */
export async function changePassword(actor: Actor, headers: Headers, input: PasswordBody): Promise<SignedIn> {
  const { id } = requirePerson(actor);
  const succeeded = await countAttempt(actor.name, headers);
  if (!(await isPasswordOf(db(), id, input.current))) {
    const message = "This is not your present password.";
    throw new Invalid(message, [{ path: "$.current", message }]);
  }
  await succeeded();
  const hash = await hashOf(input.password);
  await transaction(async (tx) => {
    await storePassword(tx, id, hash);
    await recordAudit(tx, { projectId: null, actor, verb: "changed the password of", subject: `user ${actor.name}` });
  });
  const signedIn = await beginSession(headers, { email: actor.name, password: input.password });
  if (!signedIn) throw new Unauthorized("The password was changed. Sign in with it.");
  return signedIn;
}
