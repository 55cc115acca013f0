import { type Db, row, rows } from "../db/sql";

/** Tables that one large document can multiply, and those it is joined with. */
const TABLES = `branch_commits, cases, changepoints, commits, environments, lines, metrics, points, results, segments,
  series, workloads`;

/** A project of fewer rows is read quickly by any plan. */
const MANY_ROWS = 1000;

/** What is looked at: series before an analysis, lines after it. */
export type Witness = "series" | "lines";

/**
 * Tells the planner of a project that it does not know yet, instead of waiting for autovacuum to come by (up to a
 * minute): until then it takes the project for one row, and answers reads of thousands of lines by reading everything for
 * each. It knows a project when it expects at least half of the rows that `witness` has of it. Gives whether it was told.
 */
export async function refreshPlanner(on: Db, projectId: number, witness: Witness): Promise<boolean> {
  const counted = await row<{ n: number }>(on, `SELECT count(*) AS n FROM ${witness} WHERE project_id = $1`, [
    projectId,
  ]);
  const actual = counted?.n ?? 0;
  if (actual < MANY_ROWS || (await expectedRows(on, projectId, witness)) >= actual / 2) return false;
  await rows(on, `ANALYZE ${TABLES}`);
  return true;
}

async function expectedRows(on: Db, projectId: number, witness: Witness): Promise<number> {
  const plan = await row<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number } }] }>(
    on,
    `EXPLAIN (FORMAT JSON) SELECT FROM ${witness} WHERE project_id = $1`,
    [projectId],
  );
  return plan?.["QUERY PLAN"][0].Plan["Plan Rows"] ?? 0;
}
