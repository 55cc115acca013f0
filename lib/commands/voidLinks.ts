import { projectFor } from "@/lib/auth/access";
import { renewLinkSecret } from "@/lib/auth/linkSecret";
import { recordAudit } from "@/lib/auth/recordAudit";
import { transaction } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";

/**
 * Voids every signed link of a project (pictures, feeds, badges), from the next request on; new ones are signed with
 * another secret. Needs `admin`. Throws NotFound, Forbidden.
 */
export async function voidLinks(actor: Actor, slug: string): Promise<{ project: string; voided: true }> {
  const project = await projectFor(actor, "admin", slug);
  return transaction(async (tx) => {
    await renewLinkSecret(tx, project.id);
    await recordAudit(tx, { projectId: project.id, actor, verb: "voided", subject: `signed links of ${slug}` });
    return { project: slug, voided: true };
  });
}
