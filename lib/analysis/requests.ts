import { type Db, row, rows } from "../db/sql";
import type { Better } from "../model/words";

/** What is analysed: the default branch of a project; null while nothing was sent for it. */
export type Scope = { projectId: number; branchId: number };

/** A line that is to be judged anew, with what its metric and workload say. */
export type LineKey = {
  caseId: number;
  metricId: number;
  environmentId: number;
  workloadId: number;
  better: Better;
  smallestEffect: number;
  /** Values behind it, of all branches: what it costs to read. */
  samples: number;
};

/** First key of the advisory lock, so that the numbers of projects meet no other lock; second: the project. */
const LOCK = 0x7469_6465;

/** Lets the other analysis of this project, if there is one, finish first. Held until the transaction ends. */
export async function lockProject(tx: Db, projectId: number): Promise<void> {
  await rows(tx, "SELECT pg_advisory_xact_lock($1, $2)", [LOCK, projectId]);
}

/**
 * Removes the requests that can be seen now, in this transaction, and joins them. `since`: when the oldest was made, or the
 * analysis before this one ended, ISO: what happened from then on may be new to it. null: there are none.
 */
export async function takeRequests(
  tx: Db,
  projectId: number,
): Promise<{ requests: number; everything: boolean; series: number[]; since: string } | null> {
  const taken = await rows<{ series: number[]; everything: boolean; since: string }>(
    tx,
    `DELETE FROM analysis_requests WHERE project_id = $1 RETURNING series, everything,
       least(requested_at, (SELECT analysed_at FROM projects WHERE id = $1)) AS since`,
    [projectId],
  );
  if (taken.length === 0) return null;
  return {
    requests: taken.length,
    everything: taken.some((request) => request.everything),
    series: [...new Set(taken.flatMap((request) => request.series))],
    since: taken.map(({ since }) => since).sort()[0] ?? "",
  };
}

/** The default branch. */
export async function findScope(tx: Db, projectId: number): Promise<Scope | null> {
  return row<Scope>(
    tx,
    `SELECT p.id AS "projectId", b.id AS "branchId"
     FROM projects p JOIN branches b ON b.project_id = p.id AND b.name = p.default_branch
     WHERE p.id = $1`,
    [projectId],
  );
}

/**
 * Parameters: project, branch, series, everything. The project is a row of a CTE and not the bare parameter: for a project
 * that the planner's statistics do not know yet, a bare value is taken for one row. Points are counted per series, by
 * both columns that lead their index: joined to the series of a line first, they would be scanned whole for each line.
 */
export const FIND_LINES = `
  WITH project AS (SELECT $1::int AS id), touched AS (
    SELECT case_id, metric_id, environment_id FROM series
    WHERE project_id = (TABLE project) AND trend AND ($4 OR id = ANY($3))
    UNION
    SELECT case_id, metric_id, environment_id FROM lines
    WHERE project_id = (TABLE project) AND branch_id = $2 AND $4
  ), counted AS (
    SELECT s.case_id, s.metric_id, s.environment_id, sum((
      SELECT coalesce(sum(p.n), 0) FROM points p WHERE p.project_id = (TABLE project) AND p.series_id = s.id
    )) AS samples
    FROM touched t JOIN series s ON s.project_id = (TABLE project) AND s.case_id = t.case_id
      AND s.metric_id = t.metric_id AND s.environment_id = t.environment_id AND s.trend
    GROUP BY s.case_id, s.metric_id, s.environment_id
  )
  SELECT t.case_id AS "caseId", t.metric_id AS "metricId", t.environment_id AS "environmentId",
         c.workload_id AS "workloadId", m.better, m.smallest_effect AS "smallestEffect",
         coalesce(n.samples, 0) AS samples
  FROM touched t
  JOIN cases c ON c.project_id = (TABLE project) AND c.id = t.case_id
  JOIN metrics m ON m.project_id = (TABLE project) AND m.id = t.metric_id
  LEFT JOIN counted n USING (case_id, metric_id, environment_id)
  ORDER BY 1, 2, 3`;

/**
 * The lines on which these series lie; all of the branch, also those that lost their series, when `everything`.
 * In a fixed order.
 */
export async function findLines(tx: Db, scope: Scope, series: number[], everything: boolean): Promise<LineKey[]> {
  return rows<LineKey>(tx, FIND_LINES, [scope.projectId, scope.branchId, series, everything]);
}
