import { type Db, rows } from "../db/sql";

/** Tables that one large document can multiply. */
const TABLES = [
  "branch_commits",
  "cases",
  "changepoints",
  "commits",
  "lines",
  "points",
  "results",
  "segments",
  "series",
  "workloads",
];

/** A table that grew by half since the planner last looked, and by more than a few pages, is another table to it. */
const GROWTH = 1.5;
const FEW_PAGES = 16;

/**
 * Tells the planner of tables that grew much since it last looked, instead of waiting for autovacuum to come by (up to
 * a minute): until then it takes a new project for one row, and answers reads of thousands of lines by reading
 * everything for each. Costs a catalogue look-up when nothing grew. Gives the tables that were looked at.
 */
export async function refreshPlanner(on: Db): Promise<string[]> {
  const grown = await rows<{ name: string }>(
    on,
    `SELECT c.relname AS name FROM pg_class c
     WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND c.relname = ANY($1)
       AND pg_relation_size(c.oid) / current_setting('block_size')::int > greatest(c.relpages, 0) * $2::float8 + $3
     ORDER BY 1`,
    [TABLES, GROWTH, FEW_PAGES],
  );
  const names = grown.map(({ name }) => name);
  if (names.length > 0) await rows(on, `ANALYZE ${names.map((name) => `"${name}"`).join(", ")}`);
  return names;
}
