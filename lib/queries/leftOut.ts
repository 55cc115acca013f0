import { db, prepared } from "@/lib/db/sql";
import { isoOf, type LineWindow } from "./points";

/** What one run measured at one commit of a line and people took out of all statistics; in the metric's unit. */
export type LeftOutPoint = {
  sha: string;
  position: number;
  committedAt: string | null;
  pullRequest: number | null;
  run: string;
  /** The whole run is out, or only this value. */
  whole: boolean;
  value: number;
  min: number;
  max: number;
  reason: string;
  by: string;
  at: string;
};

/** Points that are left out, of one line in one answer: more are a case for the run pages. */
const MOST = 500;

/** The excluded values of a line within its window, in the order of the branch; the newest MOST. */
export async function readLeftOutPoints(projectId: number, window: LineWindow): Promise<LeftOutPoint[]> {
  const { branchId, caseId, metricId, environmentId, from, to } = window;
  const found = await prepared<LeftOutPoint>(
    db(),
    `SELECT c.sha, b.position, ${isoOf("c.committed_at")} AS "committedAt", c.pull_request AS "pullRequest", u.key AS run,
       e.series_id IS NULL AS whole, p.median AS value, p.lo AS min, p.hi AS max, e.reason, e.excluded_by AS by,
       ${isoOf("e.excluded_at")} AS at
     FROM exclusions e
     JOIN runs u ON u.project_id = $1 AND u.id = e.run_id AND u.environment_id = $5 AND u.experiment IS NULL
     JOIN series s ON s.project_id = $1 AND s.case_id = $3 AND s.metric_id = $4 AND s.environment_id = $5 AND s.trend
       AND s.id = coalesce(e.series_id, s.id)
     JOIN points p ON p.project_id = $1 AND p.series_id = s.id AND p.commit_id = u.commit_id AND p.run_id = u.id
     JOIN commits c ON c.project_id = $1 AND c.id = u.commit_id
     JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $2 AND b.commit_id = c.id
     WHERE e.project_id = $1 AND e.restored_at IS NULL AND b.position BETWEEN $6 AND $7
     ORDER BY b.position DESC, u.key, e.series_id NULLS FIRST LIMIT ${MOST}`,
    [projectId, branchId, caseId, metricId, environmentId, from, to],
  );
  return found.reverse();
}
