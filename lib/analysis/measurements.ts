import { type Db, rows } from "../db/sql";
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
  points: [position: number, commitId: number, runId: number, samples: number[]][];
};

/**
 * What counts for each of these lines: runs outside experiments, no controls, on commits of the branch's line, without
 * excluded runs. In the order of `lines`. One row per series, its points packed as JSON: rows as objects would cost
 * more than reading them.
 */
export async function readMeasurements(tx: Db, scope: Scope, lines: readonly LineKey[]): Promise<Measurement[][]> {
  const packed = await rows<Packed>(
    tx,
    `SELECT l.line, s.id AS "seriesId", s.version, r.facts_group AS "factsGroup",
            json_agg(json_build_array(b.position, p.commit_id, p.run_id, p.samples)) AS points
     FROM unnest($3::int[], $4::int[], $5::int[], $6::int[]) AS l (line, case_id, metric_id, environment_id)
     JOIN series s ON s.project_id = $1 AND s.case_id = l.case_id AND s.metric_id = l.metric_id
       AND s.environment_id = l.environment_id AND s.trend
     JOIN environment_revisions r ON r.project_id = $1 AND r.id = s.revision_id
     JOIN points p ON p.project_id = $1 AND p.series_id = s.id
     JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $2 AND b.commit_id = p.commit_id
       AND b.position IS NOT NULL
     WHERE NOT EXISTS (
       SELECT FROM exclusions e WHERE e.project_id = $1 AND e.run_id = p.run_id AND e.restored_at IS NULL
     )
     GROUP BY l.line, s.id, s.version, r.facts_group`,
    [
      scope.projectId,
      scope.branchId,
      lines.map((_, index) => index),
      lines.map((line) => line.caseId),
      lines.map((line) => line.metricId),
      lines.map((line) => line.environmentId),
    ],
  );
  const result: Measurement[][] = lines.map(() => []);
  for (const { line, seriesId, version, factsGroup, points } of packed)
    for (const [position, commitId, runId, samples] of points)
      result[line]?.push({ seriesId, version, factsGroup, position, commitId, runId, samples });
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
export async function readBorders(tx: Db, scope: Scope): Promise<Border[]> {
  return rows<Border>(
    tx,
    `SELECT min(b.position) AS position, e.environment_id AS "environmentId", e.workload_id AS "workloadId",
            e.metric_id AS "metricId"
     FROM events e
     JOIN commits c ON c.project_id = $1 AND (c.id = e.commit_id OR c.committed_at >= e.at)
     JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $2 AND b.commit_id = c.id AND b.position IS NOT NULL
     WHERE e.project_id = $1 AND e.border
     GROUP BY e.id, e.environment_id, e.workload_id, e.metric_id`,
    [scope.projectId, scope.branchId],
  );
}

/** Positions of the borders that concern a line. */
export function bordersOf(borders: readonly Border[], line: LineKey): number[] {
  return borders
    .filter(
      ({ environmentId, workloadId, metricId }) =>
        (environmentId ?? line.environmentId) === line.environmentId &&
        (workloadId ?? line.workloadId) === line.workloadId &&
        (metricId ?? line.metricId) === line.metricId,
    )
    .map(({ position }) => position);
}
