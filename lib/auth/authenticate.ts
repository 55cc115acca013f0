import { config } from "@/lib/config";
import { db, row, rows } from "@/lib/db/sql";
import { Unauthorized } from "@/lib/errors";
import { type Actor, ANONYMOUS } from "@/lib/model/actor";
import type { Scope } from "@/lib/model/words";
import { hashSecret, isSameSecret } from "./secret";
import { sessionActor } from "./session";

type TokenRow = {
  id: number;
  projectId: number | null;
  name: string;
  scopes: Scope[];
  defaultBranch: boolean;
  unused: boolean;
};

/**
 * Who sends these headers? A token counts before a session. Throws Unauthorized for a token that is unknown, revoked or
 * not a bearer token: reading on as somebody anonymous would hide the mistake. A session that has ended is nobody in
 * particular: its browser still holds the cookie, and what is public must go on being readable.
 */
export async function authenticate(headers: Headers): Promise<Actor> {
  const header = headers.get("authorization");
  if (!header) return (await sessionActor(headers)) ?? ANONYMOUS;
  const secret = /^Bearer +(\S+) *$/i.exec(header)?.[1];
  if (!secret) throw new Unauthorized("The Authorization header must read 'Bearer ' and a token.");
  const admin = config.adminToken();
  if (admin && isSameSecret(secret, admin)) return adminActor;
  return tokenActor(secret);
}

const adminActor: Actor = {
  kind: "token",
  name: "token admin",
  tokenId: null,
  projectId: null,
  scopes: ["admin"],
  defaultBranch: true,
};

async function tokenActor(secret: string): Promise<Actor> {
  const token = await row<TokenRow>(
    db(),
    `select id, project_id as "projectId", name, scopes, default_branch as "defaultBranch",
            last_used_at is null or last_used_at < now() - interval '1 minute' as unused
       from tokens where hash = $1 and revoked_at is null`,
    [hashSecret(secret)],
  );
  if (!token) throw new Unauthorized("The token is unknown or revoked. Ask an admin of the project for a new one.");
  if (token.unused) await touch(token.id);
  const { id: tokenId, projectId, scopes, defaultBranch } = token;
  return { kind: "token", name: `token ${token.name}`, tokenId, projectId, scopes, defaultBranch };
}

/** At most one write a minute and token, however busy it is. */
async function touch(id: number): Promise<void> {
  await rows(
    db(),
    `update tokens set last_used_at = now()
      where id = (select id from tokens where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')
                     for update skip locked)`,
    [id],
  );
}
