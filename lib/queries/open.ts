import { OPEN_STATUSES } from "@/lib/model/words";

/**
 * SQL condition on `shifts s`: it still asks for somebody. People have not closed it, the analysis stands by it, nothing
 * later undid it, and it was not merged into another. The bar's count, the overview and the list's filter "open" all
 * use this one, so that they agree.
 */
export const OPEN_SHIFT = `(s.status IN (${OPEN_STATUSES.map((status) => `'${status}'`).join(", ")})
  AND s.state IN ('provisional', 'confirmed') AND s.part_of IS NULL)`;
