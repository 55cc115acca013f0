import { type Db, rows } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import type { Json } from "@/lib/model/words";

/** Notes in the audit who did what, in the transaction that does it. Never holds a secret. */
export async function recordAudit(
  tx: Db,
  entry: { projectId: number | null; actor: Actor; verb: string; subject: string; detail?: { [name: string]: Json } },
): Promise<void> {
  await rows(tx, "insert into audit (project_id, actor, verb, subject, detail) values ($1, $2, $3, $4, $5)", [
    entry.projectId,
    entry.actor.name,
    entry.verb,
    entry.subject,
    JSON.stringify(entry.detail ?? {}),
  ]);
}
