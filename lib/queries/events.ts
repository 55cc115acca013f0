import { z } from "zod";
import { readProject } from "@/lib/auth/access";
import { db, row, rows } from "@/lib/db/sql";
import { decodeCursor, type Page, pageOf } from "@/lib/http/paging";
import type { Actor } from "@/lib/model/actor";
import { isoOf } from "./points";

/** A note on the time axis. */
export type EventItem = {
  id: number;
  text: string;
  /** Detection does not cross it. */
  border: boolean;
  /** The commit it stands at; null: it stands at a time. */
  commit: string | null;
  at: string | null;
  /** Place on the default branch: of its commit, or the first commit made at or after its time; null: there is none yet. */
  position: number | null;
  /** Only for this one; null: for all. */
  environment: string | null;
  workload: string | null;
  workloadNumber: number | null;
  metric: string | null;
  createdBy: string;
  createdAt: string;
};

export type EventsAsked = {
  environment: string | null;
  workload: string | null;
  metric: string | null;
  border: "0" | "1" | null;
  filter: string | null;
  limit: number;
  cursor?: string;
};

/** Columns of an event, in the order of EventItem. $1: project. */
const ITEM = `e.id, e.text, e.border, c.sha as commit, ${isoOf("e.at")} as at,
  coalesce(own.position, dated.position) as position, v.name as environment, w.name as workload,
  w.number as "workloadNumber", m.name as metric, e.created_by as "createdBy", ${isoOf("e.created_at")} as "createdAt"`;

const FROM = `from events e
  left join commits c on c.project_id = $1 and c.id = e.commit_id
  left join environments v on v.project_id = $1 and v.id = e.environment_id
  left join workloads w on w.project_id = $1 and w.id = e.workload_id
  left join metrics m on m.project_id = $1 and m.id = e.metric_id
  left join projects p on p.id = $1
  left join branches b on b.project_id = $1 and b.name = p.default_branch
  left join branch_commits own on own.project_id = $1 and own.branch_id = b.id and own.commit_id = e.commit_id
  left join lateral (
    select min(bc.position) as position from branch_commits bc
      join commits k on k.project_id = $1 and k.id = bc.commit_id
     where bc.project_id = $1 and bc.branch_id = b.id and k.committed_at >= e.at) dated on e.at is not null`;

/** Events of a project, the newest note first. A filter by name keeps those that concern it: also those for all. */
export async function listEvents(actor: Actor, slug: string, asked: EventsAsked): Promise<Page<EventItem>> {
  const project = await readProject(actor, slug);
  const after = decodeCursor(asked.cursor, z.tuple([z.int32()]))?.[0] ?? null;
  const filters = [
    project.id,
    asked.environment,
    asked.workload,
    asked.metric,
    asked.border === null ? null : asked.border === "1",
    asked.filter?.toLowerCase() ?? null,
  ];
  const where = `where e.project_id = $1 and ($2::text is null or v.name is null or v.name = $2)
    and ($3::text is null or w.name is null or w.name = $3) and ($4::text is null or m.name is null or m.name = $4)
    and ($5::boolean is null or e.border = $5) and ($6::text is null or position($6 in lower(e.text)) > 0)`;
  const [found, count] = await Promise.all([
    rows<EventItem>(
      db(),
      `select ${ITEM} ${FROM} ${where} and ($7::int is null or e.id < $7) order by e.id desc limit $8`,
      [...filters, after, asked.limit + 1],
    ),
    row<{ total: number }>(db(), `select count(*) as total ${FROM} ${where}`, filters),
  ]);
  return pageOf(
    found,
    asked.limit,
    count?.total ?? 0,
    (event) => event,
    ({ id }) => [id],
  );
}

/** One event as the list gives it; null: there is none with this id. Checks no access: for whoever has just written it. */
export const readEvent = (projectId: number, id: number): Promise<EventItem | null> =>
  row<EventItem>(db(), `select ${ITEM} ${FROM} where e.project_id = $1 and e.id = $2`, [projectId, id]);
