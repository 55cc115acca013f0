import { CORRELATION_PRIOR } from "@/lib/changepoint/constants";
import { visibleChange } from "@/lib/changepoint/visible";
import { db, row, rows } from "@/lib/db/sql";
import type { Json } from "@/lib/model/words";
import { readControlIds } from "./controls";

/** A series whose level went on through the range. Level and difference are in `unit`. */
export type SilentSeries = {
  workload: string;
  workloadNumber: number;
  params: Json;
  metric: string;
  metricName: string | null;
  environment: string;
  unit: string;
  level: number;
  /** Points of that level up to the last good commit, and from the first shifted one on. */
  pointsBefore: number;
  pointsAfter: number;
  /**
   * The smallest change that these points would have shown with a chance of 80 %, as a share of the level and in `unit`;
   * null: too few of them for any.
   */
  visible: { change: number | null; difference: number } | null;
};

/** What stayed as it was across the range of a shift, in the environments where something moved. */
export type DidNotMove = {
  /** Series of these environments, those that moved with the shift aside. */
  total: number;
  /** Their level went on. */
  silent: number;
  /** They moved too, but with another shift. */
  elsewhere: number;
  /** Measured on one side of the range only, or never: they could show nothing. */
  blind: number;
  /** The silent ones nearest to what moved: same case, same workload, then the others; at most LISTED. */
  items: SilentSeries[];
  /** Of the items: how many would have shown a change as small as their metric's smallest effect. */
  sharp: number;
};

export const NOTHING_SILENT: DidNotMove = { total: 0, silent: 0, elsewhere: 0, blind: 0, items: [], sharp: 0 };

const LISTED = 60;

type SilentRow = Omit<SilentSeries, "visible"> & { noise: number; smallestEffect: number };

/** Counts and names; a series that moved with the shift, and what the settings name as controls, is not among them. */
export async function readDidNotMove(
  projectId: number,
  number: number,
  branchId: number,
  range: { from: number; to: number },
): Promise<DidNotMove> {
  const controls = await readControlIds(projectId);
  const place = [projectId, number, branchId, range.from, range.to, controls.caseIds, controls.environmentIds];
  const [counts, found] = await Promise.all([
    row<Pick<DidNotMove, "total" | "silent" | "elsewhere">>(db(), COUNTS, place),
    rows<SilentRow>(db(), SILENT, place),
  ]);
  if (!counts) return NOTHING_SILENT;
  const items = found.map(({ noise, smallestEffect, ...series }) => ({
    ...series,
    smallestEffect,
    visible: visibleOf(series, noise, smallestEffect),
  }));
  const isSharp = ({ visible, smallestEffect }: (typeof items)[number]) =>
    visible?.change !== null && visible !== null && visible.change <= smallestEffect * 1.0001;
  return {
    ...counts,
    blind: Math.max(0, counts.total - counts.silent - counts.elsewhere),
    items: items.map(({ smallestEffect: _, ...series }) => series),
    sharp: items.filter(isSharp).length,
  };
}

/** By the thresholds of the detector, at the noise of the level and the usual correlation. */
function visibleOf(
  { level, pointsBefore, pointsAfter }: Omit<SilentSeries, "visible">,
  noise: number,
  smallestEffect: number,
): SilentSeries["visible"] {
  if (pointsAfter < 1 || pointsBefore < 1) return null;
  const segment = { level, points: pointsBefore };
  return visibleChange(
    { segments: [segment], noise, pull: noise, correlation: CORRELATION_PRIOR, outliers: [] },
    pointsAfter,
    { smallestEffect },
  );
}

/** $4, $5: places of the last good and the first shifted commit; $6, $7: ids of controls. */
const CANDIDATES = `spots AS (
  SELECT DISTINCT l.environment_id AS id FROM changepoints c
  JOIN lines l ON l.project_id = $1 AND l.id = c.line_id
  WHERE c.project_id = $1 AND c.shift_number = $2
), candidates AS (
  SELECT l.id, l.case_id, l.metric_id, l.environment_id, k.workload_id, k.params
  FROM lines l JOIN spots e ON e.id = l.environment_id
  JOIN cases k ON k.project_id = $1 AND k.id = l.case_id
  JOIN workloads w ON w.project_id = $1 AND w.id = k.workload_id AND w.retired_at IS NULL
  JOIN metrics m ON m.project_id = $1 AND m.id = l.metric_id AND m.retired_at IS NULL
  WHERE l.project_id = $1 AND l.branch_id = $3
    AND NOT (l.case_id = ANY($6::int[])) AND NOT (l.environment_id = ANY($7::int[]))
    AND NOT EXISTS (SELECT FROM changepoints c WHERE c.project_id = $1 AND c.line_id = l.id AND c.shift_number = $2)
), covering AS (
  SELECT DISTINCT ON (d.id) d.id, s.level, s.noise, bf.position AS first, bl.position AS last
  FROM candidates d
  JOIN segments s ON s.project_id = $1 AND s.line_id = d.id
  JOIN branch_commits bf ON bf.project_id = $1 AND bf.branch_id = $3 AND bf.commit_id = s.first_commit_id
  JOIN branch_commits bl ON bl.project_id = $1 AND bl.branch_id = $3 AND bl.commit_id = s.last_commit_id
  WHERE bf.position <= $4 AND bl.position >= $5 ORDER BY d.id, s.points DESC
)`;

const COUNTS = `WITH ${CANDIDATES}, moved AS (
  SELECT DISTINCT d.id FROM candidates d
  JOIN changepoints c ON c.project_id = $1 AND c.line_id = d.id
  JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $3 AND b.commit_id = c.commit_id
  WHERE b.position > $4 AND b.position <= $5 OR NOT EXISTS (SELECT FROM covering v WHERE v.id = d.id)
    AND b.position BETWEEN $4 AND $5
)
SELECT count(*) AS total, count(v.id) AS silent,
  count(*) FILTER (WHERE v.id IS NULL AND d.id IN (SELECT id FROM moved)) AS elsewhere
FROM candidates d LEFT JOIN covering v ON v.id = d.id`;

const SILENT = `WITH ${CANDIDATES}, members AS (
  SELECT DISTINCT l.case_id, k.workload_id, l.metric_id FROM changepoints c
  JOIN lines l ON l.project_id = $1 AND l.id = c.line_id
  JOIN cases k ON k.project_id = $1 AND k.id = l.case_id
  WHERE c.project_id = $1 AND c.shift_number = $2
), near AS (
  SELECT d.*, v.level, v.noise, v.first, v.last,
    EXISTS (SELECT FROM members m WHERE m.case_id = d.case_id) AS same_case,
    EXISTS (SELECT FROM members m WHERE m.workload_id = d.workload_id) AS same_workload,
    EXISTS (SELECT FROM members m WHERE m.metric_id = d.metric_id) AS same_metric
  FROM covering v JOIN candidates d ON d.id = v.id
  ORDER BY same_case DESC, same_workload DESC, same_metric DESC, d.workload_id, d.metric_id, d.environment_id
  LIMIT ${LISTED}
)
SELECT w.name AS workload, w.number AS "workloadNumber", n.params, m.name AS metric, m.display_name AS "metricName",
  e.name AS environment, m.unit, m.smallest_effect AS "smallestEffect", n.level, n.noise,
  counted.before AS "pointsBefore", counted.after AS "pointsAfter"
FROM near n
JOIN workloads w ON w.project_id = $1 AND w.id = n.workload_id
JOIN metrics m ON m.project_id = $1 AND m.id = n.metric_id
JOIN environments e ON e.project_id = $1 AND e.id = n.environment_id
CROSS JOIN LATERAL (
  SELECT count(DISTINCT p.commit_id) FILTER (WHERE b.position <= $4) AS before,
    count(DISTINCT p.commit_id) FILTER (WHERE b.position >= $5) AS after
  FROM series s
  JOIN points p ON p.project_id = $1 AND p.series_id = s.id
  JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $3 AND b.commit_id = p.commit_id
    AND b.position BETWEEN n.first AND n.last
  WHERE s.project_id = $1 AND s.case_id = n.case_id AND s.metric_id = n.metric_id
    AND s.environment_id = n.environment_id AND s.trend) counted
ORDER BY n.same_case DESC, n.same_workload DESC, n.same_metric DESC, w.name, m.id, e.name`;
