import { type Db, row, rows } from "../db/sql";
import type { Action, Because } from "../shift/gone";
import type { LastPlace } from "../shift/log";
import type { Positions } from "./positions";
import type { Scope } from "./requests";

/** Runs that are named of those that were slow. */
const NAMED_RUNS = 3;
/** Commits after a range at which a slow run opens the step that it looks like. */
const AFTER = 3;

/**
 * Why a shift has lost its members, by what happened since `since` (ISO; the oldest request that this analysis follows, or
 * the analysis before). First what people did that touches its series, then the history of the branch, slow runs, and last
 * its own data: points that arrived since it was told. `members`: where they lay.
 */
export async function whyGone(
  tx: Db,
  scope: Scope,
  { number, members, since }: { number: number; members: readonly LastPlace[]; since: string },
  positions: Positions,
): Promise<Because> {
  const actions = await readActions(tx, scope, members, since);
  if (actions.length > 0) return { kind: "action", actions };
  const isOnLine = ({ lastGoodCommitId, firstShiftedCommitId }: LastPlace) =>
    (positions.get(lastGoodCommitId) ?? Infinity) < (positions.get(firstShiftedCommitId) ?? -1);
  if (!members.some(isOnLine)) return { kind: "history" };
  const slow = await readSlow(tx, scope, members, positions);
  if (slow.length > 0) return { kind: "slow", runs: slow.slice(0, NAMED_RUNS), total: slow.length };
  const points = await countLater(tx, scope, number, members);
  return points > 0 ? { kind: "data", points } : { kind: "judgement" };
}

const linesOf = (members: readonly LastPlace[]) => JSON.stringify(members);
const LINES = `json_to_recordset($2::json) AS m ("caseId" int, "metricId" int, "environmentId" int)`;

/** What people did since then that decides on these lines, oldest first. */
async function readActions(
  tx: Db,
  { projectId }: Scope,
  members: readonly LastPlace[],
  since: string,
): Promise<Action[]> {
  return rows<Action>(
    tx,
    `WITH member AS (
       SELECT DISTINCT m.*, c.workload_id, w.name AS workload, t.name AS metric FROM ${LINES}
       JOIN cases c ON c.project_id = $1 AND c.id = m."caseId"
       JOIN workloads w ON w.project_id = $1 AND w.id = c.workload_id
       JOIN metrics t ON t.project_id = $1 AND t.id = m."metricId"
     ), excluded AS (
       SELECT e.*, u.key FROM exclusions e JOIN runs u ON u.project_id = $1 AND u.id = e.run_id
       LEFT JOIN series s ON s.project_id = $1 AND s.id = e.series_id
       WHERE e.project_id = $1 AND (e.excluded_at >= $3 OR e.restored_at >= $3) AND EXISTS (
         SELECT FROM member m WHERE m."environmentId" = u.environment_id AND (CASE WHEN e.series_id IS NULL
           THEN EXISTS (SELECT FROM results r WHERE r.project_id = $1 AND r.run_id = u.id AND r.case_id = m."caseId")
           ELSE s.case_id = m."caseId" AND s.metric_id = m."metricId" END))
     ), corrected AS (
       SELECT c.*, m.workload FROM corrections c JOIN member m ON m."caseId" = c.case_id
         AND m."metricId" = c.metric_id AND m."environmentId" = c.environment_id
       WHERE c.project_id = $1 AND (c.created_at >= $3 OR c.removed_at >= $3)
     ), done AS (
       SELECT 'excluded' AS kind, excluded_by AS by, excluded_at AS at, reason,
              CASE WHEN series_id IS NULL THEN 'run ' ELSE 'a value of run ' END || key AS subject
       FROM excluded WHERE restored_at IS NULL
       UNION ALL
       SELECT 'restored', restored_by, restored_at, NULL,
              CASE WHEN series_id IS NULL THEN 'run ' ELSE 'a value of run ' END || key FROM excluded
       WHERE restored_at >= $3
       UNION ALL
       SELECT 'corrected', created_by, created_at, reason, 'a changepoint of ' || workload FROM corrected
       WHERE removed_at IS NULL
       UNION ALL
       SELECT 'uncorrected', removed_by, removed_at, NULL, 'a changepoint by hand of ' || workload FROM corrected
       WHERE removed_at >= $3
       UNION ALL
       SELECT 'border', a.actor, a.at, NULL,
              coalesce('event “' || coalesce(v.text, a.detail ->> 'text') || '”', a.subject)
       FROM audit a
       LEFT JOIN events v ON v.project_id = $1 AND a.subject = 'event ' || v.id
       WHERE a.project_id = $1 AND a.at >= $3 AND a.subject LIKE 'event %'
         AND (a.detail ->> 'border' IS NOT NULL AND (a.detail ->> 'border')::bool OR v.border OR a.detail ? 'border')
         AND (v.id IS NULL OR EXISTS (SELECT FROM member m WHERE m.workload_id = coalesce(v.workload_id, m.workload_id)
           AND m."metricId" = coalesce(v.metric_id, m."metricId")
           AND m."environmentId" = coalesce(v.environment_id, m."environmentId")))
       UNION ALL
       SELECT 'sensitivity', actor, at, NULL, 'the ' || subject FROM audit a
       WHERE project_id = $1 AND at >= $3 AND subject LIKE 'sensitivity of %' AND (subject LIKE 'sensitivity of project %'
         OR EXISTS (SELECT FROM member m
                    WHERE a.subject IN ('sensitivity of metric ' || m.metric, 'sensitivity of workload ' || m.workload)))
       UNION ALL
       SELECT 'settings', actor, at, NULL, 'what counts as a control' FROM audit
       WHERE project_id = $1 AND at >= $3 AND subject LIKE 'settings of %'
         AND (detail ? 'controlWorkloads' OR detail ? 'controlEnvironments')
     )
     SELECT DISTINCT kind, by, at, subject, reason FROM done ORDER BY at, subject`,
    [projectId, linesOf(members), since],
  );
}

/** Keys of runs next to the ranges that are left out as slow, or may be, in the order of the branch. */
async function readSlow(
  tx: Db,
  { projectId }: Scope,
  members: readonly LastPlace[],
  positions: Positions,
): Promise<string[]> {
  const found = await rows<{ key: string; commitId: number; metricId: number; environmentId: number }>(
    tx,
    `SELECT u.key, u.commit_id AS "commitId", j.metric_id AS "metricId", u.environment_id AS "environmentId"
     FROM run_judgements j JOIN runs u ON u.project_id = $1 AND u.id = j.run_id
     WHERE j.project_id = $1 AND j.state IN ('pending', 'slow')
       AND (u.environment_id, j.metric_id) IN (SELECT m."environmentId", m."metricId" FROM ${LINES})
     ORDER BY u.started_at, u.key`,
    [projectId, linesOf(members)],
  );
  const isNear = (one: (typeof found)[number]) =>
    members.some((member) => {
      const place = positions.get(one.commitId) ?? -1;
      const isIts = member.metricId === one.metricId && member.environmentId === one.environmentId;
      const [from, to] = [positions.get(member.lastGoodCommitId), positions.get(member.firstShiftedCommitId)];
      return isIts && from !== undefined && to !== undefined && place > from && place <= to + AFTER;
    });
  return [...new Set(found.filter(isNear).map(({ key }) => key))];
}

/** Commits that were measured on the lines of a shift after it was told. */
async function countLater(
  tx: Db,
  { projectId }: Scope,
  number: number,
  members: readonly LastPlace[],
): Promise<number> {
  const found = await row<{ points: number }>(
    tx,
    `SELECT count(DISTINCT p.commit_id) AS points
     FROM ${LINES}
     JOIN series s ON s.project_id = (SELECT $1::int) AND s.case_id = m."caseId" AND s.metric_id = m."metricId"
       AND s.environment_id = m."environmentId" AND s.trend
     JOIN points p ON p.project_id = (SELECT $1::int) AND p.series_id = s.id
     JOIN runs u ON u.project_id = (SELECT $1::int) AND u.id = p.run_id
     WHERE u.received_at > (SELECT opened_at FROM shifts WHERE project_id = $1 AND number = $3)`,
    [projectId, linesOf(members), number],
  );
  return found?.points ?? 0;
}
