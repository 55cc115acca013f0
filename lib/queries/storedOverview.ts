import { db, prepared } from "@/lib/db/sql";
import type { OverviewSelection } from "@/lib/urls/overview";
import type { Measured } from "./overview";

/** To be raised when `Measured` gets other names or meanings: what an older Tidemark stored is then not read. */
export const OVERVIEW_SHAPE = 1;

/**
 * The overview as it was stored, if it is what would be computed now: nothing was written since (that waits for the
 * analysis, or is marked), the analysis is the one it rests on, and no accepted shift has become new again. Computed for the
 * default branch only. Branches and environments that do not exist fall back as ever, so they are not found here. null: compute it.
 */
export async function readStoredOverview(
  projectId: number,
  { environment, branch }: Pick<OverviewSelection, "environment" | "branch">,
): Promise<{ branchId: number; measured: Measured } | null> {
  const [found] = await prepared<{ branchId: number; measured: Measured }>(db(), STORED, [
    projectId,
    OVERVIEW_SHAPE,
    environment,
    branch,
  ]);
  return found ?? null;
}

const STORED = `
SELECT o.branch_id AS "branchId", c.content AS measured
FROM overviews o
JOIN projects p ON p.id = o.project_id AND p.analysed_at IS NOT DISTINCT FROM o.analysed_at
JOIN overview_contents c ON c.project_id = o.project_id
WHERE o.project_id = $1 AND o.shape = $2 AND (o.valid_until IS NULL OR o.valid_until > now())
  AND CASE WHEN $3::text IS NULL THEN c.place = 0 ELSE c.environment = $3 END AND ($4::text IS NULL OR o.branch = $4)
  AND NOT EXISTS (SELECT FROM overview_marks WHERE project_id = $1)
  AND NOT EXISTS (SELECT FROM analysis_requests WHERE project_id = $1)`;
