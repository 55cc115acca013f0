import { library } from "@/lib/auth/library";
import { endSessions } from "@/lib/auth/password";
import { recordAudit } from "@/lib/auth/recordAudit";
import { transaction } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";

/**
 * Ends the session of these headers, or with `everywhere` all sessions of the person. Gives the cookies that make the
 * browser forget; a session that has ended already is forgotten as well.
 */
export async function signOut(actor: Actor, headers: Headers, everywhere: boolean): Promise<string[]> {
  const { user } = actor;
  if (user) {
    const verb = everywhere ? "signed out everywhere" : "signed out";
    await transaction(async (tx) => {
      if (everywhere) await endSessions(tx, user.id);
      await recordAudit(tx, { projectId: null, actor, verb, subject: `user ${actor.name}` });
    });
  }
  const { api } = await library(headers);
  const cookie = new Headers({ cookie: headers.get("cookie") ?? "" });
  const ended = await api.signOut({ headers: cookie, returnHeaders: true });
  return ended.headers.getSetCookie();
}
