import { randomBytes } from "node:crypto";
import { config } from "@/lib/config";
import { db, row } from "@/lib/db/sql";

const LEAST_CHARACTERS = 32;

/**
 * What the cookies of sessions are signed with: the setting, or 32 random bytes that the first process to need them puts
 * into the database, so that all processes on it accept each other's sessions.
 */
export async function sessionSecret(): Promise<string> {
  const given = config.secret();
  if (given && given.length < LEAST_CHARACTERS)
    throw new Error(`TIDEMARK_SECRET is too short: give it at least ${LEAST_CHARACTERS} random characters.`);
  return given ?? (await storedSecret());
}

async function storedSecret(): Promise<string> {
  const kept = await row<{ value: string }>(
    db(),
    `insert into server_secrets (name, value) values ('session', $1)
     on conflict (name) do update set value = server_secrets.value returning value`,
    [randomBytes(32).toString("base64url")],
  );
  if (!kept) throw new Error("The secret of sessions could not be stored.");
  return kept.value;
}
