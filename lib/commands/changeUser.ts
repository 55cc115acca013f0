import { requireEverywhere } from "@/lib/auth/access";
import type { UserChange } from "@/lib/auth/bodies";
import { endSessions } from "@/lib/auth/password";
import { recordAudit } from "@/lib/auth/recordAudit";
import { type Db, row, rows, transaction } from "@/lib/db/sql";
import { Conflict } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";
import type { Json, Role } from "@/lib/model/words";
import { idOfUser, noSuchUser } from "./inviteUser";

export type ChangedUser = { id: number; email: string; name: string; role: Role; disabledAt: string | null };

/**
 * Changes name or role of a person, or disables and enables them. Who is disabled is out at once, everywhere. Needs
 * `admin` for all projects. Throws NotFound, Conflict where no admin would be left.
 */
export async function changeUser(actor: Actor, id: string, change: UserChange): Promise<ChangedUser> {
  requireEverywhere(actor, "admin");
  return transaction(async (tx) => {
    // Two admins who demote each other at once: the second one waits and finds itself the last.
    await rows(tx, "lock table users in share row exclusive mode");
    const user = await update(tx, idOfUser(id), change);
    if (!user) throw noSuchUser(id);
    if (!(await row(tx, "select from users where role = 'admin' and disabled_at is null limit 1")))
      throw new Conflict(`${user.email} is the last admin. Make somebody else an admin first.`);
    if (user.disabledAt !== null) await shutOut(tx, user.id);
    await recordAudit(tx, {
      projectId: null,
      actor,
      verb: verbOf(change),
      subject: `user ${user.email}`,
      detail: change as { [name: string]: Json },
    });
    return user;
  });
}

const update = (tx: Db, id: number, { name, role, disabled }: UserChange) =>
  row<ChangedUser>(
    tx,
    `update users set name = coalesce($2, name), role = coalesce($3, role),
            disabled_at = case when $4::boolean is null then disabled_at when $4 then coalesce(disabled_at, now()) end
      where id = $1 returning id, email, name, role, disabled_at as "disabledAt"`,
    [id, name ?? null, role ?? null, disabled ?? null],
  );

async function shutOut(tx: Db, id: number): Promise<void> {
  await endSessions(tx, id);
  await rows(tx, "delete from invitations where user_id = $1", [id]);
}

const verbOf = ({ disabled }: UserChange) => (disabled === undefined ? "changed" : disabled ? "disabled" : "enabled");
