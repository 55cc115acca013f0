import { countAttempt } from "@/lib/auth/attempts";
import { library, unlessRefused } from "@/lib/auth/library";
import { recordAudit } from "@/lib/auth/recordAudit";
import { userActor } from "@/lib/auth/session";
import { db, row, transaction } from "@/lib/db/sql";
import { Unauthorized } from "@/lib/errors";
import type { Role } from "@/lib/model/words";

/** Who is signed in now, and the cookies that their browser is to keep. */
export type SignedIn = { account: { email: string; name: string; role: Role }; cookies: string[] };

/**
 * Begins a session. An unknown address, a wrong password, a person without a password and one who is disabled get the
 * same answer after the same work, so that nobody can ask who has an account. Throws Unauthorized, TooMany.
 */
export async function signIn(headers: Headers, input: { email: string; password: string }): Promise<SignedIn> {
  const email = input.email.trim().toLowerCase();
  const succeeded = await countAttempt(email, headers);
  const signedIn = await beginSession(headers, { email, password: input.password });
  if (!signedIn)
    throw new Unauthorized(
      "E-mail address and password do not belong together. Try again, or ask an admin for a link.",
    );
  await succeeded();
  return signedIn;
}

/** The same for a password that was set just now, so that it needs no counting. null: refused. */
export async function beginSession(
  headers: Headers,
  body: { email: string; password: string },
): Promise<SignedIn | null> {
  if (body.email.includes("\0")) return null; // nothing that the database could look for
  const { api } = await library(headers);
  const sent = new Headers({ "user-agent": headers.get("user-agent") ?? "" });
  const begun = await unlessRefused(api.signInEmail({ body, headers: sent, returnHeaders: true }));
  if (!begun) return null;
  const user = await row<{ id: number; email: string; name: string; role: Role }>(
    db(),
    "select id, email, name, role from users where id = $1",
    [begun.response.user.id],
  );
  if (!user) return null;
  const { email, name, role } = user;
  await transaction((tx) =>
    recordAudit(tx, { projectId: null, actor: userActor(user), verb: "signed in", subject: `user ${email}` }),
  );
  return { account: { email, name, role }, cookies: begun.headers.getSetCookie() };
}
