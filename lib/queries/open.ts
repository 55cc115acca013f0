export { CONTAINED_IN, OPEN_SHIFT, STATUS_NOW } from "@/lib/db/shiftFilter";

/** SQL of `shifts s`, project $1: the fewest points that would confirm a provisional one; null for others. */
export const NEEDS_POINTS = `CASE WHEN s.state = 'provisional' THEN (
  SELECT min(p.needs_points) FROM changepoints p
  WHERE p.project_id = $1 AND p.shift_number = s.number AND p.needs_points > 0) END`;
