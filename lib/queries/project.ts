import { readProject } from "@/lib/auth/access";
import { db, rows } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import type { Visibility } from "@/lib/model/words";

/** Every read of a project starts here: the project, if the caller may read it. Throws NotFound. */
export {
  type ProjectRow,
  type ProjectRow as ProjectHead,
  readProject as findProject,
  readProject as readableProject,
} from "@/lib/auth/access";

/** A project as `GET /api/v1/projects` gives it. */
export type ProjectItem = {
  slug: string;
  name: string;
  repository: string | null;
  defaultBranch: string;
  visibility: Visibility;
  analysedAt: string | null;
  createdAt: string;
};

/** The projects that `actor` may read, by slug. */
export async function listProjects(actor: Actor): Promise<{ total: number; items: ProjectItem[]; next: null }> {
  const items = await rows<ProjectItem>(
    db(),
    `select slug, name, repository, default_branch as "defaultBranch", visibility,
            analysed_at as "analysedAt", created_at as "createdAt"
       from projects
      where visibility = 'public' or ($1 and (id = $2 or $2::int is null))
      order by slug`,
    [actor.scopes.length > 0, actor.projectId],
  );
  return { total: items.length, items, next: null };
}

/** One project as the list gives it. */
export async function readProjectItem(actor: Actor, slug: string): Promise<ProjectItem> {
  const { id: _, ...project } = await readProject(actor, slug);
  return project;
}
