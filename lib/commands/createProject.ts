import { requireEverywhere } from "@/lib/auth/access";
import { recordAudit } from "@/lib/auth/recordAudit";
import { row, rows, transaction } from "@/lib/db/sql";
import { Conflict } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";
import type { Visibility } from "@/lib/model/words";

export type NewProject = {
  slug: string;
  name: string;
  repository?: string;
  defaultBranch: string;
  visibility: Visibility;
};

/** Creates a project and its default branch. Needs `admin` for all projects. Throws Conflict when the slug is taken. */
export async function createProject(actor: Actor, input: NewProject): Promise<NewProject> {
  requireEverywhere(actor, "admin");
  return transaction(async (tx) => {
    const project = await row<{ id: number }>(
      tx,
      `insert into projects (slug, name, repository, default_branch, visibility) values ($1, $2, $3, $4, $5)
       on conflict do nothing returning id`,
      [input.slug, input.name, input.repository ?? null, input.defaultBranch, input.visibility],
    );
    if (!project) throw new Conflict(`There is a project '${input.slug}' already. Use it, or choose another slug.`);
    await rows(tx, "insert into branches (project_id, name) values ($1, $2)", [project.id, input.defaultBranch]);
    await recordAudit(tx, { projectId: project.id, actor, verb: "created", subject: `project ${input.slug}` });
    return input;
  });
}
