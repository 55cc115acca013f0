import { readPositions } from "@/lib/analysis/positions";
import type { ProjectRow } from "@/lib/auth/access";
import { db, row, rows } from "@/lib/db/sql";
import { Invalid, NotFound } from "@/lib/errors";
import { isoOf } from "@/lib/queries/points";
import type { ReleaseSide } from "@/lib/release/types";

/** First parents, and ancestors, that are walked from a commit that lies off the default branch. */
const MOST_STEPS = 5000;

/** The default branch as reports see it: its line by id of the commit, and back. */
export type MainLine = { branchId: number; places: ReadonlyMap<number, number> };

/** null: nothing was sent for the default branch yet. */
export async function readMainLine(project: ProjectRow): Promise<MainLine | null> {
  const branch = await row<{ id: number }>(db(), "SELECT id FROM branches WHERE project_id = $1 AND name = $2", [
    project.id,
    project.defaultBranch,
  ]);
  if (!branch) return null;
  const places = await readPositions(db(), { projectId: project.id, branchId: branch.id });
  return { branchId: branch.id, places };
}

/** A side with what the server needs of it; `own`: commits of its own line down to the fork, itself first. */
export type ResolvedSide = { told: ReleaseSide; commitId: number; own: { id: number; sha: string; depth: number }[] };

type Head = { id: number; sha: string; committedAt: string | null; releasedAt: string | null };

const COMMIT = `c.id, c.sha, ${isoOf("c.committed_at")} AS "committedAt"`;

/** A tag first; else `branch:NAME` or `commit:SHA`. Throws NotFound, and Invalid for what is too little of a sha. */
export async function resolveSide(project: ProjectRow, main: MainLine | null, name: string): Promise<ResolvedSide> {
  const tag = await row<Head>(
    db(),
    `SELECT ${COMMIT}, ${isoOf("r.released_at")} AS "releasedAt" FROM releases r
     JOIN commits c ON c.project_id = $1 AND c.id = r.commit_id WHERE r.project_id = $1 AND r.tag = $2`,
    [project.id, name],
  );
  if (tag) return withPlace(project, main, tag, { name, kind: "release", label: name });
  const [, kind, rest = ""] = /^(branch|commit):(.+)$/s.exec(name) ?? [];
  if (kind === "branch") {
    const head = await branchHead(project, rest);
    return withPlace(project, main, head, { name, kind, label: rest });
  }
  if (kind === "commit") {
    const commit = await commitOf(project, rest.toLowerCase());
    return withPlace(project, main, commit, { name: `commit:${commit.sha}`, kind, label: commit.sha.slice(0, 7) });
  }
  throw new NotFound(
    `There is no release ${name} in ${project.slug}. Send tags with \`tidemark releases\`, or write branch:NAME or commit:SHA.`,
  );
}

async function branchHead(project: ProjectRow, name: string): Promise<Head> {
  const head = await row<Head>(
    db(),
    `SELECT ${COMMIT}, NULL AS "releasedAt" FROM branches b
     JOIN branch_commits bc ON bc.project_id = $1 AND bc.branch_id = b.id AND bc.position IS NOT NULL
     JOIN commits c ON c.project_id = $1 AND c.id = bc.commit_id
     WHERE b.project_id = $1 AND b.name = $2 ORDER BY bc.position DESC LIMIT 1`,
    [project.id, name],
  );
  if (head) return head;
  throw new NotFound(
    `There is no branch ${name} with commits in ${project.slug}. Send them with \`tidemark commits\`.`,
  );
}

async function commitOf(project: ProjectRow, sha: string): Promise<Head> {
  if (!/^[0-9a-f]{7,64}$/.test(sha))
    throw new Invalid(`commit:${sha} is too little of a commit id, or none. Give at least seven of its digits.`);
  const [first, second] = await rows<Head>(
    db(),
    `SELECT ${COMMIT}, NULL AS "releasedAt" FROM commits c
     WHERE c.project_id = $1 AND c.sha >= $2 AND c.sha < $2 || '~' ORDER BY c.sha = $2 DESC, c.sha LIMIT 2`,
    [project.id, sha],
  );
  if (first && (first.sha === sha || !second)) return first;
  if (first) throw new Invalid(`Several commits begin with ${sha}. Give more of the id.`);
  throw new NotFound(`There is no commit ${sha} in ${project.slug}. Send it with \`tidemark commits\`, or with a run.`);
}

async function withPlace(
  project: ProjectRow,
  main: MainLine | null,
  head: Head,
  named: Pick<ReleaseSide, "name" | "kind" | "label">,
): Promise<ResolvedSide> {
  const { id, ...commit } = head;
  const position = main?.places.get(id) ?? null;
  const told: ReleaseSide = { ...named, ...commit, position, reach: position, fork: null };
  if (position !== null || !main) return { told, commitId: id, own: [{ id, sha: head.sha, depth: 0 }] };
  const [line, reaches] = await Promise.all([firstParents(project, main, id), readReaches(project, main, [id])]);
  const last = line.at(-1);
  const forked = last && main.places.get(last.id);
  const fork = last && forked !== undefined ? { sha: last.sha, position: forked, commits: last.depth } : null;
  const own = fork ? line.slice(0, -1) : line;
  return { told: { ...told, reach: reaches.get(id) ?? fork?.position ?? null, fork }, commitId: id, own };
}

/** Commits from `from` down its first parents, to the first one that lies on the default branch. */
async function firstParents(project: ProjectRow, main: MainLine, from: number): Promise<ResolvedSide["own"]> {
  return rows(
    db(),
    `WITH RECURSIVE line (id, sha, parent, depth, on_main) AS (
       SELECT c.id, c.sha, c.parents[1], 0, false FROM commits c WHERE c.project_id = $1 AND c.id = $2
       UNION ALL
       SELECT c.id, c.sha, c.parents[1], l.depth + 1, EXISTS (
         SELECT FROM branch_commits b WHERE b.project_id = $1 AND b.branch_id = $3 AND b.commit_id = c.id
           AND b.position IS NOT NULL)
       FROM line l JOIN commits c ON c.project_id = $1 AND c.sha = l.parent
       WHERE NOT l.on_main AND l.depth < ${MOST_STEPS}
     ) SELECT id, sha, depth FROM line ORDER BY depth`,
    [project.id, from, main.branchId],
  );
}

/**
 * The newest commit of the default branch that each commit holds, by any of its parents, as a place. Since the line is one of
 * first parents, a commit holds all of the line up to there.
 */
export async function readReaches(
  project: ProjectRow,
  main: MainLine,
  commits: readonly number[],
): Promise<Map<number, number>> {
  const reaches = new Map<number, number>();
  for (const id of commits) {
    const own = main.places.get(id);
    if (own !== undefined) reaches.set(id, own);
  }
  const off = commits.filter((id) => !reaches.has(id));
  if (off.length === 0) return reaches;
  const found = await rows<{ origin: number; position: number }>(
    db(),
    `WITH RECURSIVE ancestors (origin, id, parents, position, depth) AS (
       SELECT c.id, c.id, c.parents, NULL::int, 0 FROM commits c WHERE c.project_id = $1 AND c.id = ANY($2::int[])
       UNION
       SELECT a.origin, c.id, c.parents, b.position, a.depth + 1
       FROM ancestors a CROSS JOIN LATERAL unnest(a.parents) AS parent (sha)
       JOIN commits c ON c.project_id = $1 AND c.sha = parent.sha
       LEFT JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $3 AND b.commit_id = c.id
       WHERE a.position IS NULL AND a.depth < 500
     ) SELECT origin, max(position) AS position FROM ancestors WHERE position IS NOT NULL GROUP BY origin`,
    [project.id, off, main.branchId],
  );
  for (const { origin, position } of found) reaches.set(origin, position);
  return reaches;
}
