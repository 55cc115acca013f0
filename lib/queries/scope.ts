import { db, row, rows } from "@/lib/db/sql";
import { readControlIds } from "./controls";
import type { ProjectHead } from "./project";

/** An environment as a branch's line knows it. */
export type MeasuredEnvironment = {
  id: number;
  name: string;
  /** Commits of the line that were measured here. */
  measured: number;
  /** The newest of them. */
  position: number;
  sha: string;
  committedAt: string | null;
  /** Measured commits of the line since then, in other environments. */
  behind: number;
  /** Ids of its newest measured commits, at most RECENT, the newest first. */
  recent: number[];
};

/** Measured commits of an environment within which failures and absences are told. */
export const RECENT = 100;

/** What a list over a whole project looks at: one branch, one environment. */
export type Scope = {
  branch: { id: number; name: string };
  /** Branches with analysed lines, the default one first. */
  branches: string[];
  /** Newest data first, without those that the settings name as controls. */
  environments: MeasuredEnvironment[];
  environment: MeasuredEnvironment | null;
  /** Cases that the settings name as controls: in no list. */
  controlCases: number[];
};

/**
 * What the selection means: names that do not exist fall back to the environment with the newest data and to the
 * default branch, and the answer says which it is. null: nothing was sent for the default branch yet.
 */
export async function readScope(
  project: ProjectHead,
  asked: { environment: string | null; branch: string | null },
): Promise<Scope | null> {
  const branches = await rows<{ id: number; name: string; analysed: boolean }>(
    db(),
    `SELECT b.id, b.name, EXISTS (SELECT FROM lines l WHERE l.project_id = $1 AND l.branch_id = b.id) AS analysed
     FROM branches b WHERE b.project_id = $1 AND (b.name = $2 OR EXISTS (
       SELECT FROM lines l WHERE l.project_id = $1 AND l.branch_id = b.id))
     ORDER BY b.name = $2 DESC, b.name`,
    [project.id, project.defaultBranch],
  );
  const branch = branches.find(({ name }) => name === asked.branch) ?? branches[0];
  if (!branch) return null;
  const controls = await readControlIds(project.id);
  const environments = await readEnvironments(project.id, branch.id, controls.environmentIds);
  return {
    branch: { id: branch.id, name: branch.name },
    branches: branches.map(({ name }) => name),
    environments,
    environment: environments.find(({ name }) => name === asked.environment) ?? environments[0] ?? null,
    controlCases: controls.caseIds,
  };
}

/** Environments with runs on the line of a branch, experiments left out; the one with the newest commit first. */
async function readEnvironments(
  projectId: number,
  branchId: number,
  controls: readonly number[],
): Promise<MeasuredEnvironment[]> {
  return rows<MeasuredEnvironment>(
    db(),
    `WITH placed AS MATERIALIZED (
       SELECT r.environment_id, b.position, b.commit_id
       FROM (SELECT DISTINCT environment_id, commit_id FROM runs
         WHERE project_id = $1 AND experiment IS NULL AND environment_id <> ALL($3::int[])) r
       JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $2 AND b.commit_id = r.commit_id
         AND b.position IS NOT NULL
     ), ends AS (
       SELECT environment_id, count(*) AS measured, max(position) AS position FROM placed GROUP BY environment_id
     )
     SELECT e.id, e.name, m.measured, m.position, c.sha, c.committed_at AS "committedAt",
       CASE WHEN m.position = max(m.position) OVER () THEN 0 ELSE
         (SELECT count(DISTINCT p.position) FROM placed p WHERE p.position > m.position) END AS behind,
       ARRAY(SELECT p.commit_id FROM placed p WHERE p.environment_id = m.environment_id
         ORDER BY p.position DESC LIMIT ${RECENT}) AS recent
     FROM ends m
     JOIN environments e ON e.project_id = $1 AND e.id = m.environment_id
     JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $2 AND b.position = m.position
     JOIN commits c ON c.project_id = $1 AND c.id = b.commit_id
     ORDER BY m.position DESC, m.measured DESC, e.name`,
    [projectId, branchId, controls],
  );
}

/** A measured commit and its place. */
export type MeasuredCommit = { id: number; sha: string; committedAt: string | null; position: number };

/** The newest `limit` commits of the line, from place `from` on, that were measured in the environment, oldest first. */
export async function readMeasured(
  projectId: number,
  scope: { branchId: number; environmentId: number },
  limit: number,
  from = 0,
): Promise<MeasuredCommit[]> {
  const found = await rows<MeasuredCommit>(
    db(),
    `SELECT c.id, c.sha, c.committed_at AS "committedAt", b.position
     FROM branch_commits b JOIN commits c ON c.project_id = $1 AND c.id = b.commit_id
     WHERE b.project_id = $1 AND b.branch_id = $2 AND b.position >= $5 AND EXISTS (
       SELECT FROM runs r WHERE r.project_id = $1 AND r.commit_id = b.commit_id AND r.environment_id = $3
         AND r.experiment IS NULL)
     ORDER BY b.position DESC LIMIT $4`,
    [projectId, scope.branchId, scope.environmentId, limit, from],
  );
  return found.reverse();
}

/** A tagged commit on the line. */
export type PlacedRelease = { tag: string; position: number; releasedAt: string | null };

/** Releases on the line of a branch, oldest first; two tags of one commit both count. */
export async function readReleases(projectId: number, branchId: number): Promise<PlacedRelease[]> {
  return rows<PlacedRelease>(
    db(),
    `SELECT r.tag, b.position, coalesce(r.released_at, c.committed_at) AS "releasedAt"
     FROM releases r
     JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $2 AND b.commit_id = r.commit_id
     JOIN commits c ON c.project_id = $1 AND c.id = r.commit_id
     WHERE r.project_id = $1 AND b.position IS NOT NULL ORDER BY b.position, r.tag`,
    [projectId, branchId],
  );
}

/** Place on the line of the commit whose sha begins so; null: none, or several do. */
export async function readPlace(projectId: number, branchId: number, prefix: string): Promise<number | null> {
  const found = await rows<{ position: number }>(
    db(),
    `SELECT b.position FROM commits c
     JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $2 AND b.commit_id = c.id AND b.position IS NOT NULL
     WHERE c.project_id = $1 AND c.sha >= $3 AND c.sha < $3 || 'g' LIMIT 2`,
    [projectId, branchId, prefix],
  );
  return found.length === 1 ? (found[0]?.position ?? null) : null;
}

/** Place of the newest commit of the line; null: it has none. */
export async function readHead(projectId: number, branchId: number): Promise<number | null> {
  const found = await row<{ position: number | null }>(
    db(),
    "SELECT max(position) AS position FROM branch_commits WHERE project_id = $1 AND branch_id = $2",
    [projectId, branchId],
  );
  return found?.position ?? null;
}
