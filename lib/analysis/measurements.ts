import { type Db, rows } from "../db/sql";
import type { Positions } from "./positions";
import type { LineKey, Scope } from "./requests";
import type { Measurement } from "./tracks";

/** Values that one batch of lines may hold in memory: some 100 MB. A longer line is a batch of its own. */
const BATCH_SAMPLES = 1_000_000;
/** Lines of a batch: what one statement writes. */
const BATCH_LINES = 500;

/** Cuts lines into batches that fit into memory. */
export function batches(lines: readonly LineKey[], samples = BATCH_SAMPLES, most = BATCH_LINES): LineKey[][] {
  const result: LineKey[][] = [];
  let held = 0;
  for (const line of lines) {
    const batch = result.at(-1);
    if (batch && batch.length < most && held + line.samples <= samples) {
      batch.push(line);
      held += line.samples;
    } else {
      result.push([line]);
      held = line.samples;
    }
  }
  return result;
}

type Packed = {
  line: number;
  seriesId: number;
  version: string;
  factsGroup: number;
  points: [commitId: number, runId: number, samples: number[]][];
};

/**
 * What counts for each of these lines: runs outside experiments, no controls, on commits of the branch's line, without
 * excluded runs. In the order of `lines`. One row per series, its points packed as JSON: rows as objects would cost
 * more than reading them.
 */
export async function readMeasurements(
  tx: Db,
  { projectId }: Scope,
  positions: Positions,
  lines: readonly LineKey[],
): Promise<Measurement[][]> {
  const packed = await rows<Packed>(
    tx,
    `SELECT l.line, s.id AS "seriesId", s.version, r.facts_group AS "factsGroup",
            json_agg(json_build_array(p.commit_id, p.run_id, p.samples)) AS points
     FROM unnest($3::int[], $4::int[], $5::int[], $6::int[]) AS l (line, case_id, metric_id, environment_id)
     JOIN series s ON s.project_id = (SELECT $1::int) AND s.case_id = l.case_id AND s.metric_id = l.metric_id
       AND s.environment_id = l.environment_id AND s.trend
     JOIN environment_revisions r ON r.project_id = (SELECT $1::int) AND r.id = s.revision_id
     JOIN points p ON p.project_id = (SELECT $1::int) AND p.series_id = s.id AND p.commit_id = ANY($2::int[])
     WHERE NOT EXISTS (
       SELECT FROM exclusions e WHERE e.project_id = (SELECT $1::int) AND e.run_id = p.run_id
      AND coalesce(e.series_id, p.series_id) = p.series_id AND e.restored_at IS NULL
     )
     GROUP BY l.line, s.id, s.version, r.facts_group`,
    [
      projectId,
      [...positions.keys()],
      lines.map((_, index) => index),
      lines.map((line) => line.caseId),
      lines.map((line) => line.metricId),
      lines.map((line) => line.environmentId),
    ],
  );
  const result: Measurement[][] = lines.map(() => []);
  for (const { line, seriesId, version, factsGroup, points } of packed)
    for (const [commitId, runId, samples] of points) {
      const position = positions.get(commitId) as number; // only these were asked for
      result[line]?.push({ seriesId, version, factsGroup, position, commitId, runId, samples });
    }
  return result;
}

/** An event that detection does not cross: what lies before `position` is not compared with what follows. */
export type Border = {
  position: number;
  environmentId: number | null;
  workloadId: number | null;
  metricId: number | null;
};

/** The borders of a branch. An event with a time instead of a commit stands before the first commit made since then. */
export async function readBorders(tx: Db, { projectId }: Scope, positions: Positions): Promise<Border[]> {
  const events = await rows<Omit<Border, "position"> & { commits: number[] }>(
    tx,
    `SELECT e.environment_id AS "environmentId", e.workload_id AS "workloadId", e.metric_id AS "metricId",
            array(SELECT c.id FROM commits c WHERE c.project_id = (SELECT $1::int)
                    AND (c.id = e.commit_id OR c.committed_at >= e.at)) AS commits
     FROM events e WHERE e.project_id = (SELECT $1::int) AND e.border`,
    [projectId],
  );
  return events.flatMap(({ commits, ...event }) => {
    const position = commits.reduce((first, id) => Math.min(first, positions.get(id) ?? Infinity), Infinity);
    return position === Infinity ? [] : [{ ...event, position }];
  });
}

/** Positions of the borders that concern a line. */
export function bordersOf(
  borders: readonly Border[],
  line: Pick<LineKey, "environmentId" | "workloadId" | "metricId">,
): number[] {
  return borders
    .filter(
      ({ environmentId, workloadId, metricId }) =>
        (environmentId ?? line.environmentId) === line.environmentId &&
        (workloadId ?? line.workloadId) === line.workloadId &&
        (metricId ?? line.metricId) === line.metricId,
    )
    .map(({ position }) => position);
}
