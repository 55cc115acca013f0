import { db, rows } from "@/lib/db/sql";
import type { Json } from "@/lib/model/words";

/** Between what values (5th and 95th percentile of their segments) the lines of a metric lie, and between what levels. */
export type LineSpread = { metric: string; least: number; most: number; leastLevel: number; mostLevel: number };

type Asked = { projectId: number; branch: string; workloadId: number };

/** One row per metric over the lines named, in the metric's unit; none for a branch that is not analysed. */
export function readLineSpreads(
  { projectId, branch, workloadId }: Asked,
  lines: readonly { params: Json; environment: string }[],
): Promise<LineSpread[]> {
  return rows<LineSpread>(
    db(),
    `SELECT m.name AS metric, min(s.lo) AS least, max(s.hi) AS most, min(abs(s.level)) AS "leastLevel",
       max(abs(s.level)) AS "mostLevel"
     FROM unnest($4::text[], $5::text[]) AS asked(params, environment)
     JOIN cases k ON k.project_id = $1 AND k.workload_id = $3 AND k.params = asked.params::jsonb
     JOIN environments e ON e.project_id = $1 AND e.name = asked.environment
     JOIN branches b ON b.project_id = $1 AND b.name = $2
     JOIN lines l ON l.project_id = $1 AND l.branch_id = b.id AND l.case_id = k.id AND l.environment_id = e.id
     JOIN segments s ON s.project_id = $1 AND s.line_id = l.id
     JOIN metrics m ON m.project_id = $1 AND m.id = l.metric_id
     GROUP BY m.name`,
    [
      projectId,
      branch,
      workloadId,
      lines.map(({ params }) => JSON.stringify(params)),
      lines.map(({ environment }) => environment),
    ],
  );
}
