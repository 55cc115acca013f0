import { projectFor } from "@/lib/auth/access";
import { joinLineNames } from "@/lib/db/lineNames";
import { db, rows } from "@/lib/db/sql";
import type { Page } from "@/lib/http/paging";
import type { Actor } from "@/lib/model/actor";
import type { RouteFilter } from "@/lib/model/notification";
import type { ShiftSummary } from "@/lib/shift/summary";
import { shiftTitle } from "@/lib/shift/title";
import type { DryRunItem } from "./notifications";
import { isoOf } from "./points";

/** Shifts that an answer lists; `total` counts all. */
const LISTED = 200;

/**
 * Shifts of the past that a route with this filter would have been told of when they were confirmed: those whose first
 * shifted commit is at most `days` older than the newest measured one, the newest first. Needs `admin`.
 */
export async function readDryRun(
  actor: Actor,
  slug: string,
  { filter, days }: { filter: RouteFilter; days: number },
): Promise<Page<DryRunItem>> {
  const project = await projectFor(actor, "admin", slug);
  const found = await rows<Omit<DryRunItem, "title"> & { summary: ShiftSummary; total: number }>(db(), DRY_RUN, [
    project.id,
    filter.directions,
    filter.workload,
    filter.metric,
    filter.environment,
    filter.minChange,
    days,
    LISTED,
  ]);
  const items = found.map(({ summary, total: _, ...item }) => ({ ...item, title: shiftTitle(summary) }));
  return { total: found[0]?.total ?? 0, items, next: null };
}

const DRY_RUN = `
with newest as (
  select max(c.committed_at) as at from runs r join commits c on c.project_id = $1 and c.id = r.commit_id
  where r.project_id = $1 and r.experiment is null),
told as (
  select distinct on (s.number) s.number as shift, s.summary, s.direction, f.committed_at, s.confirmed_at,
    w.name as workload, m.name as metric, e.name as environment, c.change
  from shifts s
  join commits f on f.project_id = $1 and f.id = s.first_shifted_commit_id
  join changepoints c on c.project_id = $1 and c.shift_number = s.number
  join lines l on l.project_id = $1 and l.id = c.line_id
  ${joinLineNames()}
  cross join newest
  where s.project_id = $1 and s.confirmed_at is not null and s.part_of is null and s.direction = any($2::text[])
    and ($3::text is null or starts_with(w.name, $3)) and ($4::text is null or m.name = $4)
    and ($5::text is null or e.name = $5)
    and ($6::float8 is null or c.change is null or abs(c.change) >= $6)
    and (f.committed_at is null or newest.at is null or f.committed_at >= newest.at - $7::int * interval '1 day')
  order by s.number, c.state, abs(c.change) desc nulls last, abs(c.difference) desc, c.id)
select shift, summary, direction, ${isoOf("committed_at")} as "committedAt", ${isoOf("confirmed_at")} as "confirmedAt",
  workload, metric, environment, change, count(*) over ()::int as total
from told order by committed_at desc nulls last, shift desc limit $8`;
