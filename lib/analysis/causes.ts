import { isDeepStrictEqual } from "node:util";
import { type ControlSides, causeOf, controlsMove, type ShiftCause, sidesOf } from "../cause/controls";
import { type Db, rows } from "../db/sql";
import { readCauseSettings } from "../model/settings";
import type { Json } from "../model/words";
import { median } from "../stats/quantile";
import type { Positions } from "./positions";
import type { LineKey, Scope } from "./requests";

/** Lines that run something pinned, by the settings: they have no levels, changepoints or shifts of their own. */
export type Controls = { workloadIds: number[]; environmentIds: number[]; includes(line: LineKey): boolean };

export async function readControls(tx: Db, { projectId }: Scope): Promise<Controls> {
  const stored = await rows<{ key: string; value: Json }>(tx, "SELECT key, value FROM settings WHERE project_id = $1", [
    projectId,
  ]);
  const { controlWorkloads, controlEnvironments } = readCauseSettings(
    new Map(stored.map(({ key, value }) => [key, value])),
  );
  const ids = async (table: "workloads" | "environments", names: string[]) =>
    names.length === 0
      ? []
      : (
          await rows<{ id: number }>(tx, `SELECT id FROM ${table} WHERE project_id = $1 AND name = ANY($2::text[])`, [
            projectId,
            names,
          ])
        ).map(({ id }) => id);
  const workloadIds = await ids("workloads", controlWorkloads);
  const environmentIds = await ids("environments", controlEnvironments);
  const [workloads, environments] = [new Set(workloadIds), new Set(environmentIds)];
  return {
    workloadIds,
    environmentIds,
    includes: (line) => workloads.has(line.workloadId) || environments.has(line.environmentId),
  };
}

type Control = { environmentId: number; metricId: number; points: { position: number; value: number }[] };
type Moved = {
  number: number;
  cause: ShiftCause | null;
  lastGood: number;
  firstShifted: number;
  environmentId: number;
  metricId: number;
  environment: string;
  metric: string;
  changes: (number | null)[];
};

/** Asks the controls about every current shift, and stores what they say where it changed. After the shifts are written. */
export async function writeCauses(tx: Db, scope: Scope, positions: Positions, controls: Controls): Promise<void> {
  const measured = await readControlPoints(tx, scope, positions, controls);
  const byShift = new Map<number, Moved[]>();
  for (const part of await readMoved(tx, scope, positions))
    byShift.set(part.number, [...(byShift.get(part.number) ?? []), part]);
  const changed = [...byShift].flatMap(([number, parts]) => {
    const cause = causeOf(
      parts.map((part) => ({
        environment: part.environment,
        metric: part.metric,
        ...controlsMove(askedOf(measured, part), changeOf(part)),
      })),
    );
    return isDeepStrictEqual(cause, parts[0]?.cause ?? null) ? [] : [{ number, cause }];
  });
  if (changed.length === 0) return;
  await rows(
    tx,
    `UPDATE shifts s SET cause = x.cause FROM json_to_recordset($2) AS x (number int, cause jsonb)
     WHERE s.project_id = $1 AND s.number = x.number`,
    [scope.projectId, JSON.stringify(changed)],
  );
}

/** The controls of the same environment and metric, at the commits nearest to the range. */
const askedOf = (controls: readonly Control[], moved: Moved): ControlSides[] =>
  controls
    .filter(({ environmentId, metricId }) => environmentId === moved.environmentId && metricId === moved.metricId)
    .map(({ points }) => sidesOf(points, moved));

const changeOf = ({ changes }: Moved) => median(changes.filter((change) => change !== null));

async function readMoved(tx: Db, { projectId, branchId }: Scope, positions: Positions): Promise<Moved[]> {
  type Row = Omit<Moved, "lastGood" | "firstShifted"> & { good: number; shifted: number };
  const found = await rows<Row>(
    tx,
    `SELECT s.number, s.cause, s.last_good_commit_id AS good, s.first_shifted_commit_id AS shifted,
            l.environment_id AS "environmentId", l.metric_id AS "metricId", e.name AS environment, m.name AS metric,
            json_agg(c.change ORDER BY c.id) AS changes
     FROM shifts s
     JOIN changepoints c ON c.project_id = $1 AND c.shift_number = s.number
     JOIN lines l ON l.project_id = $1 AND l.id = c.line_id
     JOIN environments e ON e.project_id = $1 AND e.id = l.environment_id
     JOIN metrics m ON m.project_id = $1 AND m.id = l.metric_id
     WHERE s.project_id = $1 AND s.branch_id = $2 AND s.state <> 'withdrawn'
     GROUP BY s.number, s.cause, s.last_good_commit_id, s.first_shifted_commit_id, l.environment_id, l.metric_id, e.name, m.name
     ORDER BY s.number, e.name, m.name`,
    [projectId, branchId],
  );
  return found.flatMap(({ good, shifted, ...rest }) => {
    const [lastGood, firstShifted] = [positions.get(good), positions.get(shifted)];
    return lastGood === undefined || firstShifted === undefined ? [] : [{ ...rest, lastGood, firstShifted }];
  });
}

/** Points of what is sent as a control, and of what the settings name: one list per case, metric, environment and track. */
async function readControlPoints(
  tx: Db,
  { projectId }: Scope,
  positions: Positions,
  { workloadIds, environmentIds }: Controls,
): Promise<Control[]> {
  const packed = await rows<Omit<Control, "points"> & { points: [commitId: number, value: number][] }>(
    tx,
    `SELECT s.environment_id AS "environmentId", s.metric_id AS "metricId",
            json_agg(json_build_array(p.commit_id, p.median)) AS points
     FROM series s
     JOIN cases c ON c.project_id = (SELECT $1::int) AND c.id = s.case_id
     JOIN environment_revisions r ON r.project_id = (SELECT $1::int) AND r.id = s.revision_id
     JOIN points p ON p.project_id = (SELECT $1::int) AND p.series_id = s.id
     JOIN runs u ON u.project_id = (SELECT $1::int) AND u.id = p.run_id AND u.experiment IS NULL
     WHERE s.project_id = $1 AND (NOT s.trend OR c.workload_id = ANY($2::int[]) OR s.environment_id = ANY($3::int[]))
       AND NOT EXISTS (
         SELECT FROM exclusions e WHERE e.project_id = (SELECT $1::int) AND e.run_id = p.run_id
           AND coalesce(e.series_id, p.series_id) = p.series_id AND e.restored_at IS NULL)
     GROUP BY s.case_id, s.metric_id, s.environment_id, s.version, r.facts_group`,
    [projectId, workloadIds, environmentIds],
  );
  return packed.map(({ points, ...line }) => ({
    ...line,
    points: points
      .flatMap(([commitId, value]) => {
        const position = positions.get(commitId);
        return position === undefined ? [] : [{ position, value }];
      })
      .sort((a, b) => a.position - b.position || a.value - b.value),
  }));
}
