import { db, rows } from "@/lib/db/sql";
import type { OwnRuns } from "@/lib/release/types";

/** What the runs of one commit measured on one line, under one version and set of facts. */
export type OwnPoint = OwnRuns & {
  caseId: number;
  metricId: number;
  environmentId: number;
  version: string;
  factsGroup: number;
};

/** Trend runs of a commit, excluded ones left out: the median of the runs' medians per line and conditions. */
export async function readOwnPoints(projectId: number, commitId: number): Promise<OwnPoint[]> {
  return rows<OwnPoint>(
    db(),
    `SELECT s.case_id AS "caseId", s.metric_id AS "metricId", s.environment_id AS "environmentId", s.version,
       v.facts_group AS "factsGroup", percentile_cont(0.5) WITHIN GROUP (ORDER BY p.median) AS value, count(*) AS runs,
       sum(p.n) AS n, min(p.lo) AS min, max(p.hi) AS max
     FROM (SELECT DISTINCT environment_id, revision_id FROM runs
       WHERE project_id = $1 AND commit_id = $2 AND experiment IS NULL) u
     JOIN series s ON s.project_id = $1 AND s.environment_id = u.environment_id AND s.revision_id = u.revision_id AND s.trend
     JOIN environment_revisions v ON v.project_id = $1 AND v.id = s.revision_id
     JOIN points p ON p.project_id = $1 AND p.series_id = s.id AND p.commit_id = $2
     WHERE NOT EXISTS (SELECT FROM exclusions x WHERE x.project_id = $1 AND x.run_id = p.run_id
       AND coalesce(x.series_id, p.series_id) = p.series_id AND x.restored_at IS NULL)
     GROUP BY s.case_id, s.metric_id, s.environment_id, s.version, v.facts_group`,
    [projectId, commitId],
  );
}
