import { readSensitivitySettings } from "@/lib/analysis/sensitivity";
import { db, row, rows } from "@/lib/db/sql";
import { sensitivityOf } from "@/lib/model/sensitivity";
import type { RunCost } from "@/lib/shift/costText";
import type { MarkdownPolicy } from "@/lib/shift/markdown";
import { type DidNotMove, NOTHING_SILENT, readDidNotMove } from "./didNotMove";
import type { ShiftMember } from "./members";

/** How the detector judged the series of a shift. */
export type ShiftPolicy = MarkdownPolicy & {
  smallestEffects: { metric: string; metricName: string | null; smallestEffect: number }[];
  sensitivity: [number, number];
};

/** Releases on the line that hold a shift, up to the one that holds its recovery. */
export type ContainingReleases = {
  /** The first ones, at most RELEASES. */
  tags: string[];
  total: number;
};

/** What stands around a shift: where it is in, what it costs, what stayed as it was. */
export type ShiftContext = {
  policy: ShiftPolicy;
  heldBy: ContainingReleases;
  cost: RunCost | null;
  didNotMove: DidNotMove;
};

const RELEASES = 5;
/** Days of history by which it is told how often something runs. */
const DAYS = 28;

type Place = { projectId: number; number: number; branchId: number; range: { from: number; to: number } | null };

/** `recovery`: place of the commit that undid it; null: none did. `members`: the largest ones. */
export async function readShiftContext(
  place: Place,
  recovery: number | null,
  members: readonly ShiftMember[],
): Promise<ShiftContext> {
  const { projectId, number, branchId, range } = place;
  const [policy, heldBy, cost, didNotMove] = await Promise.all([
    policyOf(projectId, number),
    range ? containing(projectId, branchId, range.to, recovery) : { tags: [], total: 0 },
    costOf(projectId, members),
    range ? readDidNotMove(projectId, number, branchId, range) : NOTHING_SILENT,
  ]);
  return { policy, heldBy, cost, didNotMove };
}

async function policyOf(projectId: number, number: number): Promise<ShiftPolicy> {
  const [shift, lines, said] = await Promise.all([
    row<{ detector: number }>(db(), "SELECT detector FROM shifts WHERE project_id = $1 AND number = $2", [
      projectId,
      number,
    ]),
    rows<{ metricId: number; workloadId: number; metric: string; metricName: string | null; smallestEffect: number }>(
      db(),
      `SELECT DISTINCT m.id AS "metricId", k.workload_id AS "workloadId", m.name AS metric,
         m.display_name AS "metricName", m.smallest_effect AS "smallestEffect"
       FROM changepoints c
       JOIN lines l ON l.project_id = $1 AND l.id = c.line_id
       JOIN metrics m ON m.project_id = $1 AND m.id = l.metric_id
       JOIN cases k ON k.project_id = $1 AND k.id = l.case_id
       WHERE c.project_id = $1 AND c.shift_number = $2 ORDER BY m.id`,
      [projectId, number],
    ),
    readSensitivitySettings(db(), projectId),
  ]);
  const values = lines.map((line) => sensitivityOf(said, line).value);
  const metrics = new Map(
    lines.map(({ metric, metricName, smallestEffect }) => [metric, { metric, metricName, smallestEffect }]),
  );
  return {
    detector: shift?.detector ?? 1,
    smallestEffects: [...metrics.values()],
    sensitivity: values.length > 0 ? [Math.min(...values), Math.max(...values)] : [1, 1],
  };
}

async function containing(
  projectId: number,
  branchId: number,
  from: number,
  recovery: number | null,
): Promise<ContainingReleases> {
  const found = await row<ContainingReleases>(
    db(),
    `WITH holding AS (
       SELECT r.tag, b.position FROM releases r
       JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $2 AND b.commit_id = r.commit_id
       WHERE r.project_id = $1 AND b.position >= $3 AND ($4::int IS NULL OR b.position < $4))
     SELECT count(*) AS total, coalesce((SELECT json_agg(tag) FROM (
       SELECT tag FROM holding ORDER BY position, tag LIMIT ${RELEASES}) first), '[]') AS tags
     FROM holding`,
    [projectId, branchId, from, recovery],
  );
  return found ?? { tags: [], total: 0 };
}

/** Of the duration that takes most more time: how often its case was run in the last weeks before the newest run there. */
async function costOf(projectId: number, members: readonly ShiftMember[]): Promise<RunCost | null> {
  const durations = members.filter(({ metric, change }) => metric === "duration" && change !== null);
  const largest = durations.toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference))[0];
  if (!largest) return null;
  const { workload, workloadNumber, params, metric, environment, before, difference, unit, change } = largest;
  const often = await row<{ runs: number; days: number | null }>(db(), OFTEN, [
    projectId,
    workloadNumber,
    JSON.stringify(params),
    environment,
  ]);
  if (!often?.days || often.days < 7) return null;
  const weeks = Math.min(DAYS, often.days) / 7;
  return { workload, metric, environment, before, difference, unit, change, runsPerWeek: often.runs / weeks, weeks };
}

/** $2 number of the workload, $3 its parameters, $4 environment. Of the history of the environment as far as it reaches. */
const OFTEN = `
WITH timed AS (
  SELECT u.id, u.started_at FROM runs u JOIN environments e ON e.project_id = $1 AND e.id = u.environment_id
  WHERE u.project_id = $1 AND e.name = $4 AND u.experiment IS NULL AND u.started_at IS NOT NULL
), ends AS (SELECT min(started_at) AS first, max(started_at) AS last FROM timed)
SELECT (SELECT extract(epoch FROM last - first)::float8 / 86400 FROM ends) AS days, count(*) AS runs
FROM timed t JOIN results r ON r.project_id = $1 AND r.run_id = t.id
JOIN cases k ON k.project_id = $1 AND k.id = r.case_id AND k.params = $3::jsonb
JOIN workloads w ON w.project_id = $1 AND w.id = k.workload_id AND w.number = $2
WHERE t.started_at > (SELECT last FROM ends) - interval '${DAYS} days'`;
