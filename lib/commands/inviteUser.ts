import { requireEverywhere } from "@/lib/auth/access";
import type { UserBody } from "@/lib/auth/bodies";
import { recordAudit } from "@/lib/auth/recordAudit";
import { createSecret } from "@/lib/auth/secret";
import { type Db, row, rows, transaction } from "@/lib/db/sql";
import { Conflict, NotFound } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";
import type { Role } from "@/lib/model/words";

export const VALID_HOURS = 72;

/** A link for one person to set a password with. `code` is given here and never again: no mail is sent. */
export type Invitation = { id: number; email: string; name: string; role: Role; code: string; expiresAt: string };

type Person = Pick<Invitation, "id" | "email" | "name" | "role">;

/** Makes an account without a password, and the link that sets one. Needs `admin` for all projects. Throws Conflict. */
export async function inviteUser(actor: Actor, input: UserBody): Promise<Invitation> {
  requireEverywhere(actor, "admin");
  const { email, name, role } = input;
  return transaction(async (tx) => {
    const user = await row<Person>(
      tx,
      `insert into users (email, name, role) values ($1, $2, $3) on conflict do nothing returning id, email, name, role`,
      [email, name, role],
    );
    if (!user) throw new Conflict(`${email} has an account already. Give it a new link, or change its role.`);
    return invite(tx, actor, user, "invited");
  });
}

/** A new link for a person who lost theirs, or forgot the password. The one before is void; sessions go on until it is used. */
export async function renewInvitation(actor: Actor, id: string): Promise<Invitation> {
  requireEverywhere(actor, "admin");
  return transaction(async (tx) => {
    const user = await row<Person & { disabledAt: string | null }>(
      tx,
      `select id, email, name, role, disabled_at as "disabledAt" from users where id = $1 for update`,
      [idOfUser(id)],
    );
    if (!user) throw noSuchUser(id);
    const { disabledAt, ...person } = user;
    if (disabledAt !== null) throw new Conflict(`${user.email} is disabled. Enable the account first.`);
    return invite(tx, actor, person, "gave a link to");
  });
}

async function invite(tx: Db, actor: Actor, person: Person, verb: string): Promise<Invitation> {
  const { secret: code, hash } = createSecret("inv_");
  const made = await rows<{ expiresAt: string }>(
    tx,
    `insert into invitations (user_id, hash, created_by, expires_at) values ($1, $2, $3, now() + $4 * interval '1 hour')
     on conflict (user_id) do update set hash = excluded.hash, created_by = excluded.created_by, created_at = now(),
       expires_at = excluded.expires_at
     returning expires_at as "expiresAt"`,
    [person.id, hash, actor.name, VALID_HOURS],
  );
  const detail = { role: person.role };
  await recordAudit(tx, { projectId: null, actor, verb, subject: `user ${person.email}`, detail });
  return { ...person, code, expiresAt: made[0]?.expiresAt ?? "" };
}

/** A person's number as an address holds it. Throws NotFound. */
export function idOfUser(id: string): number {
  if (!/^[1-9]\d{0,8}$/.test(id)) throw noSuchUser(id);
  return Number(id);
}

export const noSuchUser = (id: string) =>
  new NotFound(`There is no user ${id}. GET /api/v1/users lists those there are.`);
