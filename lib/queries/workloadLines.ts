import { db, rows } from "@/lib/db/sql";
import type { Better, Json } from "@/lib/model/words";

export type WorkloadMetric = {
  id: number;
  name: string;
  displayName: string | null;
  unit: string;
  better: Better;
};

export type Certainty = { p: number; state: "provisional" | "confirmed" };

/** One line with its level now and the level that it is compared with. Both in the metric's unit. */
export type WorkloadLine = {
  id: number;
  caseId: number;
  metricId: number;
  level: number | null;
  /** In force at the asked place, or since version and facts are the present ones; null: no level. */
  base: number | null;
  /** Noise of a point as a share of the level; null: cannot be told. */
  noise: number | null;
  points: number;
  /** It has changepoints after the asked place; how sure the least certain of them is. null: it has none. */
  certainty: Certainty | null;
};

export type WorkloadCase = {
  id: number;
  number: number;
  name: string;
  displayName: string | null;
  params: Json;
  retiredAt: string | null;
};

/** Metrics with lines in an environment: duration first, then those of one unit together, as they came. */
export function readLineMetrics(projectId: number, branchId: number, environmentId: number): Promise<WorkloadMetric[]> {
  return rows<WorkloadMetric>(
    db(),
    `SELECT m.id, m.name, m.display_name AS "displayName", m.unit, m.better FROM metrics m
     WHERE m.project_id = $1 AND m.retired_at IS NULL AND EXISTS (
       SELECT FROM lines l WHERE l.project_id = $1 AND l.branch_id = $2 AND l.environment_id = $3 AND l.metric_id = m.id)
     ORDER BY m.name = 'duration' DESC, min(m.id) FILTER (WHERE m.name <> 'duration') OVER (PARTITION BY m.unit), m.id`,
    [projectId, branchId, environmentId],
  );
}

/** Cases with lines in an environment, those of retired workloads too; `controls` are left out. */
export function readLineCases(
  projectId: number,
  branchId: number,
  environmentId: number,
  controls: readonly number[],
): Promise<WorkloadCase[]> {
  return rows<WorkloadCase>(
    db(),
    `SELECT c.id, w.number, w.name, w.display_name AS "displayName", c.params, w.retired_at AS "retiredAt"
     FROM cases c JOIN workloads w ON w.project_id = $1 AND w.id = c.workload_id
     WHERE c.project_id = $1 AND w.merged_into IS NULL AND c.id <> ALL($4::int[]) AND c.id IN (
       SELECT l.case_id FROM lines l WHERE l.project_id = $1 AND l.branch_id = $2 AND l.environment_id = $3)
     ORDER BY w.number, c.id`,
    [projectId, branchId, environmentId, controls],
  );
}

/** All lines of an environment, with their change since the place `since` of the branch. Flat reads of what is stored. */
export function readLinesSince(
  projectId: number,
  branchId: number,
  environmentId: number,
  since: number,
): Promise<WorkloadLine[]> {
  return rows<WorkloadLine>(
    db(),
    `WITH here AS (
       SELECT id, case_id, metric_id, level, noise, points FROM lines
       WHERE project_id = $1 AND branch_id = $2 AND environment_id = $3
     ), placed AS (
       SELECT g.line_id, g.level, g.track, f.position,
         last_value(g.track) OVER (PARTITION BY g.line_id ORDER BY g.ordinal
           ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS newest
       FROM here h
       JOIN segments g ON g.project_id = $1 AND g.line_id = h.id
       JOIN branch_commits f ON f.project_id = $1 AND f.branch_id = $2 AND f.commit_id = g.first_commit_id
     ), bases AS (
       SELECT DISTINCT ON (line_id) line_id, level FROM placed WHERE track = newest
       ORDER BY line_id, position <= $4 DESC, CASE WHEN position <= $4 THEN -position ELSE position END
     ), shifted AS (
       SELECT c.line_id, json_build_object('p', max(c.p),
         'state', CASE WHEN bool_and(c.state = 'confirmed') THEN 'confirmed' ELSE 'provisional' END) AS certainty
       FROM here h
       JOIN changepoints c ON c.project_id = $1 AND c.line_id = h.id
       JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $2 AND b.commit_id = c.commit_id
       WHERE b.position > $4 GROUP BY c.line_id
     )
     SELECT h.id, h.case_id AS "caseId", h.metric_id AS "metricId", h.level, b.level AS base,
       h.noise / nullif(abs(h.level), 0) AS noise, h.points, s.certainty
     FROM here h LEFT JOIN bases b ON b.line_id = h.id LEFT JOIN shifted s ON s.line_id = h.id`,
    [projectId, branchId, environmentId, since],
  );
}
