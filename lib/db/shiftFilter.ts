import { OPEN_STATUSES } from "@/lib/model/words";
import type { ShiftFilters } from "@/lib/urls/shifts";
import { joinLineNames } from "./lineNames";

// Which shifts a filter means, said once for lists, counts, CSV and changes of all that match.

/** SQL of `shifts s`: what people say of it now. An accepted level counts as undecided again once its time is over. */
export const STATUS_NOW = `(CASE WHEN s.status = 'accepted' AND s.accepted_until <= now() THEN 'new' ELSE s.status END)`;

/**
 * SQL condition on `shifts s`: it still asks for somebody. People have not closed it, the analysis stands by it, nothing
 * later undid it, and it was not merged into another. The bar's count, the overview and the list's filter "open" all
 * use this one, so that they agree.
 */
export const OPEN_SHIFT = `(${STATUS_NOW} IN (${OPEN_STATUSES.map((status) => `'${status}'`).join(", ")})
  AND s.state IN ('provisional', 'confirmed') AND s.part_of IS NULL)`;

/** What `filterValues` and `filterCondition` need to be joined. $1: project. */
export const FILTERED_SHIFTS = `shifts s
JOIN commits g ON g.project_id = $1 AND g.id = s.last_good_commit_id
JOIN commits f ON f.project_id = $1 AND f.id = s.first_shifted_commit_id
LEFT JOIN branch_commits bf ON bf.project_id = $1 AND bf.branch_id = s.branch_id AND bf.commit_id = f.id`;

/** SQL of `shifts s` with `bf` its first shifted commit's place: the first release on the line that holds it, or null. */
export const CONTAINED_IN = `(SELECT r.tag FROM releases r
  JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = s.branch_id AND b.commit_id = r.commit_id
  WHERE r.project_id = $1 AND b.position >= bf.position ORDER BY b.position, r.tag LIMIT 1)`;

const TODAY = "(now() AT TIME ZONE 'UTC')::date";

/** All filters but for the status; their values are $2 to $12. */
export const FILTER_CONDITION = `s.project_id = $1 AND ($2::text IS NULL OR s.direction = $2)
  AND ($3::text IS NULL OR s.state = $3)
  AND ($4::text IS NULL AND $5::text IS NULL AND $6::text IS NULL AND $8::text IS NULL OR EXISTS (
    SELECT FROM changepoints p JOIN lines l ON l.project_id = $1 AND l.id = p.line_id
    ${joinLineNames()}
    WHERE p.project_id = $1 AND p.shift_number = s.number AND ($4::text IS NULL OR m.name = $4)
      AND ($5::text IS NULL OR e.name = $5) AND ($6::text IS NULL OR w.name = $6)
      AND ($8::text IS NULL OR starts_with(w.name, $8))))
  AND ($7::text IS NULL OR '#' || s.number = $7 OR starts_with(f.sha, lower($7)) OR starts_with(g.sha, lower($7))
    OR strpos(lower(s.summary->'largest'->>'workload'), lower($7)) > 0 OR EXISTS (
    SELECT FROM changepoints p JOIN lines l ON l.project_id = $1 AND l.id = p.line_id
    JOIN cases k ON k.project_id = $1 AND k.id = l.case_id
    JOIN workloads w ON w.project_id = $1 AND w.id = k.workload_id
    WHERE p.project_id = $1 AND p.shift_number = s.number AND strpos(lower(w.name), lower($7)) > 0))
  AND ($9::text IS NULL OR CASE $9 WHEN 'none' THEN s.owner IS NULL WHEN 'me' THEN s.owner_id = $10::int
    ELSE s.owner = $9 END)
  AND ($11::text IS NULL OR $11 = coalesce(${CONTAINED_IN}, 'none'))
  AND CASE $12::text WHEN 'overdue' THEN s.due_on < ${TODAY} WHEN 'week' THEN s.due_on < ${TODAY} + 7
    WHEN 'set' THEN s.due_on IS NOT NULL WHEN 'none' THEN s.due_on IS NULL ELSE true END`;

/** The values of `FILTER_CONDITION` from $2 on. `userId`: who "me" is; null: nobody, and nothing is theirs. */
export function filterValues(filters: Partial<Omit<ShiftFilters, "status">>, userId: number | null): unknown[] {
  const { direction, state, metric, environment, workload, filter, prefix, owner, release, due } = filters;
  const inert = (text: string | null | undefined) => text?.replaceAll("\0", "") ?? null;
  return [
    ...[
      direction ?? null,
      state ?? null,
      inert(metric),
      inert(environment),
      inert(workload),
      inert(filter),
      inert(prefix),
    ],
    ...[inert(owner), userId, inert(release), due ?? null],
  ];
}

/** The condition of a status; a word of a closed list, never a text of the request. */
export function statusCondition(status: ShiftFilters["status"]): string {
  if (status === "all") return "true";
  return status === "open" ? OPEN_SHIFT : `${STATUS_NOW} = '${status}'`;
}
