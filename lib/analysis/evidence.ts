import { type Db, rows } from "../db/sql";
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
    member: Member;
  };

type EvidenceRow = Omit<Evidence, "line" | "track" | "member" | "lastGood" | "firstShifted" | "at"> &
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
            gc.sha AS "lastGoodSha", fc.sha AS "firstShiftedSha", s.version, r.facts_group AS "factsGroup",
            m.smallest_effect AS "smallestEffect", w.name AS workload, w.number AS "workloadNumber", k.params,
            m.name AS metric, m.display_name AS "metricName", m.unit, m.better, e.name AS environment
     FROM changepoints c
     JOIN lines l ON l.project_id = $1 AND l.id = c.line_id AND l.branch_id = $2
     JOIN series s ON s.project_id = $1 AND s.id = c.series_id
     JOIN environment_revisions r ON r.project_id = $1 AND r.id = s.revision_id
     JOIN cases k ON k.project_id = $1 AND k.id = l.case_id
     JOIN workloads w ON w.project_id = $1 AND w.id = k.workload_id
     JOIN metrics m ON m.project_id = $1 AND m.id = l.metric_id
     JOIN environments e ON e.project_id = $1 AND e.id = l.environment_id
     JOIN commits gc ON gc.project_id = $1 AND gc.id = c.last_good_commit_id
     JOIN commits fc ON fc.project_id = $1 AND fc.id = c.first_shifted_commit_id
     WHERE c.project_id = $1 ORDER BY c.id`,
    [projectId, branchId],
  );
  return found.flatMap((one) => {
    const range = rangeOf(one, positions);
    const at = positions.get(one.commitId);
    if (!range || at === undefined) return [];
    return [evidenceOf(one, range, Math.min(Math.max(at, range.lastGood + 1), range.firstShifted))];
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

function evidenceOf(found: EvidenceRow, range: Range, at: number): Evidence {
  const { workload, workloadNumber, params, metric, metricName, unit, better, environment } = found;
  const { direction, state, before, after, change, difference, p, pointsBefore, pointsAfter } = found;
  const { intervalLo, intervalHi, version, factsGroup, commitId, ...rest } = found;
  const interval: Member["interval"] = intervalLo === null || intervalHi === null ? null : [intervalLo, intervalHi];
  return {
    ...rest,
    ...range,
    at,
    line: lineName(found),
    track: JSON.stringify([version, factsGroup]),
    member: {
      ...{ workload, workloadNumber, params, metric, metricName, unit, better, environment },
      ...{ direction, state, before, after, change, difference, interval, p, pointsBefore, pointsAfter },
    },
  };
}

/** Names a line for the grouping; it outlives the row of the line. */
const lineName = ({ caseId, metricId, environmentId }: Omit<LastPlace, "lastGoodCommitId" | "firstShiftedCommitId">) =>
  `${caseId} ${metricId} ${environmentId}`;

/** Where a member of a numbered shift lay before this analysis changes anything. */
export type KnownPlace = Place & LastPlace & { number: number };

/** Members of all numbered shifts, in the positions of now; those whose commits left the line are no longer known. */
export async function readPlaces(tx: Db, scope: Scope, positions: Positions): Promise<KnownPlace[]> {
  const found = [...(await readCurrentPlaces(tx, scope)), ...(await readLastPlaces(tx, scope))];
  return found.flatMap((place) => {
    const range = rangeOf(place, positions);
    return range ? [{ ...place, ...range, line: lineName(place) }] : [];
  });
}

type NumberedPlace = LastPlace & { number: number };

async function readCurrentPlaces(tx: Db, { projectId, branchId }: Scope): Promise<NumberedPlace[]> {
  return rows<NumberedPlace>(
    tx,
    `SELECT c.shift_number AS number, l.case_id AS "caseId", l.metric_id AS "metricId",
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
     SELECT shift_number AS number, x.*
     FROM went, jsonb_to_recordset(members) AS x ("caseId" int, "metricId" int, "environmentId" int,
       "lastGoodCommitId" int, "firstShiftedCommitId" int)`,
    [projectId, branchId],
  );
}
