import { db, row } from "@/lib/db/sql";

/** A line's values at some commits: [index into the commits asked for, median of the runs' medians]. */
export type LineMedians = [place: number, value: number][];

/**
 * Medians of many lines at many commits, for glyphs of a whole project: by line id, in the order of `commitIds`; commits
 * without a point are left out, so are excluded runs, experiments and controls. Read from the index of the point table
 * alone, as one JSON text. Where a commit has points on two tracks, the median of both is given.
 */
export async function readMedians(
  projectId: number,
  lineIds: readonly number[],
  commitIds: readonly number[],
): Promise<Map<number, LineMedians>> {
  if (lineIds.length === 0 || commitIds.length === 0) return new Map();
  const found = await row<{ lines: [number, LineMedians][] | null }>(
    db(),
    `WITH wanted AS (
       SELECT commit_id, place - 1 AS place FROM unnest($3::int[]) WITH ORDINALITY AS c(commit_id, place)
     ), medians AS (
       SELECT l.id AS line, w.place, percentile_cont(0.5) WITHIN GROUP (ORDER BY p.median) AS value
       FROM lines l
       JOIN series s ON s.project_id = $1 AND s.case_id = l.case_id AND s.metric_id = l.metric_id
         AND s.environment_id = l.environment_id AND s.trend
       JOIN points p ON p.project_id = $1 AND p.series_id = s.id AND p.commit_id = ANY($3::int[])
       JOIN wanted w ON w.commit_id = p.commit_id
       WHERE l.project_id = $1 AND l.id = ANY($2::int[]) AND NOT EXISTS (
         SELECT FROM exclusions e WHERE e.project_id = $1 AND e.run_id = p.run_id
      AND coalesce(e.series_id, p.series_id) = p.series_id AND e.restored_at IS NULL)
       GROUP BY l.id, w.place
     ), packed AS (
       SELECT line, json_agg(json_build_array(place, value) ORDER BY place) AS points FROM medians GROUP BY line
     )
     SELECT json_agg(json_build_array(line, points)) AS lines FROM packed`,
    [projectId, lineIds, commitIds],
  );
  return new Map(found?.lines ?? []);
}
