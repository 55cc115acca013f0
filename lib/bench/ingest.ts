import pg from "pg";
import { createProject, runsPath, untilAnalysed } from "./api";
import { type App, makeFolder, removeFolder, startApp } from "./app";
import { BARE_TABLES, type BareRows, bareRows, storeByCopy, storeByUnnest } from "./bare";
import { cpuOf, cpuOfTree } from "./cpu";
import { makeDocuments, type Prepared, SHAPE } from "./documents";
import { load, tally } from "./load";
import { buildMinimal, type Minimal, startMinimal } from "./minimal";
import { type Profile, profile } from "./profile";
import { median, table } from "./table";

export type IngestOptions = { documents: number; clients: number; rounds: number };

const WAYS = {
  app: "Tidemark, worker running",
  held: "Tidemark, worker held during the load",
  minimal: "minimal Next route: parse, zod, one unnest transaction",
  unnest: "unnest into bare tables, no web server",
  copy: "COPY into bare tables, no web server",
};
type Way = keyof typeof WAYS;

/** Seconds within which a thousand documents must have been analysed. */
const ANALYSED_WITHIN = 900;

/**
 * Stores the same documents in the ways above, by turns, on one PostgreSQL server and the same cores. Checks that
 * nothing was lost, doubled or left unanalysed. Gives the exit code.
 */
export async function benchIngest(options: IngestOptions): Promise<number> {
  const folder = makeFolder();
  console.log("Building the minimal route and starting Tidemark ...");
  await buildMinimal();
  const app = await startApp(folder);
  const client = new pg.Client({ connectionString: app.databaseUrl });
  client.on("error", () => undefined);
  await client.connect();
  await client.query(BARE_TABLES);
  const minimal = await startMinimal(app.databaseUrl);
  const bench = new Bench(app, minimal, client, options);
  try {
    await bench.warmUp();
    const ways = Object.keys(WAYS) as Way[];
    for (let round = 0; round < options.rounds; round++)
      for (let turn = 0; turn < ways.length; turn++)
        await bench.measure(ways[(round + turn) % ways.length] ?? "app", `round-${round}`);
    const steps = await bench.profile();
    report(bench, steps);
    return bench.faults.length ? 1 : 0;
  } finally {
    await client.end();
    await minimal.stop();
    await app.stop();
    removeFolder(folder);
  }
}

type Cpu = { web: number; postgres: number; worker: number; client: number };

class Bench {
  readonly rates: Record<Way, number[]> = { app: [], held: [], minimal: [], unnest: [], copy: [] };
  readonly analysis: number[] = [];
  /** Processor time per document, in ms: what noise of the machine changes least. */
  readonly cpu: Record<Way, Cpu[]> = { app: [], held: [], minimal: [], unnest: [], copy: [] };
  readonly faults: string[] = [];

  constructor(
    readonly app: App,
    private readonly minimal: Minimal,
    private readonly client: pg.Client,
    readonly options: IngestOptions,
  ) {}

  /** Compiles what is measured, in both servers. */
  async warmUp(): Promise<void> {
    await createProject(this.app, "warm-up");
    const documents = makeDocuments("warm-up", 60);
    await load({ ...this.app, path: runsPath("warm-up") }, documents, this.options.clients);
    await load(this.minimal, documents, this.options.clients);
    await untilAnalysed(this.app, "warm-up", ANALYSED_WITHIN);
  }

  async measure(way: Way, round: string): Promise<void> {
    const name = `${round}-${way}`;
    const documents = makeDocuments(name, this.options.documents);
    await this.client.query("truncate bare_runs, bare_results, bare_points restart identity");
    await this.client.query("checkpoint"); // nobody pays for what another one has written
    const before = this.used();
    const seconds = await this.run(way, name, documents);
    const rate = documents.length / seconds;
    this.rates[way].push(rate);
    const after = this.loaded ?? this.used();
    this.loaded = null;
    const perDocument = (part: keyof Cpu) => (after[part] - before[part]) / documents.length;
    const cpu = {
      web: perDocument("web"),
      postgres: perDocument("postgres"),
      worker: perDocument("worker"),
      client: perDocument("client"),
    };
    this.cpu[way].push(cpu);
    console.log(`  ${round} ${WAYS[way]}: ${rate.toFixed(0)} documents/s`);
  }

  /** What was used when the load ended, where more is done after it. */
  private loaded: Cpu | null = null;

  private used(): Cpu {
    const { web, worker, postgres } = this.app.pids();
    return {
      web: cpuOf(web) + cpuOfTree(this.minimal.pid),
      postgres: cpuOfTree(postgres),
      worker: cpuOf(worker),
      client: cpuOf(process.pid),
    };
  }

  private async run(way: Way, name: string, documents: Prepared[]): Promise<number> {
    if (way === "app" || way === "held") return this.runApp(name, documents, way === "held");
    if (way === "minimal") return this.runMinimal(documents);
    return this.runBare(way === "copy" ? storeByCopy : storeByUnnest, documents);
  }

  private async runApp(slug: string, documents: Prepared[], isHeld: boolean): Promise<number> {
    await createProject(this.app, slug);
    const since = performance.now();
    if (isHeld) process.kill(this.app.pids().worker, "SIGSTOP");
    const replies = await load({ ...this.app, path: runsPath(slug) }, documents, this.options.clients).finally(() => {
      if (isHeld) process.kill(this.app.pids().worker, "SIGCONT");
    });
    const seconds = (performance.now() - since) / 1000;
    this.loaded = this.used();
    const after = await untilAnalysed(this.app, slug, ANALYSED_WITHIN);
    if (!isHeld) this.analysis.push(after);
    this.expect(`${slug}: answers`, tally(replies), { 201: documents.length });
    this.expect(`${slug}: rows`, await this.count(slug), expectedRows(documents));
    return seconds;
  }

  /** What the project holds; series that have no line were not analysed. */
  private async count(slug: string): Promise<Record<string, number>> {
    const { rows } = await this.client.query<Record<string, number>>(
      `with project as (select id from projects where slug = $1)
       select (select count(*)::int from runs where project_id = (table project)) as runs,
              (select count(distinct key)::int from runs where project_id = (table project)) as keys,
              (select sum(length(document))::int from runs where project_id = (table project)) as characters,
              (select count(*)::int from results where project_id = (table project)) as results,
              (select count(*)::int from points where project_id = (table project)) as points,
              (select sum(cardinality(samples))::int from points where project_id = (table project)) as samples,
              (select sum(points)::int from lines where project_id = (table project)) as analysed`,
      [slug],
    );
    return rows[0] ?? {};
  }

  private async runMinimal(documents: Prepared[]): Promise<number> {
    const since = performance.now();
    const replies = await load(this.minimal, documents, this.options.clients);
    const seconds = (performance.now() - since) / 1000;
    this.expect("minimal: answers", tally(replies), { 201: documents.length });
    return seconds;
  }

  private async runBare(
    store: (client: pg.ClientBase, rows: BareRows, commitId: number) => Promise<void>,
    documents: Prepared[],
  ): Promise<number> {
    const prepared = documents.map(({ body }) => bareRows(body));
    const pool = new pg.Pool({ connectionString: this.app.databaseUrl, max: this.options.clients });
    let next = 0;
    const one = async () => {
      const client = await pool.connect();
      for (let at = next++; at < prepared.length; at = next++) {
        const rows = prepared[at];
        if (rows) await store(client, rows, at + 1);
      }
      client.release();
    };
    const since = performance.now();
    await Promise.all(Array.from({ length: this.options.clients }, one));
    const seconds = (performance.now() - since) / 1000;
    const { rows } = await this.client.query<{ points: number }>("select count(*)::int as points from bare_points");
    this.expect("bare tables: points", rows[0]?.points, documents.length * SHAPE.points);
    await pool.end();
    return seconds;
  }

  async profile(): Promise<Profile> {
    await createProject(this.app, "profile");
    process.kill(this.app.pids().worker, "SIGSTOP");
    try {
      return await profile(this.app.databaseUrl, "profile", makeDocuments("profile", 250));
    } finally {
      process.kill(this.app.pids().worker, "SIGCONT");
    }
  }

  private expect(what: string, found: unknown, wanted: unknown): void {
    const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
    if (a !== b) this.faults.push(`${what}: ${a} instead of ${b}`);
  }
}

function expectedRows(documents: Prepared[]): Record<string, number> {
  const { length } = documents;
  const characters = documents.reduce((sum, { body }) => sum + body.toString().length, 0);
  const [results, points, samples] = [length * SHAPE.results, length * SHAPE.points, length * SHAPE.samples];
  return { runs: length, keys: length, characters, results, points, samples, analysed: points };
}

function report({ rates, cpu, analysis, faults, options }: Bench, steps: Profile): void {
  const base = median(rates.minimal);
  const lines = (Object.keys(WAYS) as Way[]).map((way) => {
    const sorted = [...rates[way]].sort((a, b) => a - b);
    const ratios = rates[way].map((rate, round) => rate / (rates.minimal[round] ?? base));
    return [
      WAYS[way],
      median(rates[way]).toFixed(0),
      `${sorted[0]?.toFixed(0)} to ${sorted.at(-1)?.toFixed(0)}`,
      median(ratios).toFixed(2),
    ];
  });
  console.log(`\n${table(["way", "documents/s", "spread", "of minimal"], lines)}`);
  const used = (Object.keys(WAYS) as Way[]).map((way) => {
    const parts = (["web", "postgres", "worker", "client"] as const).map((part) =>
      median(cpu[way].map((one) => one[part])),
    );
    return [WAYS[way], ...parts.map((value) => value.toFixed(1))];
  });
  console.log(`\n${table(["processor time per document, ms", "web", "postgres", "worker", "client"], used)}`);
  console.log(`\nAnalysed ${median(analysis).toFixed(1)} s after the last answer (median of ${analysis.length}).`);
  const costs = steps.map(({ step, milliseconds }) => [step, milliseconds.toFixed(2)]);
  console.log(`\n${table(["one document, one client: where the time goes", "ms"], costs)}`);
  for (const fault of faults) console.log(`FAULT ${fault}`);
  const medians = Object.fromEntries(Object.entries(rates).map(([way, all]) => [way, Number(median(all).toFixed(1))]));
  const ratio = Number(median(rates.app.map((rate, round) => rate / (rates.minimal[round] ?? base))).toFixed(3));
  console.log(
    `\n${JSON.stringify({ bench: "ingest", ...options, ...medians, ratio, rates, cpu, analysis, faults, steps })}`,
  );
}
