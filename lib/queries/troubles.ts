import { db, rows } from "@/lib/db/sql";
import type { Json } from "@/lib/model/words";

/**
 * A case that did not deliver in one environment. failing: the newest commit with a result of it failed. missing: the
 * newest measured commit has no result of it, an earlier one of the window has. recovered: it failed within the window
 * and passed since.
 */
export type Trouble = {
  kind: "failing" | "missing" | "recovered";
  workload: { number: number; name: string };
  params: Json;
  environment: string;
  /** failing, recovered: the newest commit that failed. missing: the last one with a result. */
  sha: string;
  committedAt: string | null;
  /** Of `sha`: runs with a result of the case, and those that failed. */
  runs: number;
  failedRuns: number;
  /** What the newest failure said; null: nothing, or it is missing. */
  error: string | null;
  /** Measured commits of the environment since `sha`. */
  commitsSince: number;
  /** It concerns the environment's newest measured commit. */
  isNow: boolean;
};

/** How far back failures are told, and how far back a result makes its absence "missing", in measured commits. */
const WINDOW = 100;
const MISSING_WINDOW = 20;

/**
 * What fails, is missing, or did fail lately on the line of a branch, per environment: at most `limit`, what concerns
 * the newest commits first. Skipped results are neither; retired workloads are left out.
 */
export async function readTroubles(
  projectId: number,
  branchId: number,
  limit: number,
): Promise<{ total: number; items: Trouble[] }> {
  const found = await rows<Trouble & { total: number }>(db(), TROUBLES, [
    projectId,
    branchId,
    WINDOW,
    MISSING_WINDOW,
    limit,
  ]);
  return { total: found[0]?.total ?? 0, items: found.map(({ total: _, ...trouble }) => trouble) };
}

// place 0 is the newest measured commit of the environment. A commit of a case failed when no run of it passed.
const TROUBLES = `
WITH measured AS (
  SELECT environment_id, commit_id, place FROM (
    SELECT r.environment_id, r.commit_id,
      row_number() OVER (PARTITION BY r.environment_id ORDER BY b.position DESC) - 1 AS place
    FROM (SELECT DISTINCT environment_id, commit_id FROM runs WHERE project_id = $1 AND experiment IS NULL) r
    JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $2 AND b.commit_id = r.commit_id
      AND b.position IS NOT NULL) placed
  WHERE place < $3
), suspects AS (
  SELECT DISTINCT t.case_id, u.environment_id FROM measured m
  JOIN runs u ON u.project_id = $1 AND u.commit_id = m.commit_id AND u.environment_id = m.environment_id
    AND u.experiment IS NULL
  JOIN results t ON t.project_id = $1 AND t.run_id = u.id AND t.outcome = 'failed' AND NOT t.control
  UNION
  SELECT t.case_id, u.environment_id FROM measured m
  JOIN runs u ON u.project_id = $1 AND u.commit_id = m.commit_id AND u.environment_id = m.environment_id
    AND u.experiment IS NULL
  JOIN results t ON t.project_id = $1 AND t.run_id = u.id AND NOT t.control
  WHERE m.place < $4 GROUP BY t.case_id, u.environment_id HAVING min(m.place) > 0
), outcomes AS (
  SELECT s.case_id, s.environment_id, m.place, m.commit_id, count(*) AS runs,
    count(*) FILTER (WHERE t.outcome = 'failed') AS failed, count(*) FILTER (WHERE t.outcome = 'passed') AS passed,
    (array_agg(t.error ORDER BY u.started_at DESC NULLS LAST) FILTER (WHERE t.outcome = 'failed'))[1] AS error
  FROM suspects s
  JOIN measured m ON m.environment_id = s.environment_id
  JOIN runs u ON u.project_id = $1 AND u.commit_id = m.commit_id AND u.environment_id = m.environment_id
    AND u.experiment IS NULL
  JOIN results t ON t.project_id = $1 AND t.run_id = u.id AND t.case_id = s.case_id AND NOT t.control
  GROUP BY s.case_id, s.environment_id, m.place, m.commit_id
), told AS (
  SELECT case_id, environment_id,
    min(place) AS newest,
    min(place) FILTER (WHERE failed > 0 AND passed = 0) AS failure,
    min(place) FILTER (WHERE passed > 0) AS success
  FROM outcomes GROUP BY case_id, environment_id
), kinds AS (
  SELECT case_id, environment_id, newest,
    CASE WHEN failure IS NOT NULL AND (success IS NULL OR failure < success) THEN 'failing'
         WHEN newest > 0 AND newest < $4 THEN 'missing'
         WHEN failure IS NOT NULL THEN 'recovered' END AS kind,
    CASE WHEN failure IS NOT NULL AND (success IS NULL OR failure < success OR newest = 0) THEN failure
         ELSE newest END AS place
  FROM told
)
SELECT k.kind, json_build_object('number', w.number, 'name', w.name) AS workload, c.params, e.name AS environment,
  co.sha, co.committed_at AS "committedAt", o.runs, o.failed AS "failedRuns",
  CASE WHEN k.kind <> 'missing' THEN o.error END AS error, k.place AS "commitsSince",
  k.kind = 'missing' OR (k.kind = 'failing' AND k.place = 0) AS "isNow", count(*) OVER () AS total
FROM kinds k
JOIN outcomes o ON o.case_id = k.case_id AND o.environment_id = k.environment_id AND o.place = k.place
JOIN commits co ON co.project_id = $1 AND co.id = o.commit_id
JOIN environments e ON e.project_id = $1 AND e.id = k.environment_id
JOIN cases c ON c.project_id = $1 AND c.id = k.case_id
JOIN workloads w ON w.project_id = $1 AND w.id = c.workload_id
WHERE k.kind IS NOT NULL AND w.retired_at IS NULL
ORDER BY k.kind = 'recovered', k.place, k.kind, w.name, e.name
LIMIT $5`;
