import { db, rows } from "@/lib/db/sql";
import type { Json } from "@/lib/model/words";
import type { Scope } from "./scope";

/**
 * A case that did not deliver in one environment. failing: the newest commit with a result of it failed. missing: the
 * newest measured commit has no result of it, an earlier one has. silent: one of its metrics ends earlier than the
 * others. recovered: it failed and passed since.
 */
export type Trouble = {
  kind: "failing" | "missing" | "silent" | "recovered";
  workload: { number: number; name: string };
  params: Json;
  environment: string;
  /** The metric that went silent; null for the other kinds. */
  metric: { name: string; displayName: string | null } | null;
  /** failing, recovered: the newest commit that failed. missing, silent: the last one with a result. */
  sha: string;
  committedAt: string | null;
  /** Of `sha`: runs with a result of the case, and those that failed. */
  runs: number;
  failedRuns: number;
  /** What the newest failure said; null: nothing, or nothing failed. */
  error: string | null;
  /** Measured commits of the environment since `sha`. */
  commitsSince: number;
  /** It concerns the environment's newest measured commit. */
  isNow: boolean;
};

/** Troubles with their numbers: `total` of all, `now` of those that concern the newest measured commit. */
export type Troubles = {
  total: number;
  now: { failing: number; missing: number; silent: number };
  items: Trouble[];
};

/**
 * What fails, stopped reporting, or did fail within the recent measured commits of an environment, on the line of a
 * branch: at most `limit`, what concerns the newest commits first. Skipped results are neither; retired workloads and
 * metrics are left out, and so are controls.
 */
export async function readTroubles(projectId: number, scope: Scope, limit: number): Promise<Troubles> {
  type Found = Trouble & Troubles["now"] & { total: number };
  const places = scope.environments.flatMap(({ id, recent }) => recent.map((commit, place) => ({ id, commit, place })));
  const found = await rows<Found>(db(), TROUBLES, [
    projectId,
    scope.branch.id,
    places.map(({ id }) => id),
    places.map(({ commit }) => commit),
    places.map(({ place }) => place),
    limit,
    scope.controlCases,
  ]);
  const [{ total, failing, missing, silent } = { total: 0, failing: 0, missing: 0, silent: 0 }] = found;
  const items = found.map(({ total: _t, failing: _f, missing: _m, silent: _s, ...trouble }) => trouble);
  return { total, now: { failing, missing, silent }, items };
}

// place 0 is the newest measured commit of the environment. A commit of a case failed when no run of it passed. Who is
// looked at comes from two small places: the index of results that did not pass, and the newest commit of each line
// (value). Results are looked up where these leave it open: newer ones than a failure, absence, an analysis that waits.
const TROUBLES = `
WITH measured AS MATERIALIZED (
  SELECT * FROM unnest($3::int[], $4::int[], $5::int[]) AS m(environment_id, commit_id, place)
), tried AS MATERIALIZED (
  SELECT m.environment_id, m.commit_id, m.place, u.id AS run_id, u.started_at FROM measured m
  JOIN runs u ON u.project_id = $1 AND u.commit_id = m.commit_id AND u.environment_id = m.environment_id
    AND u.experiment IS NULL
), failures AS (
  SELECT t.case_id, a.environment_id, a.place FROM tried a
  JOIN results t ON t.project_id = $1 AND t.run_id = a.run_id AND t.outcome <> 'passed' AND t.outcome = 'failed'
    AND NOT t.control AND t.case_id <> ALL($7::int[])
), broken AS (
  SELECT case_id, environment_id, min(place) AS failure FROM failures f
  WHERE NOT EXISTS (
    SELECT FROM tried a JOIN results t ON t.project_id = $1 AND t.run_id = a.run_id AND t.case_id = f.case_id
      AND t.outcome = 'passed' AND NOT t.control
    WHERE a.environment_id = f.environment_id AND a.place = f.place)
  GROUP BY case_id, environment_id
), ended AS MATERIALIZED (
  SELECT l.case_id, l.metric_id, l.environment_id, m.place FROM lines l
  JOIN measured m ON m.environment_id = l.environment_id AND m.commit_id = l.last_commit_id
  WHERE l.project_id = $1 AND l.branch_id = $2 AND l.case_id <> ALL($7::int[])
), valued AS (
  SELECT case_id, environment_id, min(place) AS value FROM ended GROUP BY case_id, environment_id
), suspects AS MATERIALIZED (
  SELECT case_id, environment_id, failure, value, CASE WHEN value = 0 THEN failure ELSE 0 END AS newest,
    coalesce(failure, value) AS oldest
  FROM valued FULL JOIN broken USING (case_id, environment_id) WHERE failure IS NOT NULL OR value > 0
), outcomes AS MATERIALIZED (
  SELECT s.case_id, s.environment_id, a.place, count(*) AS runs, count(*) FILTER (WHERE t.outcome = 'failed') AS failed,
    count(*) FILTER (WHERE t.outcome = 'passed') AS passed,
    (array_agg(t.error ORDER BY a.started_at DESC NULLS LAST) FILTER (WHERE t.outcome = 'failed'))[1] AS error
  FROM suspects s
  JOIN tried a ON a.environment_id = s.environment_id AND a.place BETWEEN s.newest AND s.oldest
  JOIN results t ON t.project_id = $1 AND t.run_id = a.run_id AND t.case_id = s.case_id AND NOT t.control
  GROUP BY s.case_id, s.environment_id, a.place
), told AS (
  SELECT case_id, environment_id,
    least(min(o.place), s.value) AS newest,
    min(o.place) FILTER (WHERE failed > 0 AND passed = 0) AS failure,
    least(min(o.place) FILTER (WHERE passed > 0), s.value) AS success
  FROM outcomes o JOIN suspects s USING (case_id, environment_id) GROUP BY case_id, environment_id, s.value
), kinds AS MATERIALIZED (
  SELECT case_id, environment_id, NULL::int AS metric_id,
    CASE WHEN failure < coalesce(success, failure + 1) THEN 'failing' WHEN newest > 0 THEN 'missing'
         WHEN failure IS NOT NULL THEN 'recovered' END AS kind,
    CASE WHEN failure < coalesce(success, failure + 1) OR newest = 0 THEN failure ELSE newest END AS place
  FROM told
  UNION ALL
  SELECT e.case_id, e.environment_id, e.metric_id, 'silent', e.place FROM ended e
  JOIN valued v ON v.case_id = e.case_id AND v.environment_id = e.environment_id AND v.value = 0
  WHERE e.place > 0
), listed AS (
  SELECT k.*, w.number, w.name, c.params, mt.name AS metric, mt.display_name
  FROM kinds k
  JOIN cases c ON c.project_id = $1 AND c.id = k.case_id
  JOIN workloads w ON w.project_id = $1 AND w.id = c.workload_id
  LEFT JOIN metrics mt ON mt.project_id = $1 AND mt.id = k.metric_id
  WHERE k.kind IS NOT NULL AND w.retired_at IS NULL AND mt.retired_at IS NULL
)
SELECT k.kind, json_build_object('number', k.number, 'name', k.name) AS workload, k.params, e.name AS environment,
  CASE WHEN k.metric IS NOT NULL THEN json_build_object('name', k.metric, 'displayName', k.display_name) END AS metric,
  co.sha, co.committed_at AS "committedAt", coalesce(o.runs, 0) AS runs, coalesce(o.failed, 0) AS "failedRuns",
  CASE WHEN k.kind IN ('failing', 'recovered') THEN o.error END AS error, k.place AS "commitsSince",
  k.kind IN ('missing', 'silent') OR (k.kind = 'failing' AND k.place = 0) AS "isNow", count(*) OVER () AS total,
  count(*) FILTER (WHERE k.kind = 'failing' AND k.place = 0) OVER () AS failing,
  count(*) FILTER (WHERE k.kind = 'missing') OVER () AS missing,
  count(*) FILTER (WHERE k.kind = 'silent') OVER () AS silent
FROM listed k
JOIN measured m ON m.environment_id = k.environment_id AND m.place = k.place
JOIN commits co ON co.project_id = $1 AND co.id = m.commit_id
JOIN environments e ON e.project_id = $1 AND e.id = k.environment_id
LEFT JOIN outcomes o ON o.case_id = k.case_id AND o.environment_id = k.environment_id AND o.place = k.place
  AND k.kind <> 'silent'
ORDER BY k.kind = 'recovered', k.place, k.kind, k.name, k.metric, e.name
LIMIT $6`;
