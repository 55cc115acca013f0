import { z } from "zod";
import { projectFor } from "@/lib/auth/access";
import { db, row, rows } from "@/lib/db/sql";
import { decodeCursor, type Page, pageOf } from "@/lib/http/paging";
import type { Actor } from "@/lib/model/actor";
import type { Scope } from "@/lib/model/words";

/** A token without its secret, which nobody can read again. `hint` is the end of it. */
export type TokenItem = {
  id: number;
  name: string;
  hint: string;
  scopes: Scope[];
  defaultBranch: boolean;
  createdBy: string;
  createdAt: string;
  lastUsedAt: string | null;
  revokedAt: string | null;
};

/** Tokens of a project, the newest first, also revoked ones. Needs `admin`. */
export async function listTokens(
  actor: Actor,
  slug: string,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<Page<TokenItem>> {
  const project = await projectFor(actor, "admin", slug);
  const after = decodeCursor(cursor, z.tuple([z.int32()]))?.[0] ?? null;
  const found = await rows<TokenItem>(
    db(),
    `select id, name, hint, scopes, default_branch as "defaultBranch", created_by as "createdBy",
            created_at as "createdAt", last_used_at as "lastUsedAt", revoked_at as "revokedAt"
       from tokens where project_id = $1 and ($2::int is null or id < $2::int)
      order by id desc limit $3`,
    [project.id, after, limit + 1],
  );
  const count = await row<{ total: number }>(db(), "select count(*) as total from tokens where project_id = $1", [
    project.id,
  ]);
  return pageOf(
    found,
    limit,
    count?.total ?? 0,
    (token) => token,
    ({ id }) => [id],
  );
}
