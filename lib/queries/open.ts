import { OPEN_STATUSES } from "@/lib/model/words";

/**
 * SQL condition on `shifts s`: it still asks for somebody. People have not closed it, the analysis stands by it, nothing
 * later undid it, and it was not merged into another. The bar's count, the overview and the list's filter "open" all
 * use this one, so that they agree.
 */
export const OPEN_SHIFT = `(s.status IN (${OPEN_STATUSES.map((status) => `'${status}'`).join(", ")})
  AND s.state IN ('provisional', 'confirmed') AND s.part_of IS NULL)`;

/** SQL of `shifts s`, project $1: the fewest points that would confirm a provisional one; null for others. */
export const NEEDS_POINTS = `CASE WHEN s.state = 'provisional' THEN (
  SELECT min(p.needs_points) FROM changepoints p
  WHERE p.project_id = $1 AND p.shift_number = s.number AND p.needs_points > 0) END`;
