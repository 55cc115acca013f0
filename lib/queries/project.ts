import { db, row } from "../db/sql";
import { NotFound } from "../errors";
import { type Actor, may } from "../model/actor";

/** What every read needs to know of its project. */
export type ProjectHead = {
  id: number;
  slug: string;
  name: string;
  repository: string | null;
  defaultBranch: string;
  visibility: "public" | "private";
  /** ISO time of the newest analysis; null: none yet. */
  analysedAt: string | null;
};

/**
 * The project with this slug, if `actor` may read it. Every read starts here. Throws NotFound for a project that does not
 * exist and for a private one alike, so that nobody learns the names of private projects.
 */
export async function readableProject(actor: Actor, slug: string): Promise<ProjectHead> {
  const project = await row<ProjectHead>(
    db(),
    `SELECT id, slug, name, repository, default_branch AS "defaultBranch", visibility, analysed_at AS "analysedAt"
     FROM projects WHERE slug = $1`,
    [slug],
  );
  if (project && (project.visibility === "public" || may(actor, "read", project.id))) return project;
  throw new NotFound(`There is no project ${slug}, or reading it needs a token.`);
}
