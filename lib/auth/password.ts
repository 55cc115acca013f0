import { hashPassword, verifyPassword } from "better-auth/crypto";
import { type Db, row, rows } from "@/lib/db/sql";

/** scrypt with a salt of its own, as the sign-in library reads it. Takes a tenth of a second: not inside a transaction. */
export const hashOf = (password: string): Promise<string> => hashPassword(password);

/** Is this the person's password? False also when they have none yet. */
export async function isPasswordOf(db: Db, userId: number, password: string): Promise<boolean> {
  const account = await row<{ hash: string | null }>(
    db,
    "select password as hash from accounts where user_id = $1 and provider_id = 'credential'",
    [userId],
  );
  return account?.hash ? verifyPassword({ hash: account.hash, password }) : false;
}

/** Sets a person's password and ends all their sessions: whoever knew the old one is out. */
export async function storePassword(tx: Db, userId: number, hash: string): Promise<void> {
  await rows(
    tx,
    `insert into accounts (user_id, provider_id, account_id, password) values ($1, 'credential', $1::int::text, $2)
     on conflict (provider_id, account_id) do update set password = excluded.password, updated_at = now()`,
    [userId, hash],
  );
  await endSessions(tx, userId);
}

/** Ends every session of a person, everywhere, from the next request on. Gives how many there were. */
export async function endSessions(tx: Db, userId: number): Promise<number> {
  return (await rows(tx, "delete from sessions where user_id = $1 returning id", [userId])).length;
}
