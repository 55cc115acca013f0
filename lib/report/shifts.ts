import { db, rows } from "@/lib/db/sql";
import { metricLabel } from "@/lib/format/name";
import type { ShiftDirection, ShiftState } from "@/lib/model/words";
import { readDrawings, readMembers, windowsAround } from "@/lib/queries/members";
import { isoOf } from "@/lib/queries/points";
import type { ReleaseSide, ReportShift, ReportSpark } from "@/lib/release/types";
import type { ShiftSummary } from "@/lib/shift/summary";
import { shiftTitle } from "@/lib/shift/title";
import { type Tagged, tagsHolding } from "./predecessor";
import type { MainLine } from "./side";

/** Commits of a range that are credited, and shifts that get a chart. */
const RANGE_CREDITS = 20;
const CHARTS = 20;
/** Measured commits on either side of a range that its chart shows. */
const ROOM = 14;

type Row = {
  number: number;
  direction: ShiftDirection;
  state: ShiftState;
  summary: ShiftSummary;
  recoveredBy: number | null;
  lastGoodId: number;
  firstShiftedId: number;
  lastGood: string;
  firstShifted: string;
  firstShiftedAt: string | null;
};

type Placed = Row & { good: number; shifted: number };

/** Shifts that the candidate holds, or may hold, and the baseline does not. Without a baseline: none. */
export async function readShiftsBetween(
  projectId: number,
  main: MainLine,
  sides: { candidate: ReleaseSide; baseline: ReleaseSide | null },
  tags: readonly Tagged[],
): Promise<Omit<ReportShift, "fixedHere">[]> {
  const [from, to] = [sides.baseline?.reach ?? null, sides.candidate.reach];
  if (from === null || to === null) return [];
  const all = await readPlaced(projectId, main);
  const between = all.filter(({ good, shifted }) => shifted > from && (shifted <= to || good < to));
  const [credits, sparks] = await Promise.all([
    readCredits(projectId, main, between),
    readSparks(projectId, main, between),
  ]);
  return between.map((shift) => {
    const { number, direction, state, lastGood, firstShifted, firstShiftedAt, good, shifted } = shift;
    const by = all.find((other) => other.number === shift.recoveredBy);
    return {
      ...{ number, direction, state, lastGood, firstShifted, firstShiftedAt },
      title: shiftTitle(shift.summary),
      commitsBetween: Math.max(0, shifted - good - 1),
      contained: shifted <= to ? "yes" : "may",
      mayBeInBaseline: good < from,
      credits: credits.get(number) ?? [],
      recovery: by
        ? {
            by: by.number,
            inCandidate: by.shifted <= to ? "yes" : by.good < to ? "may" : "no",
            tags: tagsHolding(tags, by.shifted),
          }
        : null,
      tags: tagsHolding(tags, shifted),
      spark: sparks.get(number) ?? null,
    };
  });
}

async function readPlaced(projectId: number, main: MainLine): Promise<Placed[]> {
  const found = await rows<Row>(
    db(),
    `SELECT s.number, s.direction, s.state, s.summary, s.recovered_by AS "recoveredBy",
       s.last_good_commit_id AS "lastGoodId", s.first_shifted_commit_id AS "firstShiftedId", g.sha AS "lastGood",
       f.sha AS "firstShifted", ${isoOf("f.committed_at")} AS "firstShiftedAt"
     FROM shifts s
     JOIN commits g ON g.project_id = $1 AND g.id = s.last_good_commit_id
     JOIN commits f ON f.project_id = $1 AND f.id = s.first_shifted_commit_id
     WHERE s.project_id = $1 AND s.branch_id = $2 AND s.part_of IS NULL AND s.state <> 'withdrawn'
     ORDER BY s.number`,
    [projectId, main.branchId],
  );
  return found.flatMap((shift) => {
    const [good, shifted] = [main.places.get(shift.lastGoodId), main.places.get(shift.firstShiftedId)];
    return good === undefined || shifted === undefined ? [] : [{ ...shift, good, shifted }];
  });
}

async function readCredits(
  projectId: number,
  main: MainLine,
  shifts: readonly Placed[],
): Promise<Map<number, ReportShift["credits"]>> {
  const found = await rows<ReportShift["credits"][number] & { number: number }>(
    db(),
    `SELECT w.number, c.sha, c.author, c.pull_request AS "pullRequest", c.subject
     FROM unnest($3::int[], $4::int[], $5::int[]) AS w(number, lowest, highest)
     CROSS JOIN LATERAL (SELECT b.commit_id, b.position FROM branch_commits b
       WHERE b.project_id = $1 AND b.branch_id = $2 AND b.position > w.lowest AND b.position <= w.highest
       ORDER BY b.position DESC LIMIT ${RANGE_CREDITS}) b
     JOIN commits c ON c.project_id = $1 AND c.id = b.commit_id ORDER BY w.number, b.position DESC`,
    [
      projectId,
      main.branchId,
      shifts.map(({ number }) => number),
      shifts.map(({ good }) => good),
      shifts.map(({ shifted }) => shifted),
    ],
  );
  const credits = new Map<number, ReportShift["credits"]>();
  for (const { number, ...commit } of found) credits.set(number, [...(credits.get(number) ?? []), commit]);
  return credits;
}

/** The line of the largest change of each shift, around its range. */
async function readSparks(
  projectId: number,
  main: MainLine,
  shifts: readonly Placed[],
): Promise<Map<number, ReportSpark>> {
  const drawn = shifts.filter(({ direction }) => direction !== "improvement").slice(0, CHARTS);
  const members = await readMembers(
    projectId,
    drawn.map(({ number }) => number),
    1,
  );
  const placed = members.flatMap(({ member, line }) => {
    const shift = drawn.find(({ number }) => number === member.shift);
    return shift ? [{ member, line, range: { from: shift.good, to: shift.shifted } }] : [];
  });
  const windows = await windowsAround(
    projectId,
    main.branchId,
    placed.map(({ range }) => range),
    ROOM,
  );
  const drawings = await readDrawings(
    projectId,
    placed.map(({ line }, i) => ({ ...line, ...(windows[i] ?? { from: 0, to: -1 }) })),
  );
  return new Map(
    placed.map(({ member, range }, i): [number, ReportSpark] => [
      member.shift,
      {
        name: `${metricLabel(member.metric, member.metricName)} of ${member.workload} in ${member.environment}`,
        unit: member.unit,
        points: (drawings[i]?.points ?? []).map(({ position, value }) => ({ position, value })),
        segments: (drawings[i]?.segments ?? []).map(({ first, last, level, track }) => ({ first, last, level, track })),
        range,
      },
    ]),
  );
}
