import { readProject } from "@/lib/auth/access";
import { db, row, rows } from "@/lib/db/sql";
import type { Actor } from "@/lib/model/actor";
import { isoOf } from "@/lib/queries/points";
import type { ReleaseRow, ReleasesRead, ReportState } from "@/lib/release/read";

export type ReleasesAsked = {
  filter: string | null;
  state: ReportState | "none" | null;
  limit: number;
  offset: number;
};

/** Releases of a project, the newest first: by place on the default branch, then by date, then by tag. */
export async function readReleaseRows(actor: Actor, slug: string, asked: ReleasesAsked): Promise<ReleasesRead> {
  const project = await readProject(actor, slug);
  const values = [project.id, project.defaultBranch, asked.filter, asked.state];
  const [items, count] = await Promise.all([
    rows<ReleaseRow>(db(), `${LISTED} ${ORDER} LIMIT $5 OFFSET $6`, [...values, asked.limit, asked.offset]),
    row<{ total: number; all: number }>(
      db(),
      `SELECT count(*) AS total, (SELECT count(*) FROM releases WHERE project_id = $1) AS all FROM (${LISTED}) listed`,
      values,
    ),
  ]);
  return { total: count?.total ?? 0, all: count?.all ?? 0, items };
}

const ORDER = `ORDER BY position DESC NULLS LAST, coalesce("releasedAt", "committedAt") DESC NULLS LAST, tag DESC`;

/** $1 project, $2 default branch, $3 filter, $4 state. A shift counts where its first shifted commit lies. */
const LISTED = `
WITH main AS (SELECT id FROM branches WHERE project_id = $1 AND name = $2), placed AS (
  SELECT r.tag, c.id AS commit_id, c.sha, ${isoOf("r.released_at")} AS "releasedAt", ${isoOf("c.committed_at")} AS "committedAt",
    b.position, max(b.position) OVER (ORDER BY b.position RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
  FROM releases r
  JOIN commits c ON c.project_id = $1 AND c.id = r.commit_id
  LEFT JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = (SELECT id FROM main) AND b.commit_id = c.id
    AND b.position IS NOT NULL
  WHERE r.project_id = $1
), moves AS (
  SELECT b.position, s.direction, s.status IN ('new', 'investigating') AND s.state <> 'recovered' AS is_open
  FROM shifts s JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = s.branch_id AND b.commit_id = s.first_shifted_commit_id
  WHERE s.project_id = $1 AND s.branch_id = (SELECT id FROM main) AND s.part_of IS NULL AND s.state <> 'withdrawn'
    AND b.position IS NOT NULL
), told AS (
  SELECT p.*, p.position - p.before AS commits, n.state, n.decided_by AS "decidedBy",
    coalesce(n.state <> 'draft' AND n.sha <> p.sha, false) AS moved, coalesce(m.worse, 0) AS worse,
    coalesce(m.better, 0) AS better, coalesce(m.open, 0) AS open, (SELECT count(*) FROM runs u
      WHERE u.project_id = $1 AND u.commit_id = p.commit_id AND u.experiment IS NULL) AS runs
  FROM placed p
  LEFT JOIN LATERAL (SELECT state, decided_by, sha FROM reports q WHERE q.project_id = $1 AND q.candidate = p.tag
    ORDER BY q.number DESC LIMIT 1) n ON true
  LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE direction IN ('regression', 'mixed')) AS worse,
      count(*) FILTER (WHERE direction = 'improvement') AS better,
      count(*) FILTER (WHERE direction IN ('regression', 'mixed') AND is_open) AS open
    FROM moves WHERE moves.position <= p.position AND moves.position > p.before) m ON true
)
SELECT tag, sha, "releasedAt", "committedAt", position, commits, state, "decidedBy", moved, worse, better, open, runs
FROM told
WHERE ($3::text IS NULL OR strpos(lower(tag), lower($3)) > 0 OR starts_with(sha, lower($3)))
  AND ($4::text IS NULL OR coalesce(state, 'none') = $4)`;
