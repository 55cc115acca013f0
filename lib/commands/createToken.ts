import { projectFor, requireEverywhere } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/recordAudit";
import { createSecret } from "@/lib/auth/secret";
import { row, transaction } from "@/lib/db/sql";
import { type Actor, shownName } from "@/lib/model/actor";
import type { Scope } from "@/lib/model/words";

export type NewToken = { name: string; scopes: Scope[]; defaultBranch: boolean };

export type CreatedToken = NewToken & {
  id: number;
  hint: string;
  /** Given here and never again. */
  secret: string;
};

/**
 * Creates a token of one project, or of all (`slug` null). Needs `admin` there. Only the secret's hash is kept.
 * Throws NotFound, Unauthorized, Forbidden.
 */
export async function createToken(actor: Actor, slug: string | null, input: NewToken): Promise<CreatedToken> {
  if (slug === null) requireEverywhere(actor, "admin");
  const projectId = slug === null ? null : (await projectFor(actor, "admin", slug)).id;
  const { secret, hash, hint } = createSecret();
  const { name, defaultBranch } = input;
  const scopes = [...new Set(input.scopes)];
  return transaction(async (tx) => {
    const token = await row<{ id: number }>(
      tx,
      `insert into tokens (project_id, name, hash, hint, scopes, default_branch, created_by)
       values ($1, $2, $3, $4, $5, $6, $7) returning id`,
      [projectId, name, hash, hint, scopes, defaultBranch, shownName(actor)],
    );
    await recordAudit(tx, {
      projectId,
      actor,
      verb: "created",
      subject: `token ${name}`,
      detail: { scopes, defaultBranch },
    });
    return { id: token?.id ?? 0, name, scopes, defaultBranch, hint, secret };
  });
}
