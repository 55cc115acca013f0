import { requireEverywhere } from "@/lib/auth/access";
import { requirePerson } from "@/lib/auth/person";
import { db, row, rows } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import type { Role } from "@/lib/model/words";

/** A person who may sign in, without anything that lets them in. */
export type UserItem = {
  id: number;
  email: string;
  name: string;
  role: Role;
  createdAt: string;
  /** Not null: may not sign in. */
  disabledAt: string | null;
  /** Not null: a link was given out that is good until then. */
  invitedUntil: string | null;
  /** False: has to use the link first. */
  hasPassword: boolean;
};

/** Everybody who has an account here, by name. Needs `admin` for all projects. */
export async function listUsers(actor: Actor): Promise<{ total: number; items: UserItem[]; next: null }> {
  requireEverywhere(actor, "admin");
  const items = await rows<UserItem>(
    db(),
    `select u.id, u.email, u.name, u.role, u.created_at as "createdAt", u.disabled_at as "disabledAt",
            (select i.expires_at from invitations i where i.user_id = u.id and i.expires_at > now()) as "invitedUntil",
            exists (select from accounts a where a.user_id = u.id and a.password is not null) as "hasPassword"
       from users u order by lower(u.name), u.id`,
  );
  return { total: items.length, items, next: null };
}

/** Is there nobody yet who could sign in? Then the page offers to make the first account. */
export async function wantsFirstAccount(): Promise<boolean> {
  return (await row(db(), "select from users limit 1")) === null;
}

/** What a person sees of their own account. */
export type OwnAccount = { email: string; name: string; role: Role; sessions: number };

/** The account of who asks, and in how many browsers it is signed in. Throws Unauthorized for anybody else. */
export async function readAccount(actor: Actor): Promise<OwnAccount> {
  const { id, name, role } = requirePerson(actor);
  const found = await row<{ sessions: number }>(
    db(),
    "select count(*) as sessions from sessions where user_id = $1 and expires_at > now()",
    [id],
  );
  return { email: actor.name, name, role, sessions: found?.sessions ?? 0 };
}
