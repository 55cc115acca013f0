import { requireEverywhere } from "@/lib/auth/access";
import type { FirstAccountBody } from "@/lib/auth/bodies";
import { hashOf, storePassword } from "@/lib/auth/password";
import { recordAudit } from "@/lib/auth/recordAudit";
import { row, rows, transaction } from "@/lib/db/sql";
import { Conflict } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";
import { beginSession, type SignedIn } from "./signIn";

/**
 * Makes the first account of this server, an admin, and signs it in. Needs `admin` for all projects, that is the admin
 * token. Throws Conflict once there is an account: of two who try at once, one is told so.
 */
export async function createFirstAccount(actor: Actor, headers: Headers, input: FirstAccountBody): Promise<SignedIn> {
  requireEverywhere(actor, "admin");
  const { email, name, password } = input;
  const hash = await hashOf(password);
  await transaction(async (tx) => {
    await rows(tx, "lock table users in share row exclusive mode");
    const user = await row<{ id: number }>(
      tx,
      `insert into users (email, name, role) select $1, $2, 'admin' where not exists (select from users) returning id`,
      [email, name],
    );
    if (!user) throw new Conflict("This server has accounts already. Sign in, or ask an admin for an invitation.");
    await storePassword(tx, user.id, hash);
    await recordAudit(tx, {
      projectId: null,
      actor,
      verb: "created",
      subject: `user ${email}`,
      detail: { role: "admin" },
    });
  });
  const signedIn = await beginSession(headers, { email, password });
  if (!signedIn) throw new Conflict("The account was made, but changed meanwhile. Sign in with it.");
  return signedIn;
}
