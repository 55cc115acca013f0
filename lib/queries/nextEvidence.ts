import { db, rows } from "@/lib/db/sql";
import type { Json } from "@/lib/model/words";
import type { MemberRun } from "@/lib/plan";

/** A shift's range on the line, and the branch it lies on. */
export type NextRange = { number: number; branchId: number; from: number; to: number };

/** A case x metric of a shift in one environment, with the places of the two segments around its changepoint. */
export type NextMember = {
  shift: number;
  environment: string;
  environmentId: number;
  workload: string;
  params: Json;
  caseId: number;
  metricId: number;
  version: string;
  factsGroup: number;
  before: number;
  after: number;
  noise: number;
  /** First place of the segment before, last place of the segment after; null where the analysis drew none. */
  first: number | null;
  last: number | null;
};

/** Members that are read per shift and environment, those with the largest effect against their noise. */
const MEMBERS = 12;

/** The most telling members of these shifts, per environment; the most telling first. */
export async function readNextMembers(projectId: number, shifts: readonly number[]): Promise<NextMember[]> {
  return rows<NextMember>(db(), MEMBERS_SQL, [projectId, shifts, MEMBERS]);
}

const MEMBERS_SQL = `
WITH told AS (
  SELECT p.id, p.shift_number AS shift, l.branch_id, l.case_id, l.metric_id, l.environment_id, s.version, r.facts_group,
    p.before, p.after, coalesce(greatest(sb.noise, sa.noise), l.noise, 0) AS noise, sb.first_commit_id, sa.last_commit_id
  FROM changepoints p
  JOIN lines l ON l.project_id = $1 AND l.id = p.line_id
  JOIN series s ON s.project_id = $1 AND s.id = p.series_id
  JOIN environment_revisions r ON r.project_id = $1 AND r.id = s.revision_id
  LEFT JOIN segments sa ON sa.project_id = $1 AND sa.line_id = p.line_id AND sa.first_commit_id = p.commit_id
  LEFT JOIN segments sb ON sb.project_id = $1 AND sb.line_id = p.line_id AND sb.ordinal = sa.ordinal - 1
    AND sb.track = sa.track
  WHERE p.project_id = $1 AND p.shift_number = ANY($2::int[])
), ranked AS (
  SELECT *, row_number() OVER (PARTITION BY shift, environment_id
    ORDER BY abs(after - before) / nullif(noise, 0) DESC NULLS FIRST, id) AS place
  FROM told
)
SELECT t.shift, e.name AS environment, t.environment_id AS "environmentId", w.name AS workload, k.params,
  t.case_id AS "caseId", t.metric_id AS "metricId", t.version, t.facts_group AS "factsGroup", t.before, t.after, t.noise,
  bf.position AS first, bl.position AS last
FROM ranked t
JOIN environments e ON e.project_id = $1 AND e.id = t.environment_id
JOIN cases k ON k.project_id = $1 AND k.id = t.case_id
JOIN workloads w ON w.project_id = $1 AND w.id = k.workload_id
LEFT JOIN branch_commits bf ON bf.project_id = $1 AND bf.branch_id = t.branch_id AND bf.commit_id = t.first_commit_id
LEFT JOIN branch_commits bl ON bl.project_id = $1 AND bl.branch_id = t.branch_id AND bl.commit_id = t.last_commit_id
WHERE t.place <= $3
ORDER BY t.shift, e.name, t.place`;

/** Places on a branch, both included. */
export type Window = { branchId: number; from: number; to: number };

/**
 * The runs of each member within its window, in the order of `members`: no experiments, controls, excluded runs or values,
 * and no run that was slow as a whole. Also runs that no analysis has seen yet.
 */
export async function readNextRuns(
  projectId: number,
  members: readonly (NextMember & Window)[],
): Promise<MemberRun[][]> {
  if (members.length === 0) return [];
  const found = await rows<{ index: number; runs: [run: number, position: number, value: number][] }>(db(), RUNS_SQL, [
    projectId,
    members.map(({ branchId }) => branchId),
    members.map(({ caseId }) => caseId),
    members.map(({ metricId }) => metricId),
    members.map(({ environmentId }) => environmentId),
    members.map(({ version }) => version),
    members.map(({ factsGroup }) => factsGroup),
    members.map(({ from }) => from),
    members.map(({ to }) => to),
  ]);
  const result: MemberRun[][] = members.map(() => []);
  for (const { index, runs } of found)
    result[index - 1] = runs.map(([run, position, value]) => ({ run, position, value }));
  return result;
}

const RUNS_SQL = `
SELECT m.index, json_agg(json_build_array(p.run_id, b.position, p.median) ORDER BY b.position, p.run_id) AS runs
FROM unnest($2::int[], $3::int[], $4::int[], $5::int[], $6::text[], $7::int[], $8::int[], $9::int[]) WITH ORDINALITY
  AS m(branch_id, case_id, metric_id, environment_id, version, facts_group, lowest, highest, index)
CROSS JOIN LATERAL (
  SELECT min(commit_id) AS low, max(commit_id) AS high FROM branch_commits
  WHERE project_id = $1 AND branch_id = m.branch_id AND position BETWEEN m.lowest AND m.highest) bounds
JOIN series s ON s.project_id = $1 AND s.case_id = m.case_id AND s.metric_id = m.metric_id
  AND s.environment_id = m.environment_id AND s.version = m.version AND s.trend
JOIN environment_revisions r ON r.project_id = $1 AND r.id = s.revision_id AND r.facts_group = m.facts_group
JOIN points p ON p.project_id = $1 AND p.series_id = s.id AND p.commit_id BETWEEN bounds.low AND bounds.high
JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = m.branch_id AND b.commit_id = p.commit_id
  AND b.position BETWEEN m.lowest AND m.highest
WHERE NOT EXISTS (
    SELECT FROM exclusions e WHERE e.project_id = $1 AND e.run_id = p.run_id
      AND coalesce(e.series_id, p.series_id) = p.series_id AND e.restored_at IS NULL)
  AND NOT EXISTS (
    SELECT FROM run_judgements j WHERE j.project_id = $1 AND j.run_id = p.run_id AND j.metric_id = m.metric_id
      AND j.state IN ('slow', 'pending'))
GROUP BY m.index`;

/** A commit at which nothing of the shift's cases passed in an environment. */
export type Avoided = {
  shift: number;
  environment: string;
  position: number;
  sha: string;
  outcome: "failed" | "skipped";
  /** The text of one of the runs, as sent. */
  error: string | null;
};

/** Commits of each member's window where its case, and all others of the shift beside it, failed or were skipped. */
export async function readAvoided(projectId: number, members: readonly (NextMember & Window)[]): Promise<Avoided[]> {
  if (members.length === 0) return [];
  return rows<Avoided>(
    db(),
    `SELECT m.shift, e.name AS environment, b.position, c.sha,
       CASE WHEN bool_or(r.outcome = 'failed') THEN 'failed' ELSE 'skipped' END AS outcome, min(r.error) AS error
     FROM (SELECT DISTINCT * FROM unnest($2::int[], $3::int[], $4::int[], $5::int[], $6::int[], $7::int[])
       AS all_members(shift, branch_id, environment_id, case_id, lowest, highest)) m
     JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = m.branch_id AND b.position BETWEEN m.lowest AND m.highest
     JOIN runs u ON u.project_id = $1 AND u.commit_id = b.commit_id AND u.environment_id = m.environment_id
       AND u.experiment IS NULL
     JOIN results r ON r.project_id = $1 AND r.run_id = u.id AND r.case_id = m.case_id AND NOT r.control
     JOIN commits c ON c.project_id = $1 AND c.id = b.commit_id
     JOIN environments e ON e.project_id = $1 AND e.id = m.environment_id
     WHERE NOT EXISTS (SELECT FROM exclusions x WHERE x.project_id = $1 AND x.run_id = u.id AND x.series_id IS NULL
       AND x.restored_at IS NULL)
     GROUP BY m.shift, e.name, b.position, c.sha HAVING NOT bool_or(r.outcome = 'passed')
     ORDER BY m.shift, e.name, b.position`,
    [
      projectId,
      members.map(({ shift }) => shift),
      members.map(({ branchId }) => branchId),
      members.map(({ environmentId }) => environmentId),
      members.map(({ caseId }) => caseId),
      members.map(({ from }) => from),
      members.map(({ to }) => to),
    ],
  );
}
