import { readProject } from "@/lib/auth/access";
import { db, row } from "@/lib/db/sql";
import { NotFound } from "@/lib/errors";
import type { Actor } from "@/lib/model/actor";
import { isoOf } from "./points";
import { findBranch } from "./target";

/** A component with its revision at the measured commit before and here; null: it was not told. */
export type ComponentStep = { name: string; before: string | null; now: string | null };

/** A commit at whose run something beside the project's own code had another revision than at the measured commit before. */
export type ComponentChange = {
  sha: string;
  position: number;
  committedAt: string | null;
  changes: ComponentStep[];
};

export type ComponentChanges = {
  environment: string;
  branch: string;
  /** Measured commits whose runs told their components. */
  measured: number;
  /** In the order of the branch, without the components in `followed`. */
  items: ComponentChange[];
  /** Components that change with most commits, as a second repository that is built with each does: a mark would stand everywhere. */
  followed: { name: string; changes: number }[];
};

export type ComponentChangesAsked = { environment: string | null; branch: string | null };

/** A component that changes at more than this share of the measured commits, and this often, is not marked. */
const FOLLOWED_SHARE = 0.25;
const FOLLOWED_LEAST = 8;

/**
 * Where component revisions changed along a branch in one environment: those of the last run of each measured commit
 * against those of the measured commit before. Experiments are left out. Throws NotFound for names that do not exist.
 */
export async function readComponentChanges(
  actor: Actor,
  slug: string,
  asked: ComponentChangesAsked,
): Promise<ComponentChanges> {
  const project = await readProject(actor, slug);
  const branch = await findBranch(project, asked.branch);
  const environment = await row<{ id: number; name: string }>(
    db(),
    `SELECT id, name FROM environments WHERE project_id = $1 AND ($2::text IS NULL OR name = $2) ORDER BY id LIMIT 1`,
    [project.id, asked.environment],
  );
  if (!environment) throw new NotFound(`There is no environment ${asked.environment ?? "yet"} in ${project.slug}.`);
  const found = await row<{ measured: number; items: ComponentChange[] }>(db(), CHANGES, [
    project.id,
    branch.id,
    environment.id,
  ]);
  const { measured, items } = found ?? { measured: 0, items: [] };
  return { environment: environment.name, branch: branch.name, measured, ...withoutFollowed(items, measured) };
}

/** Sets apart what changes with most commits. */
export function withoutFollowed(
  items: readonly ComponentChange[],
  measured: number,
): Pick<ComponentChanges, "items" | "followed"> {
  const counts = new Map<string, number>();
  for (const { changes } of items) for (const { name } of changes) counts.set(name, (counts.get(name) ?? 0) + 1);
  const followed = [...counts]
    .filter(([, changes]) => changes >= FOLLOWED_LEAST && changes > measured * FOLLOWED_SHARE)
    .map(([name, changes]) => ({ name, changes }));
  const names = new Set(followed.map(({ name }) => name));
  return {
    items: items.flatMap((item) => {
      const changes = item.changes.filter(({ name }) => !names.has(name));
      return changes.length > 0 ? [{ ...item, changes }] : [];
    }),
    followed,
  };
}

const CHANGES = `
WITH told AS (
  SELECT DISTINCT ON (b.position) b.position, u.commit_id, u.components
  FROM runs u
  JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $2 AND b.commit_id = u.commit_id AND b.position IS NOT NULL
  WHERE u.project_id = $1 AND u.environment_id = $3 AND u.experiment IS NULL
    AND jsonb_typeof(u.components) = 'object' AND u.components <> '{}'
  ORDER BY b.position, u.started_at DESC NULLS LAST, u.id DESC
), pairs AS (
  SELECT position, commit_id, components, lag(components) OVER (ORDER BY position) AS former FROM told
), changed AS (
  SELECT p.position, p.commit_id, step.changes
  FROM pairs p CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object('name', name, 'before', b.value, 'now', n.value) ORDER BY name) AS changes
    FROM jsonb_each_text(p.former) b FULL JOIN jsonb_each_text(p.components) n USING (key)
    CROSS JOIN LATERAL (SELECT key AS name) named
    WHERE b.value IS DISTINCT FROM n.value) step
  WHERE p.former IS NOT NULL AND p.former <> p.components
)
SELECT (SELECT count(*) FROM told) AS measured, coalesce((
  SELECT json_agg(json_build_object('sha', c.sha, 'position', d.position,
    'committedAt', ${isoOf("c.committed_at")}, 'changes', d.changes) ORDER BY d.position)
  FROM changed d JOIN commits c ON c.project_id = $1 AND c.id = d.commit_id), '[]') AS items`;
