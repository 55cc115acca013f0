import { type Db, rows } from "../db/sql";
import type { Scope } from "./requests";

/** Place on the branch's line by id of the commit. Commits off the line are not in it. */
export type Positions = ReadonlyMap<number, number>;

/**
 * The order of commits as it is now, read once per analysis. Places are looked up here and not by joins: on a database
 * without statistics yet (the first minute after a large import) the planner takes the wrong one of two indexes of
 * branch_commits, and a statement that joins it three times does not end.
 */
export async function readPositions(tx: Db, { projectId, branchId }: Scope): Promise<Positions> {
  const places = await rows<{ id: number; position: number }>(
    tx,
    `SELECT commit_id AS id, position FROM branch_commits
     WHERE project_id = $1 AND branch_id = $2 AND position IS NOT NULL`,
    [projectId, branchId],
  );
  return new Map(places.map(({ id, position }) => [id, position]));
}
