import { createHmac, randomBytes } from "node:crypto";
import { config } from "@/lib/config";
import { type Db, db, row } from "@/lib/db/sql";

const nameOf = (projectId: number) => `links:${projectId}`;

/**
 * What the signed links of a project are signed with: 32 random bytes that the first process to need them puts into the
 * database, together with the setting, where there is one: a copy of the database alone then makes no link.
 */
export async function linkSecret(projectId: number): Promise<string> {
  const kept = await row<{ value: string }>(
    db(),
    `insert into server_secrets (name, value) values ($1, $2)
     on conflict (name) do update set value = server_secrets.value returning value`,
    [nameOf(projectId), newSecret()],
  );
  if (!kept) throw new Error("The secret of links could not be stored.");
  return createHmac("sha256", config.secret() ?? "")
    .update(kept.value)
    .digest("base64url");
}

/** Another secret for the project: links that were signed before are void. */
export async function renewLinkSecret(tx: Db, projectId: number): Promise<void> {
  await row(
    tx,
    `insert into server_secrets (name, value) values ($1, $2)
     on conflict (name) do update set value = excluded.value, created_at = now() returning name`,
    [nameOf(projectId), newSecret()],
  );
}

const newSecret = () => randomBytes(32).toString("base64url");
