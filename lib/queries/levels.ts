import { db, rows } from "@/lib/db/sql";
import type { ChangepointDirection } from "@/lib/model/words";

/** One segment of a line, in places of the branch. */
export type LevelRow = {
  line: number;
  /** Places of its first and last point. */
  from: number;
  to: number;
  track: number;
  level: number;
};

/** Segments of lines, each line's in order. */
export async function readLevels(
  projectId: number,
  branchId: number,
  lineIds: readonly number[],
): Promise<Map<number, LevelRow[]>> {
  const found = await rows<LevelRow>(
    db(),
    `SELECT g.line_id AS line, f.position AS from, t.position AS to, g.track, g.level
     FROM segments g
     JOIN branch_commits f ON f.project_id = $1 AND f.branch_id = $2 AND f.commit_id = g.first_commit_id
     JOIN branch_commits t ON t.project_id = $1 AND t.branch_id = $2 AND t.commit_id = g.last_commit_id
     WHERE g.project_id = $1 AND g.line_id = ANY($3::int[]) AND f.position IS NOT NULL AND t.position IS NOT NULL
     ORDER BY g.line_id, g.ordinal`,
    [projectId, branchId, lineIds],
  );
  return byLine(found);
}

/** A changepoint of a line: the place of the first point of the new level. */
export type StepRow = { line: number; position: number; direction: ChangepointDirection; change: number | null };

/** Changepoints of lines, each line's in order. */
export async function readSteps(
  projectId: number,
  branchId: number,
  lineIds: readonly number[],
): Promise<Map<number, StepRow[]>> {
  const found = await rows<StepRow>(
    db(),
    `SELECT c.line_id AS line, b.position, c.direction, c.change
     FROM changepoints c
     JOIN branch_commits b ON b.project_id = $1 AND b.branch_id = $2 AND b.commit_id = c.commit_id
     WHERE c.project_id = $1 AND c.line_id = ANY($3::int[]) AND b.position IS NOT NULL
     ORDER BY c.line_id, b.position`,
    [projectId, branchId, lineIds],
  );
  return byLine(found);
}

function byLine<Row extends { line: number }>(all: Row[]): Map<number, Row[]> {
  const lines = new Map<number, Row[]>();
  for (const one of all) {
    const known = lines.get(one.line);
    if (known) known.push(one);
    else lines.set(one.line, [one]);
  }
  return lines;
}

/**
 * The level that the newest one is compared with: that in force at `place`, if the workload's version and the facts of
 * the environment are the same there, else the first level since they are. null: there is no level.
 */
export function levelAt<Level extends Pick<LevelRow, "from" | "track" | "level">>(
  levels: readonly Level[],
  place: number,
): Level | null {
  const newest = levels.at(-1);
  if (!newest) return null;
  const comparable = levels.filter(({ track }) => track === newest.track);
  return comparable.findLast(({ from }) => from <= place) ?? comparable[0] ?? null;
}
