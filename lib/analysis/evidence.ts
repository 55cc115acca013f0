import { FOUND_POINTS, HISTORY_POINTS } from "../changepoint/constants";
import { joinLineNames } from "../db/lineNames";
import { type Db, rows } from "../db/sql";
import { confirm } from "../shift/confirm";
import type { LastPlace } from "../shift/log";
import type { Member } from "../shift/summary";
import type { Candidate, Place } from "../shift/types";
import type { Positions } from "./positions";
import type { Scope } from "./requests";

/** A changepoint with all that grouping, storing and telling it needs. */
export type Evidence = Candidate &
  LastPlace & {
    id: number;
    shiftNumber: number | null;
    lastGoodSha: string;
    firstShiftedSha: string;
    widestGoodCommitId: number | null;
    widestShiftedCommitId: number | null;
    widestGoodSha: string | null;
    widestShiftedSha: string | null;
    /** Whether the row says that it counts by its widest range. */
    drawn: boolean;
    /** As the row has them; `state` is what they are to become. */
    storedState: "provisional" | "confirmed";
    storedNeeds: number;
    needsPoints: number;
    ownNeeds: number;
    correlation: number;
    /** People marked or moved it: no other line has a say. */
    byHand: boolean;
    member: Member;
  };

type EvidenceRow = Omit<
  Evidence,
  "line" | "track" | "member" | "lastGood" | "firstShifted" | "widest" | "at" | "storedState" | "storedNeeds"
> &
  Omit<Member, "interval"> & {
    commitId: number;
    version: string;
    factsGroup: number;
    intervalLo: number | null;
    intervalHi: number | null;
  };

/** All changepoints of a branch whose commits lie on its line, in the positions of now. */
export async function readEvidence(tx: Db, { projectId, branchId }: Scope, positions: Positions): Promise<Evidence[]> {
  const found = await rows<EvidenceRow>(
    tx,
    `SELECT c.id, c.shift_number AS "shiftNumber", c.direction, c.state, c.before, c.after, c.change, c.difference,
            c.interval_lo AS "intervalLo", c.interval_hi AS "intervalHi", c.p, c.points_before AS "pointsBefore",
            c.points_after AS "pointsAfter", l.case_id AS "caseId", l.metric_id AS "metricId",
            l.environment_id AS "environmentId", c.last_good_commit_id AS "lastGoodCommitId",
            c.first_shifted_commit_id AS "firstShiftedCommitId", c.commit_id AS "commitId",
            c.widest_good_commit_id AS "widestGoodCommitId", c.widest_shifted_commit_id AS "widestShiftedCommitId",
            c.drawn, c.can_grow AS "canGrow", c.needs_points AS "needsPoints", c.own_needs_points AS "ownNeeds",
            c.correlation, c.correction_id IS NOT NULL AS "byHand", wg.sha AS "widestGoodSha", wf.sha AS "widestShiftedSha",
            gc.sha AS "lastGoodSha", fc.sha AS "firstShiftedSha", s.version, r.facts_group AS "factsGroup",
            m.smallest_effect AS "smallestEffect", w.name AS workload, w.number AS "workloadNumber", k.params,
            m.name AS metric, m.display_name AS "metricName", m.unit, m.better, e.name AS environment
     FROM changepoints c
     JOIN lines l ON l.project_id = $1 AND l.id = c.line_id AND l.branch_id = $2
     JOIN series s ON s.project_id = $1 AND s.id = c.series_id
     JOIN environment_revisions r ON r.project_id = $1 AND r.id = s.revision_id
     ${joinLineNames()}
     JOIN commits gc ON gc.project_id = $1 AND gc.id = c.last_good_commit_id
     JOIN commits fc ON fc.project_id = $1 AND fc.id = c.first_shifted_commit_id
     LEFT JOIN commits wg ON wg.project_id = $1 AND wg.id = c.widest_good_commit_id
     LEFT JOIN commits wf ON wf.project_id = $1 AND wf.id = c.widest_shifted_commit_id
     WHERE c.project_id = $1 ORDER BY c.id`,
    [projectId, branchId],
  );
  return found.flatMap((one) => {
    const range = rangeOf(one, positions);
    const at = positions.get(one.commitId);
    if (!range || at === undefined) return [];
    return [evidenceOf(one, range, Math.min(Math.max(at, range.lastGood + 1), range.firstShifted), positions)];
  });
}

type Range = { lastGood: number; firstShifted: number };

/** The range in positions; null when one of its commits has left the line, or they have changed places. */
function rangeOf(place: Pick<LastPlace, "lastGoodCommitId" | "firstShiftedCommitId">, positions: Positions) {
  const lastGood = positions.get(place.lastGoodCommitId);
  const firstShifted = positions.get(place.firstShiftedCommitId);
  if (lastGood === undefined || firstShifted === undefined || lastGood >= firstShifted) return null;
  return { lastGood, firstShifted };
}

function evidenceOf(found: EvidenceRow, range: Range, at: number, positions: Positions): Evidence {
  const { workload, workloadNumber, params, metric, metricName, unit, better, environment } = found;
  const { direction, state, before, after, change, difference, p, pointsBefore, pointsAfter } = found;
  const widest = widestOf(found, range, positions);
  const { intervalLo, intervalHi, version, factsGroup, commitId, ...rest } = found;
  const interval: Member["interval"] = intervalLo === null || intervalHi === null ? null : [intervalLo, intervalHi];
  return {
    ...rest,
    ...range,
    widest,
    storedState: state,
    storedNeeds: found.needsPoints,
    at,
    p: found.byHand ? 0 : p,
    line: lineName(found),
    track: JSON.stringify([version, factsGroup]),
    member: {
      ...{ workload, workloadNumber, params, metric, metricName, unit, better, environment },
      ...{ direction, state, before, after, change, difference, interval, p, pointsBefore, pointsAfter },
    },
  };
}

/** The widest range in positions; the certain one where it is not known, or no longer holds that. */
function widestOf(found: EvidenceRow, range: Range, positions: Positions): Range {
  const { widestGoodCommitId, widestShiftedCommitId } = found;
  const lastGood = widestGoodCommitId === null ? undefined : positions.get(widestGoodCommitId);
  const firstShifted = widestShiftedCommitId === null ? undefined : positions.get(widestShiftedCommitId);
  if (lastGood === undefined || firstShifted === undefined) return range;
  return lastGood <= range.lastGood && firstShifted >= range.firstShifted ? { lastGood, firstShifted } : range;
}

/**
 * The same evidence with what all lines together make of it: confirmed, or provisional with the points it lacks. `places`:
 * where members of shifts lay before this analysis; one that was confirmed stays so while its own data confirm it.
 */
export function withStates(evidence: readonly Evidence[], places: readonly KnownPlace[], lines: number): Evidence[] {
  const confirmed = new Map<string, KnownPlace[]>();
  for (const place of places)
    if (place.confirmed) confirmed.set(place.line, [...(confirmed.get(place.line) ?? []), place]);
  const wasConfirmed = ({ line, lastGood, firstShifted }: Evidence) =>
    (confirmed.get(line) ?? []).some((place) => place.lastGood < firstShifted && lastGood < place.firstShifted);
  const states = confirm(
    evidence.map((one) => ({ ...one, ...one.member, wasConfirmed: one.byHand || wasConfirmed(one) })),
    lines,
  );
  return evidence.map((one, k) => {
    const { state, needsPoints } = states[k] ?? { state: one.state, needsPoints: one.needsPoints };
    return { ...one, state, needsPoints, member: { ...one.member, state } };
  });
}

/** Lines of the branch that have points enough for a changepoint: each is one look, one hypothesis. */
export async function countLooks(tx: Db, { projectId, branchId }: Scope): Promise<number> {
  const [found] = await rows<{ lines: number }>(
    tx,
    "SELECT count(*) AS lines FROM lines WHERE project_id = $1 AND branch_id = $2 AND points >= $3",
    [projectId, branchId, HISTORY_POINTS + FOUND_POINTS],
  );
  return found?.lines ?? 0;
}

/** Names a line for the grouping; it outlives the row of the line. */
const lineName = ({ caseId, metricId, environmentId }: Omit<LastPlace, "lastGoodCommitId" | "firstShiftedCommitId">) =>
  `${caseId} ${metricId} ${environmentId}`;

/** Where a member of a numbered shift lay before this analysis changes anything. */
export type KnownPlace = Place & LastPlace & { number: number; confirmed: boolean };

/** Members of all numbered shifts, in the positions of now; those whose commits left the line are no longer known. */
export async function readPlaces(tx: Db, scope: Scope, positions: Positions): Promise<KnownPlace[]> {
  const found = [...(await readCurrentPlaces(tx, scope)), ...(await readLastPlaces(tx, scope))];
  return found.flatMap((place) => {
    const range = rangeOf(place, positions);
    return range ? [{ ...place, ...range, line: lineName(place) }] : [];
  });
}

type NumberedPlace = LastPlace & { number: number; confirmed: boolean };

async function readCurrentPlaces(tx: Db, { projectId, branchId }: Scope): Promise<NumberedPlace[]> {
  return rows<NumberedPlace>(
    tx,
    `SELECT c.shift_number AS number, c.state = 'confirmed' AS confirmed, l.case_id AS "caseId", l.metric_id AS "metricId",
            l.environment_id AS "environmentId", c.last_good_commit_id AS "lastGoodCommitId",
            c.first_shifted_commit_id AS "firstShiftedCommitId"
     FROM changepoints c JOIN lines l ON l.project_id = $1 AND l.id = c.line_id AND l.branch_id = $2
     WHERE c.project_id = $1 AND c.shift_number IS NOT NULL`,
    [projectId, branchId],
  );
}

/** Of withdrawn and merged shifts the newest entry of the log says where their members lay when they went. */
async function readLastPlaces(tx: Db, { projectId, branchId }: Scope): Promise<NumberedPlace[]> {
  return rows<NumberedPlace>(
    tx,
    `WITH went AS (
       SELECT DISTINCT ON (g.shift_number) g.shift_number, g.detail -> 'members' AS members
       FROM shift_log g JOIN shifts s ON s.project_id = $1 AND s.number = g.shift_number
       WHERE g.project_id = $1 AND s.branch_id = $2 AND s.state = 'withdrawn' AND g.kind IN ('withdrawn', 'merged')
       ORDER BY g.shift_number, g.id DESC
     )
     SELECT shift_number AS number, false AS confirmed, x.*
     FROM went, jsonb_to_recordset(members) AS x ("caseId" int, "metricId" int, "environmentId" int,
       "lastGoodCommitId" int, "firstShiftedCommitId" int)`,
    [projectId, branchId],
  );
}
