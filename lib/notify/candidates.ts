import { joinLineNames } from "../db/lineNames";
import { STATUS_NOW } from "../db/shiftFilter";
import { type Db, rows } from "../db/sql";
import { paramsLabel } from "../format/name";
import type { MessageKind } from "../model/notification";
import type { Json, ShiftDirection, ShiftState, ShiftStatus } from "../model/words";
import type { ShiftSummary } from "../shift/summary";
import { shiftTitle } from "../shift/title";
import { MEMBERS, type MessageBody, type ToldMember } from "./message";

/** A shift as far as telling needs it, with what was told of it last. */
export type Candidate = {
  number: number;
  direction: ShiftDirection;
  state: ShiftState;
  status: ShiftStatus;
  statusReason: string | null;
  decidedBy: string | null;
  partOf: number | null;
  recoveredBy: number | null;
  withdrawnReason: string | null;
  isConfirmed: boolean;
  /** The message told last; null: none yet. */
  told: MessageKind | null;
  /** How often it was told as confirmed. */
  cycles: number;
  /** A shift that is part of this one now was told, and not told as over: people know of it. */
  knownAs: number | null;
};

/** Shifts of the project for which the last message, or that there is none, may not be the last word. */
export function readCandidates(on: Db, projectId: number): Promise<Candidate[]> {
  return rows<Candidate>(
    on,
    `with told as (
       select distinct on (shift_number) shift_number, kind from notification_messages
        where project_id = $1 and shift_number is not null order by shift_number, id desc)
     select s.number, s.direction, s.state, ${STATUS_NOW} as status, s.status_reason as "statusReason", s.decided_by as "decidedBy",
            s.part_of as "partOf", s.recovered_by as "recoveredBy", s.withdrawn_reason as "withdrawnReason",
            s.confirmed_at is not null as "isConfirmed", t.kind as told,
            (select count(*)::int from notification_messages m
              where m.project_id = $1 and m.shift_number = s.number and m.kind = 'confirmed') as cycles,
            (select min(p.number) from shifts p join told k on k.shift_number = p.number
              where p.project_id = $1 and p.part_of = s.number and k.kind = 'confirmed') as "knownAs"
       from shifts s left join told t on t.shift_number = s.number
      where s.project_id = $1 and s.confirmed_at is not null and s.part_of is null
      order by s.number`,
    [projectId],
  );
}

type BodyRow = Omit<MessageBody, "title" | "members" | "because" | "changepoints"> & { summary: ShiftSummary };

/** What is told of these shifts as they are now, without the reason. */
export async function readBodies(on: Db, projectId: number, numbers: readonly number[]): Promise<MessageBody[]> {
  if (numbers.length === 0) return [];
  const found = await rows<BodyRow>(on, BODIES, [projectId, numbers]);
  const members = await rows<ToldMember & { shift: number; rawParams: Json }>(on, TOLD_MEMBERS, [
    projectId,
    numbers,
    MEMBERS,
  ]);
  return found.map(({ summary, ...body }) => ({
    ...body,
    title: shiftTitle(summary),
    changepoints: summary.changepoints,
    because: null,
    members: members
      .filter(({ shift }) => shift === body.shift)
      .map(({ shift: _, rawParams, ...member }) => ({ ...member, params: paramsLabel(rawParams) })),
  }));
}

const BODIES = `
select p.slug as project, p.name as "projectName", p.repository, s.number as shift, s.summary, s.direction,
  g.sha as "lastGood", f.sha as "firstShifted", f.committed_at as "committedAt",
  bf.position - bg.position as commits,
  case when bf.position - bg.position = 1 then f.pull_request end as "pullRequest"
from shifts s
join projects p on p.id = s.project_id
join commits g on g.project_id = $1 and g.id = s.last_good_commit_id
join commits f on f.project_id = $1 and f.id = s.first_shifted_commit_id
left join branch_commits bg on bg.project_id = $1 and bg.branch_id = s.branch_id and bg.commit_id = g.id
left join branch_commits bf on bf.project_id = $1 and bf.branch_id = s.branch_id and bf.commit_id = f.id
where s.project_id = $1 and s.number = any($2::int[])
order by s.number`;

const TOLD_MEMBERS = `
with ranked as (
  select c.*, row_number() over (partition by c.shift_number
    order by c.state, abs(c.change) desc nulls last, abs(c.difference) desc, c.id) as place
  from changepoints c where c.project_id = $1 and c.shift_number = any($2::int[]))
select r.shift_number as shift, w.name as workload, k.params as "rawParams", m.name as metric,
  m.display_name as "metricName", m.unit, m.better, e.name as environment, r.before, r.after, r.change, r.difference,
  case when r.interval_lo is not null then json_build_array(r.interval_lo, r.interval_hi) end as interval
from ranked r
join lines l on l.project_id = $1 and l.id = r.line_id
${joinLineNames()}
where r.place <= $3
order by r.shift_number, r.place`;
