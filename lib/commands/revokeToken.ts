import { projectFor } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/recordAudit";
import { row, transaction } from "@/lib/db/sql";
import { NotFound } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";

export type RevokedToken = { id: number; name: string; revokedAt: string };

/** Revokes a token of a project, from the next request on. Once more changes nothing. Throws NotFound, Forbidden. */
export async function revokeToken(actor: Actor, slug: string, id: string): Promise<RevokedToken> {
  const project = await projectFor(actor, "admin", slug);
  const missing = () => new NotFound(`The project '${slug}' has no token ${id}. GET the list of its tokens.`);
  if (!/^[1-9]\d{0,8}$/.test(id)) throw missing();
  return transaction(async (tx) => {
    const token = await row<RevokedToken & { isNew: boolean }>(
      tx,
      `update tokens t set revoked_at = coalesce(t.revoked_at, now())
         from (select id, revoked_at from tokens where id = $1 and project_id = $2 for update) as before
        where t.id = before.id
       returning t.id, t.name, t.revoked_at as "revokedAt", before.revoked_at is null as "isNew"`,
      [id, project.id],
    );
    if (!token) throw missing();
    const { isNew, ...revoked } = token;
    if (isNew) await recordAudit(tx, { projectId: project.id, actor, verb: "revoked", subject: `token ${token.name}` });
    return revoked;
  });
}
