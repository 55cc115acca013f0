import { projectFor } from "@/lib/auth/access";
import type { ProjectChange } from "@/lib/auth/bodies";
import { recordAudit } from "@/lib/auth/recordAudit";
import { row, transaction } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import type { Visibility } from "@/lib/model/words";

type Told = { name: string; visibility: Visibility };

/** Changes a project's name, or who may read it. Needs `admin`. From the next request on. Throws NotFound, Forbidden. */
export async function changeProject(
  actor: Actor,
  slug: string,
  change: ProjectChange,
): Promise<Told & { slug: string }> {
  const project = await projectFor(actor, "admin", slug);
  return transaction(async (tx) => {
    const found = await row<Told & { before: Told }>(
      tx,
      `update projects p set name = coalesce($2, p.name), visibility = coalesce($3, p.visibility)
         from (select id, name, visibility from projects where id = $1 for update) as before
        where p.id = before.id
       returning p.name, p.visibility, json_build_object('name', before.name, 'visibility', before.visibility) as before`,
      [project.id, change.name ?? null, change.visibility ?? null],
    );
    const { name, visibility } = found ?? project;
    const before = found?.before ?? project;
    if (name !== before.name || visibility !== before.visibility)
      await recordAudit(tx, {
        projectId: project.id,
        actor,
        verb: "changed",
        subject: `project ${slug}`,
        detail: {
          ...(name !== before.name && { name: { from: before.name, to: name } }),
          ...(visibility !== before.visibility && { visibility: { from: before.visibility, to: visibility } }),
        },
      });
    return { slug, name, visibility };
  });
}
