import { db, prepared } from "@/lib/db/sql";
import { Forbidden, NotFound, Unauthorized } from "@/lib/errors";
import { type Actor, may } from "@/lib/model/actor";
import type { Scope, Visibility } from "@/lib/model/words";

/** A project as every read and write finds it. */
export type ProjectRow = {
  id: number;
  slug: string;
  name: string;
  repository: string | null;
  defaultBranch: string;
  visibility: Visibility;
  analysedAt: string | null;
  createdAt: string;
};

/**
 * The project called `slug`, if `actor` may read it. A private project that the actor may not see is not found, so that
 * its name is not told either. Throws NotFound.
 */
export async function readProject(actor: Actor, slug: string): Promise<ProjectRow> {
  const [project] = await prepared<ProjectRow>(
    db(),
    `select id, slug, name, repository, default_branch as "defaultBranch", visibility,
            analysed_at as "analysedAt", created_at as "createdAt"
       from projects where slug = $1`,
    [slug.includes("\0") ? "" : slug],
  );
  if (!project || (project.visibility === "private" && !may(actor, "read", project.id)))
    throw new NotFound(`There is no project '${slug}' that you may read. GET /api/v1/projects lists those you may.`);
  return project;
}

/** The project called `slug`, if `actor` has `scope` in it. Throws NotFound, Unauthorized, Forbidden. */
export async function projectFor(actor: Actor, scope: Scope, slug: string): Promise<ProjectRow> {
  const project = await readProject(actor, slug);
  if (!may(actor, scope, project.id) && !(scope === "read" && project.visibility === "public")) refuse(actor, scope);
  return project;
}

/** May the actor do what needs `scope` in any project at all? Refuses before a body is read. */
export function requireScope(actor: Actor, scope: Scope): void {
  if (scope === "read" || actor.scopes.includes(scope) || actor.scopes.includes("admin")) return;
  refuse(actor, scope);
}

/** May the actor do what concerns all projects, such as creating one? */
export function requireEverywhere(actor: Actor, scope: Scope): void {
  requireScope(actor, scope);
  if (actor.projectId !== null)
    throw new Forbidden("This token belongs to one project. Use one that is valid for all projects.");
}

function refuse(actor: Actor, scope: Scope): never {
  if (actor.kind === "anonymous")
    throw new Unauthorized(
      `This needs the scope '${scope}': send a token that has it as 'Authorization: Bearer ...', or sign in.`,
    );
  const wayOut = actor.kind === "user" ? "Ask an admin." : "Use a token that has it.";
  throw new Forbidden(`${actor.name} lacks the scope '${scope}' here. ${wayOut}`);
}
