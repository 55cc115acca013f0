import { type Db, rows } from "../db/sql";
import type { LastPlace } from "../shift/log";
import type { Member } from "../shift/summary";
import type { Candidate, Place } from "../shift/types";
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

type EvidenceRow = Omit<Evidence, "line" | "track" | "member"> &
  Omit<Member, "interval"> & {
    version: string;
    factsGroup: number;
    intervalLo: number | null;
    intervalHi: number | null;
  };

/** All changepoints of a branch whose commits lie on its line, in the positions of now. */
export async function readEvidence(tx: Db, { projectId, branchId }: Scope): Promise<Evidence[]> {
  const found = await rows<EvidenceRow>(
    tx,
    `SELECT c.id, c.shift_number AS "shiftNumber", c.direction, c.state, c.before, c.after, c.change, c.difference,
            c.interval_lo AS "intervalLo", c.interval_hi AS "intervalHi", c.p, c.points_before AS "pointsBefore",
            c.points_after AS "pointsAfter", l.case_id AS "caseId", l.metric_id AS "metricId",
            l.environment_id AS "environmentId", c.last_good_commit_id AS "lastGoodCommitId",
            c.first_shifted_commit_id AS "firstShiftedCommitId", good.position AS "lastGood",
            shifted.position AS "firstShifted", least(greatest(here.position, good.position + 1), shifted.position) AS at,
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
     JOIN branch_commits here ON here.project_id = $1 AND here.branch_id = $2 AND here.commit_id = c.commit_id
     JOIN branch_commits good ON good.project_id = $1 AND good.branch_id = $2 AND good.commit_id = gc.id
     JOIN branch_commits shifted ON shifted.project_id = $1 AND shifted.branch_id = $2 AND shifted.commit_id = fc.id
     WHERE c.project_id = $1 AND good.position < shifted.position AND here.position IS NOT NULL
     ORDER BY shifted.position, c.line_id`,
    [projectId, branchId],
  );
  return found.map(evidenceOf);
}

function evidenceOf(found: EvidenceRow): Evidence {
  const { workload, workloadNumber, params, metric, metricName, unit, better, environment } = found;
  const { direction, state, before, after, change, difference, p, pointsBefore, pointsAfter } = found;
  const { intervalLo, intervalHi, version, factsGroup, ...rest } = found;
  const interval: Member["interval"] = intervalLo === null || intervalHi === null ? null : [intervalLo, intervalHi];
  return {
    ...rest,
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

/** Where the members of each numbered shift lie before this analysis changes anything, and what they are. */
export type KnownPlace = Place & LastPlace & { number: number };

/** Members of current shifts, in the positions of now; those whose commits left the branch's line are no longer known. */
export async function readCurrentPlaces(tx: Db, { projectId, branchId }: Scope): Promise<KnownPlace[]> {
  const found = await rows<Omit<KnownPlace, "line">>(
    tx,
    `SELECT c.shift_number AS number, l.case_id AS "caseId", l.metric_id AS "metricId",
            l.environment_id AS "environmentId", c.last_good_commit_id AS "lastGoodCommitId",
            c.first_shifted_commit_id AS "firstShiftedCommitId", good.position AS "lastGood",
            shifted.position AS "firstShifted"
     FROM changepoints c
     JOIN lines l ON l.project_id = $1 AND l.id = c.line_id AND l.branch_id = $2
     JOIN branch_commits good ON good.project_id = $1 AND good.branch_id = $2
       AND good.commit_id = c.last_good_commit_id
     JOIN branch_commits shifted ON shifted.project_id = $1 AND shifted.branch_id = $2
       AND shifted.commit_id = c.first_shifted_commit_id
     WHERE c.project_id = $1 AND c.shift_number IS NOT NULL AND good.position < shifted.position`,
    [projectId, branchId],
  );
  return found.map((place) => ({ ...place, line: lineName(place) }));
}

/** Where the members of withdrawn and merged shifts lay when they went: the newest entry of their log says it. */
export async function readLastPlaces(tx: Db, { projectId, branchId }: Scope): Promise<KnownPlace[]> {
  const found = await rows<Omit<KnownPlace, "line">>(
    tx,
    `WITH went AS (
       SELECT DISTINCT ON (g.shift_number) g.shift_number, g.detail -> 'members' AS members
       FROM shift_log g JOIN shifts s ON s.project_id = $1 AND s.number = g.shift_number
       WHERE g.project_id = $1 AND s.branch_id = $2 AND s.state = 'withdrawn' AND g.kind IN ('withdrawn', 'merged')
       ORDER BY g.shift_number, g.id DESC
     )
     SELECT shift_number AS number, x.*, good.position AS "lastGood", shifted.position AS "firstShifted"
     FROM went, jsonb_to_recordset(members) AS x ("caseId" int, "metricId" int, "environmentId" int,
            "lastGoodCommitId" int, "firstShiftedCommitId" int)
     JOIN branch_commits good ON good.project_id = $1 AND good.branch_id = $2
       AND good.commit_id = x."lastGoodCommitId"
     JOIN branch_commits shifted ON shifted.project_id = $1 AND shifted.branch_id = $2
       AND shifted.commit_id = x."firstShiftedCommitId"
     WHERE good.position < shifted.position`,
    [projectId, branchId],
  );
  return found.map((place) => ({ ...place, line: lineName(place) }));
}
