import pg from "pg";
import { closePool } from "@/lib/db/pool";
import { createProject, untilAnalysed } from "../api";
import { type App, makeFolder, removeFolder, startApp } from "../app";
import { table } from "../table";
import { type InBrowser, keepsInBrowser, measureInBrowser, reportInBrowser } from "./browser";
import { chartNumbers, fillCharts } from "./browserData";
import { FEWEST_ROWS } from "./browserList";
import { fillPages, untilStored } from "./fill";
import { type Floor, overviewFloor, seriesFloor } from "./floors";
import { type ScriptSize, scriptSizes } from "./scripts";
import { type ServerTime, serverTimes } from "./serverTimes";
import { rawPool } from "./statementLog";
import type { Shape } from "./statements";
import { type Known, targets } from "./targets";

/** rows: of the project whose list of workloads is scrolled. */
export type PagesOptions = Shape & { rows: number; rounds: number };

/** Each can be run alone. */
export const PARTS = ["server", "browser"];

const SLUG = "bench";
const ANALYSED_WITHIN = 1800;

/**
 * Fills projects, lets the app analyse them, and measures every page: on the server over HTTP next to its statements alone,
 * and two statements next to the least that Postgres can do; then in a browser. `part`: only one half. Gives the exit
 * code: 1 where a goal is missed. Throws where the list would be too short to be scrolled.
 */
export async function benchPages({ rounds, rows, ...shape }: PagesOptions, part: string | null): Promise<number> {
  if (part !== "server" && rows < FEWEST_ROWS)
    throw new Error(`--rows ${rows}: the list needs ${FEWEST_ROWS} or more.`);
  const folder = makeFolder();
  console.log("Starting Tidemark ...");
  const app = await startApp(folder);
  try {
    await fillApp(app, shape);
    const onServer = part === "browser" ? null : await measurePages(app, rounds);
    if (onServer) report(onServer);
    const inBrowser = part === "server" ? null : await browsePages(app, rows, rounds);
    if (inBrowser) reportInBrowser(inBrowser);
    console.log(`\n${JSON.stringify({ bench: "pages", ...shape, rows, rounds, ...onServer, ...inBrowser })}`);
    const isKept = (!onServer || keepsOnServer(onServer)) && (!inBrowser || keepsInBrowser(inBrowser));
    return isKept ? 0 : 1;
  } finally {
    await closePool();
    await app.stop();
    removeFolder(folder);
  }
}

/** Fills what only the browser looks at, and measures there. */
async function browsePages(app: App, rows: number, rounds: number): Promise<InBrowser> {
  await fillCharts(app);
  await fillApp(app, { workloads: rows - 1, commits: ROWS_COMMITS, long: ROWS_COMMITS }, ROWS_SLUG);
  const raw = rawPool(app.databaseUrl);
  try {
    const { known } = await look(raw);
    const lists = { slug: ROWS_SLUG, count: rows };
    return await measureInBrowser(app, {
      targets: targets(known),
      numbers: await chartNumbers(raw),
      rows: lists,
      rounds,
    });
  } finally {
    await raw.end();
  }
}

/** The project with many rows: as many commits as their sparklines show. */
const ROWS_SLUG = "rows";
const ROWS_COMMITS = 60;

const keepsOnServer = ({ times, floors, scripts }: MeasuredPages): boolean =>
  times.every(isWithin) && floors.every(keeps) && scripts.every(isWithin);

const isWithin = (goal: { isWithin: boolean }) => goal.isWithin;
const keeps = ({ ratio, limit }: Floor) => ratio <= limit;

/** Makes the project with its history, and waits until the worker has analysed it. */
export async function fillApp(app: App, shape: Shape, slug = SLUG): Promise<void> {
  const long = Math.max(shape.long, shape.commits);
  await createProject(app, slug);
  const client = new pg.Client({ connectionString: app.databaseUrl });
  await client.connect();
  try {
    const found = await client.query<{ id: number }>("SELECT id FROM projects WHERE slug = $1", [slug]);
    const id = found.rows[0]?.id ?? 0;
    const filled = await fillPages(client, id, { ...shape, long }, progress());
    console.log(`${filled.points} points in ${filled.seconds.toFixed(0)} s`);
    await client.query(
      `WITH asked AS (INSERT INTO analysis_requests (project_id, series, everything) VALUES ($1, '{}', true))
       SELECT graphile_worker.add_job('analyse', json_build_object('projectId', $1::int), queue_name := 'analyse:' || $1::int)`,
      [id],
    );
    const seconds = await untilAnalysed(app, slug, ANALYSED_WITHIN);
    console.log(`analysed in ${seconds.toFixed(0)} s`);
    await untilStored(client, id);
    await client.query("VACUUM (ANALYZE)");
  } finally {
    await client.end();
  }
}

/** Says every ten seconds how far it is, how fast, and how long it will take. */
function progress(): (done: number, of: number) => void {
  const since = performance.now();
  let told = since;
  return (done, of) => {
    const now = performance.now();
    if (now - told < 10_000) return;
    told = now;
    const rate = done / ((now - since) / 1000);
    console.log(`  ${done} of ${of} commits, ${rate.toFixed(0)}/s, ${((of - done) / rate).toFixed(0)} s left`);
  };
}

export type MeasuredPages = { times: ServerTime[]; floors: Floor[]; scripts: ScriptSize[] };

/** Measures the pages of the project that `fillApp` made. */
export async function measurePages(app: Pick<App, "url" | "databaseUrl">, rounds: number): Promise<MeasuredPages> {
  process.env.DATABASE_URL = app.databaseUrl;
  const raw = rawPool(app.databaseUrl);
  try {
    const { known, line } = await look(raw);
    const times = await serverTimes(app.url, raw, targets(known), rounds);
    const floors = [
      await seriesFloor(raw, line, 3 * rounds),
      await overviewFloor(raw, line.projectId, known.slug, 3 * rounds),
    ];
    return { times, floors, scripts: await scriptSizes(app.url, targets(known)) };
  } finally {
    await raw.end();
  }
}

/** What there is to ask for: the workload with the long line, the shift with most members, the newest commit and run. */
export async function look(raw: pg.Pool): Promise<{ known: Known; line: Parameters<typeof seriesFloor>[1] }> {
  const found = await raw.query<{ known: string; line: string }>(
    `SELECT json_build_object('slug', p.slug, 'long', p.last_workload_number, 'first', 1, 'sha', c.sha, 'run', r.key,
       'release', (SELECT tag FROM releases WHERE project_id = p.id ORDER BY id DESC LIMIT 1),
       'shift', (SELECT shift_number FROM changepoints WHERE project_id = p.id AND shift_number IS NOT NULL
                 GROUP BY shift_number ORDER BY count(*) DESC LIMIT 1)) AS known,
       json_build_object('projectId', p.id, 'branchId', b.branch_id, 'caseId', s.case_id, 'metricId', s.metric_id,
         'environmentId', s.environment_id, 'seriesId', s.id, 'to', b.position) AS line
     FROM projects p
     JOIN workloads w ON w.project_id = p.id AND w.number = p.last_workload_number
     JOIN cases k ON k.project_id = p.id AND k.workload_id = w.id
     JOIN series s ON s.project_id = p.id AND s.case_id = k.id
     JOIN branch_commits b ON b.project_id = p.id
     JOIN commits c ON c.project_id = p.id AND c.id = b.commit_id
     JOIN runs r ON r.project_id = p.id AND r.commit_id = c.id
     WHERE p.slug = $1 ORDER BY b.position DESC LIMIT 1`,
    [SLUG],
  );
  const [row] = found.rows;
  if (!row) throw new Error("The benchmark's project has no data.");
  return { known: JSON.parse(row.known), line: JSON.parse(row.line) };
}

function report({ times, floors, scripts }: MeasuredPages): void {
  const shown = (value: number) => value.toFixed(1);
  const pages = times.map(({ name, statements, kilobytes, http, read, sql, ratio, isWithin }) => [
    name,
    shown(http),
    shown(read),
    shown(sql),
    ratio.toFixed(2),
    String(statements),
    kilobytes.toFixed(0),
    isWithin ? "" : "over",
  ]);
  const headings = ["page", "over HTTP, ms", "read, ms", "SQL alone, ms", "ratio", "statements", "kB", "2x + 10 ms"];
  console.log(`\n${table(headings, pages)}`);
  const least = floors.map((floor) => [
    floor.name,
    shown(floor.ours),
    shown(floor.floor),
    floor.ratio.toFixed(2),
    `${floor.limit}`,
    keeps(floor) ? "" : "over",
  ]);
  console.log(`\n${table(["statements of", "ours, ms", "least, ms", "ratio", "goal", ""], least)}`);
  const sizes = scripts.map(({ name, kilobytes, isWithin }) => [name, kilobytes.toFixed(0), isWithin ? "" : "over"]);
  console.log(`\n${table(["page", "JavaScript, compressed kB", "250 kB"], sizes)}`);
}
