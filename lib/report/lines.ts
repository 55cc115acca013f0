import { db, rows } from "@/lib/db/sql";
import type { NamedLine } from "@/lib/model/line";
import { readControlIds } from "@/lib/queries/controls";
import { type LinePoint, readPoints } from "@/lib/queries/points";
import { SIDE_COMMITS } from "@/lib/release/constants";
import type { LineSegment, LineStep } from "@/lib/release/level";
import type { MainLine } from "./side";

/** A line as the analysis left it, with its names. */
export type StoredLine = NamedLine & {
  id: number;
  caseId: number;
  metricId: number;
  environmentId: number;
  smallestEffect: number;
  noise: number | null;
  segments: (LineSegment & { firstCommitId: number })[];
  steps: LineStep[];
  /** Points within SIDE_COMMITS of either release, without those that the analysis leaves out. */
  points: LinePoint[];
};

type Row = Omit<StoredLine, "points" | "segments" | "steps"> & {
  leftOut: number[];
  segments: (Omit<LineSegment, "first" | "last"> & { firstId: number; lastId: number })[] | null;
  steps: StepRow[] | null;
};

type StepRow = Omit<LineStep, "position" | "good" | "shifted" | "joint"> &
  Record<"atId" | "goodId" | "shiftedId", number> &
  Record<"jointGoodId" | "jointShiftedId", number | null>;

/** A changepoint in places; null where a commit of it fell off the line. */
function placedStep({ places }: MainLine, row: StepRow): LineStep | null {
  const { atId, goodId, shiftedId, jointGoodId, jointShiftedId, ...step } = row;
  const [position, good, shifted] = [places.get(atId), places.get(goodId), places.get(shiftedId)];
  if (position === undefined || good === undefined || shifted === undefined) return null;
  const joint = { good: places.get(jointGoodId ?? 0), shifted: places.get(jointShiftedId ?? 0) };
  const isPlaced = joint.good !== undefined && joint.shifted !== undefined;
  return { ...step, position, good, shifted, joint: isPlaced ? (joint as { good: number; shifted: number }) : null };
}

/** Every line of the default branch that is neither retired nor a control. `window`: places of the releases. */
export async function readLines(
  projectId: number,
  main: MainLine,
  window: { from: number; to: number },
): Promise<StoredLine[]> {
  const controls = await readControlIds(projectId);
  const found = await rows<Row>(db(), LINES, [projectId, main.branchId, controls.caseIds, controls.environmentIds]);
  const windows = found.map(({ caseId, metricId, environmentId }) => ({
    ...{ branchId: main.branchId, caseId, metricId, environmentId },
    ...{ from: window.from - SIDE_COMMITS, to: window.to + SIDE_COMMITS },
  }));
  const points = await readPoints(projectId, windows);
  return found.map(({ leftOut, segments, steps, ...line }, i) => {
    const out = new Set(leftOut);
    return {
      ...line,
      segments: (segments ?? []).flatMap(({ firstId, lastId, ...segment }) => {
        const [first, last] = [main.places.get(firstId), main.places.get(lastId)];
        return first === undefined || last === undefined ? [] : [{ ...segment, first, last, firstCommitId: firstId }];
      }),
      steps: (steps ?? []).flatMap((step) => placedStep(main, step) ?? []).toSorted((a, b) => a.position - b.position),
      points: (points[i] ?? []).filter(({ commitId }) => !out.has(commitId)),
    };
  });
}

/** Segments and changepoints are gathered per project and joined once: a look per line costs seconds for thousands of them. */
const LINES = `
WITH levels AS MATERIALIZED (
  SELECT line_id, json_agg(json_build_object('firstId', first_commit_id, 'lastId', last_commit_id, 'track', track,
    'level', level, 'noise', noise, 'points', points, 'runs', runs) ORDER BY ordinal) AS segments
  FROM segments WHERE project_id = $1 GROUP BY line_id
), heads AS MATERIALIZED (
  SELECT o.number, h.number AS head, h.last_good_commit_id, h.first_shifted_commit_id
  FROM shifts o JOIN shifts h ON h.project_id = $1 AND h.number = coalesce(o.part_of, o.number) WHERE o.project_id = $1
), steps AS MATERIALIZED (
  SELECT p.line_id, json_agg(json_build_object('atId', p.commit_id, 'goodId', p.last_good_commit_id,
    'shiftedId', p.first_shifted_commit_id, 'direction', p.direction, 'state', p.state, 'before', p.before,
    'after', p.after, 'change', p.change, 'difference', p.difference, 'interval',
    CASE WHEN p.interval_lo IS NULL THEN NULL ELSE json_build_array(p.interval_lo, p.interval_hi) END,
    'needsPoints', p.needs_points, 'correlation', p.correlation, 'shift', h.head,
    'jointGoodId', h.last_good_commit_id, 'jointShiftedId', h.first_shifted_commit_id)) AS steps
  FROM changepoints p LEFT JOIN heads h ON h.number = p.shift_number
  WHERE p.project_id = $1 GROUP BY p.line_id
)
SELECT l.id, l.case_id AS "caseId", l.metric_id AS "metricId", l.environment_id AS "environmentId", w.name AS workload,
  w.number AS "workloadNumber", c.params, m.name AS metric, m.display_name AS "metricName", m.unit, m.better,
  m.smallest_effect AS "smallestEffect", e.name AS environment, l.noise,
  coalesce(l.slow, '{}') || coalesce(l.open, '{}') AS "leftOut", g.segments, s.steps
FROM lines l
JOIN levels g ON g.line_id = l.id
LEFT JOIN steps s ON s.line_id = l.id
JOIN cases c ON c.project_id = $1 AND c.id = l.case_id
JOIN workloads w ON w.project_id = $1 AND w.id = c.workload_id AND w.retired_at IS NULL AND w.merged_into IS NULL
JOIN metrics m ON m.project_id = $1 AND m.id = l.metric_id AND m.retired_at IS NULL
JOIN environments e ON e.project_id = $1 AND e.id = l.environment_id
WHERE l.project_id = $1 AND l.branch_id = $2 AND l.case_id <> ALL($3::int[]) AND l.environment_id <> ALL($4::int[])
ORDER BY w.name, c.id, m.name <> 'duration', m.id, e.name`;
