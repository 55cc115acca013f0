import pg from "pg";
import { migrate } from "@/lib/db/migrate";
import { closePool } from "@/lib/db/pool";
import { ANONYMOUS } from "@/lib/model/actor";
import { readCompare } from "@/lib/queries/compare";
import { HISTORY_RUNS } from "@/lib/queries/compareSamples";
import { startPostgres } from "@/lib/start/postgres";
import { makeFolder, removeFolder } from "../app";
import { table } from "../table";
import { type CompareShape, fillCompare, RUNS } from "./fill";

export type CompareBench = CompareShape & { rounds: number };

/** The answer may take so many times the single read, and so many milliseconds. */
const MOST_TIMES = 4;
const MOST_MILLISECONDS = 1000;

const SLUG = "bench";
/** Rows of the answer's part that is sent. */
const PART = 100;

type Measured = { read: number; answer: number; ratio: number; rows: number; kilobytes: number };

/**
 * Two full runs of `cases` x 5 metrics with a history of `commits` commits: the time of the answer (resolve, read, judge, sort,
 * first part) beside the single SQL statement that reads the same values, by turns. Gives the exit code: 1 over a limit.
 */
export async function benchCompare({ rounds, ...shape }: CompareBench): Promise<number> {
  const folder = makeFolder();
  const server = await startPostgres({ folder, settings: { shared_buffers: "512MB" } });
  try {
    await migrate(server.url);
    const measured = await inDatabase(server.url, shape, rounds);
    report({ rounds, ...shape }, measured);
    return measured.ratio <= MOST_TIMES && measured.answer <= MOST_MILLISECONDS ? 0 : 1;
  } finally {
    await closePool();
    await server.stop();
    removeFolder(folder);
  }
}

async function inDatabase(url: string, shape: CompareShape, rounds: number): Promise<Measured> {
  process.env.DATABASE_URL = url;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const made = await client.query<{ id: number }>("INSERT INTO projects (slug, name) VALUES ($1, $1) RETURNING id", [
      SLUG,
    ]);
    const id = made.rows[0]?.id ?? 0;
    console.log(`${await fillCompare(client, id, shape)} points`);
    return await measure(client, id, rounds);
  } finally {
    await client.end();
  }
}

/** Medians of `rounds`, after one of each that is not counted. */
export async function measure(client: pg.ClientBase, projectId: number, rounds: number): Promise<Measured> {
  const times = { read: [] as number[], answer: [] as number[] };
  let rows = 0;
  let kilobytes = 0;
  for (let round = 0; round <= rounds; round++) {
    const read = await timed(() => client.query(SINGLE_READ, [projectId]));
    const answer = await timed(async () => {
      const found = await readCompare(ANONYMOUS, SLUG, ASKED);
      kilobytes = JSON.stringify(found).length / 1000;
      rows = found.total;
    });
    if (round === 0) continue;
    times.read.push(read);
    times.answer.push(answer);
  }
  const [read, answer] = [middle(times.read), middle(times.answer)];
  return { read, answer, ratio: answer / read, rows, kilobytes };
}

const ASKED = {
  baseline: `run:${RUNS.baseline}`,
  contender: `run:${RUNS.contender}`,
  environment: null,
  metric: null,
  workload: null,
  verdict: null,
  by: null,
  sort: "effect",
  limit: PART,
} as const;

/** All values that the answer rests on, a row per series: both runs, and the runs of the history. */
const SINGLE_READ = `
WITH newest AS (
  SELECT u.id, u.commit_id FROM runs u
  JOIN branch_commits b ON b.project_id = $1 AND b.commit_id = u.commit_id
  WHERE u.project_id = $1 ORDER BY b.position DESC LIMIT ${HISTORY_RUNS + 2}
)
SELECT s.case_id, s.metric_id, array_agg(p.run_id)::text AS runs, array_agg(p.median)::text AS medians,
  array_agg(p.lo)::text AS lows, array_agg(p.hi)::text AS highs
FROM series s
JOIN points p ON p.project_id = $1 AND p.series_id = s.id AND p.commit_id = ANY((SELECT array_agg(commit_id) FROM newest)::int[])
WHERE s.project_id = $1 GROUP BY s.project_id, s.id`;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now();
  await work();
  return performance.now() - since;
}

const middle = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

function report(options: CompareBench, measured: Measured): void {
  const { read, answer, ratio, rows, kilobytes } = measured;
  const cells = [String(rows), read.toFixed(0), answer.toFixed(0), `${ratio.toFixed(2)}x`, kilobytes.toFixed(0)];
  console.log(table(["rows", "single read, ms", "answer, ms", "ratio", "kB"], [cells]));
  const passed = ratio <= MOST_TIMES && answer <= MOST_MILLISECONDS;
  console.log(
    JSON.stringify({ bench: "compare", ...options, limits: [MOST_TIMES, MOST_MILLISECONDS], passed, ...measured }),
  );
}
