import type { ProjectRow } from "@/lib/auth/access";
import { db, rows } from "@/lib/db/sql";
import type { ShiftState, ShiftStatus } from "@/lib/model/words";
import { type MemberRun, type Plan, planNext, SIDE_COMMITS, SIDE_RUNS } from "@/lib/plan";
import { windowsAround } from "./members";
import { type Avoided, type NextMember, readAvoided, readNextMembers, readNextRuns, type Window } from "./nextEvidence";
import { STATUS_NOW } from "./open";

/** Shifts that one read looks at, those of the largest cost. */
const LISTED = 200;

/** What decides whether anything is to be measured for a shift; places of its range on the line. */
export type Head = {
  number: number;
  branchId: number;
  state: ShiftState;
  status: ShiftStatus;
  partOf: number | null;
  recoveredBy: number | null;
  withdrawnReason: string | null;
  from: number | null;
  to: number | null;
  pending: number;
};

/** Shifts under a condition on `s`, `g` (last good) and `f` (first shifted), its values from $2 on; the costliest first. */
export async function readHeads({ id }: ProjectRow, condition: string, values: unknown[]): Promise<Head[]> {
  return rows<Head>(
    db(),
    `SELECT s.number, s.branch_id AS "branchId", s.state, ${STATUS_NOW} AS status, s.part_of AS "partOf", s.recovered_by AS "recoveredBy",
       s.withdrawn_reason AS "withdrawnReason", g.position AS from, f.position AS to,
       (SELECT count(*) FROM analysis_requests WHERE project_id = $1) AS pending
     FROM shifts s
     LEFT JOIN branch_commits g ON g.project_id = $1 AND g.branch_id = s.branch_id AND g.commit_id = s.last_good_commit_id
     LEFT JOIN branch_commits f ON f.project_id = $1 AND f.branch_id = s.branch_id
       AND f.commit_id = s.first_shifted_commit_id
     WHERE s.project_id = $1 AND ${condition}
     ORDER BY (s.summary->>'costSeconds')::float8 DESC NULLS LAST, s.number LIMIT ${LISTED}`,
    [id, ...values],
  );
}

/** Whether runs of the project's code could still tell more of a shift. */
export const isSearched = (head: Head): head is Head & { from: number; to: number } =>
  head.from !== null &&
  head.to !== null &&
  head.from < head.to &&
  head.partOf === null &&
  (head.state === "provisional" || head.state === "confirmed") &&
  head.status !== "infrastructure" &&
  head.status !== "not real";

/** A shift with everything that is known of where its step lies. */
export type Searched = {
  head: Head;
  members: (NextMember & Window & { runs: MemberRun[] })[];
  avoided: Avoided[];
  /** The places that may hold the step; null where nothing is to be measured for the shift. */
  room: { from: number; to: number } | null;
};

/** Reads what is known of each shift, in the order of `heads`. Five statements, whatever their number. */
export async function readSearched(project: ProjectRow, heads: readonly Head[]): Promise<Searched[]> {
  const open = heads.filter(isSearched);
  const branchId = open[0]?.branchId ?? 0; // shifts are told for the default branch only
  const ranges = open.map(({ from, to }) => ({ from, to }));
  const [members, rooms, sides] = await Promise.all([
    readNextMembers(
      project.id,
      open.map(({ number }) => number),
    ),
    windowsAround(project.id, branchId, ranges, SIDE_COMMITS),
    windowsAround(project.id, branchId, ranges, SIDE_RUNS),
  ]);
  const places = new Map(open.map(({ number }, i) => [number, { room: rooms[i], side: sides[i] }]));
  const windowed = members.map((member) => {
    const side = places.get(member.shift)?.side ?? { from: 0, to: -1 };
    const from = Math.max(side.from, member.first ?? side.from);
    return { ...member, branchId, from, to: Math.min(side.to, member.last ?? side.to) };
  });
  const within = windowed.map((member) => ({ ...member, ...(places.get(member.shift)?.room ?? { from: 0, to: -1 }) }));
  const [runs, avoided] = await Promise.all([readNextRuns(project.id, windowed), readAvoided(project.id, within)]);
  const all = windowed.map((member, i) => ({ ...member, runs: runs[i] ?? [] }));
  return heads.map((head) => ({
    head,
    members: all.filter(({ shift }) => shift === head.number),
    avoided: avoided.filter(({ shift }) => shift === head.number),
    room: places.get(head.number)?.room ?? null,
  }));
}

/** Where to measure next for a shift; null where nothing is to be measured. `searches`: see PlanInput. */
export function planOf(
  { head, members, avoided, room }: Searched,
  where: string | null,
  searches?: number,
): Plan | null {
  if (room === null || !isSearched(head)) return null;
  const { from, to } = head;
  const blocked = new Map<string, Set<number>>();
  for (const { environment, position } of avoided)
    blocked.set(environment, (blocked.get(environment) ?? new Set()).add(position));
  // Beyond its own two levels a line says nothing: candidates stay where at least one member has them.
  const lowest = Math.min(from, ...members.map((member) => member.from));
  const highest = Math.max(to, ...members.map((member) => member.to));
  return planNext({
    members,
    lastGood: from,
    firstShifted: to,
    from: Math.min(from, Math.max(room.from, lowest)) + 1,
    to: Math.max(to, Math.min(room.to, highest)),
    blocked,
    ...(where !== null && { where }),
    ...(searches !== undefined && { searches }),
  });
}
