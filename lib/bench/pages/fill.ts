import type pg from "pg";
import { type Shape, statement } from "./statements";

/** What was filled in, for the pages that are measured. */
export type Filled = { projectId: number; points: number; seconds: number };

/** Commits whose points one statement inserts. */
const CHUNK = 50;

/**
 * Fills a project, by SQL alone, with the rows that ingestion leaves behind: a line of `long` commits, of which the last
 * `commits` have a run of `workloads` workloads x 3 metrics x 3 samples, and all have one of a workload of its own.
 * Levels step where some of 40 causes lie, most points are within a few per cent, one in a hundred is a spike, and some
 * workloads fail now and then. Points are inserted commit by commit, so that they lie on the disk as they do after years.
 * Stored documents are left short: no page reads them. `tell` hears how many commits of how many are done.
 */
export async function fillPages(
  client: pg.ClientBase,
  projectId: number,
  shape: Shape,
  tell: (done: number, of: number) => void,
): Promise<Filled> {
  const since = performance.now();
  await client.query("SELECT setseed(0.42)");
  for (const text of [...statement.names(shape), ...statement.history(shape), ...statement.plan(shape)])
    await client.query(text, text.includes("$1") ? [projectId] : []);
  let points = 0;
  for (let from = 0; from < shape.long; from += CHUNK) {
    const till = Math.min(shape.long, from + CHUNK);
    await client.query(statement.results, [projectId, from, till]);
    points += (await client.query(statement.points, [projectId, from, till])).rowCount ?? 0;
    tell(till, shape.long);
  }
  // What autovacuum does in its time; without it the first reads are not of the index alone.
  await client.query("VACUUM (ANALYZE)");
  return { projectId, points, seconds: (performance.now() - since) / 1000 };
}

/** Waits until a worker has stored the overview of what was analysed: it does so after it has said that it is done. */
export async function untilStored(client: pg.ClientBase, projectId: number): Promise<void> {
  for (let asked = 0; asked < STORED_WITHIN; asked++) {
    const stored = await client.query("SELECT FROM overviews WHERE project_id = $1 AND shape IS NOT NULL", [projectId]);
    if (stored.rowCount) return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error(`No overview was stored within ${STORED_WITHIN} s.`);
}

/** In seconds. */
const STORED_WITHIN = 60;
