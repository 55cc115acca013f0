import pg from "pg";
import { seeded } from "@/lib/stats/random";
import { createProject, runsPath, untilAnalysed } from "./api";
import { type App, makeFolder, removeFolder, startApp } from "./app";
import { Checks } from "./checks";
import { makeDocuments, type Prepared } from "./documents";
import { load, type Reply, tally } from "./load";

export type CrashOptions = { documents: number; clients: number; rounds: number; seed: number };

const VICTIMS = ["web", "worker", "postgres", "all"] as const;
type Victim = (typeof VICTIMS)[number];

const PROJECT = "crash";
const RESULTS = 10;
/** Documents of a body that is an array; every fourth body is one. */
const ARRAY = 3;
/** A killed worker's jobs are set free after a quarter of a minute. */
const ANALYSED_WITHIN = 120;

/** One body, with the keys of its documents. */
type Body = Prepared & { keys: string[] };

/**
 * Kills web, worker, database or all of them by SIGKILL in the middle of a load, again and again, and starts Tidemark
 * anew. What was answered with 201 must be there whole, nothing by halves, sending all again must change nothing else,
 * and everything must get analysed. Who dies after how many answers depends on the seed alone. Gives the exit code.
 */
export async function benchCrash(options: CrashOptions): Promise<number> {
  const folder = makeFolder();
  const crash = new Crash(folder, options);
  try {
    await crash.begin();
    for (let round = 0; round < options.rounds; round++) await crash.round(round);
    await crash.finish();
  } finally {
    await crash.app?.stop();
    removeFolder(folder);
  }
  const { passed, faults } = crash.checks;
  console.log(`\n${passed} checks passed, ${faults.length} failed`);
  console.log(JSON.stringify({ bench: "crash", ...options, passed, failed: faults.length, faults }));
  return faults.length ? 1 : 0;
}

class Crash {
  readonly checks = new Checks();
  app: App | null = null;
  readonly #random: () => number;
  readonly #bodies: Body[];
  readonly #documents: Map<string, string>;
  readonly #sent: Body[] = [];

  constructor(
    private readonly folder: string,
    private readonly options: CrashOptions,
  ) {
    this.#random = seeded(options.seed);
    const documents = makeDocuments(PROJECT, options.documents, RESULTS);
    this.#documents = new Map(documents.map(({ key, body }) => [key, body.toString()]));
    this.#bodies = inBodies(documents);
  }

  async begin(): Promise<void> {
    this.app = await startApp(this.folder);
    await createProject(this.app, PROJECT);
  }

  /** A part of the load, with a death in its middle; then all of the part again. */
  async round(round: number): Promise<void> {
    const { rounds } = this.options;
    const first = Math.floor((round * this.#bodies.length) / rounds);
    const bodies = this.#bodies.slice(first, Math.floor(((round + 1) * this.#bodies.length) / rounds));
    const victim = this.#victim(round);
    const after = 1 + Math.floor(this.#random() * (bodies.length - 1));
    const replies = await this.#loadAndKill(bodies, victim, after);
    await (victim === "worker" ? this.#untilWorker() : this.#restart());
    const acknowledged = new Set(replies.filter(({ status }) => status === 201).map(({ key }) => key));
    this.#sent.push(...bodies);
    const name = `round ${round + 1}, ${victim} killed after ${after} of ${bodies.length} bodies`;
    console.log(`${name}: ${JSON.stringify(tally(replies))}`);
    const stored = await this.#check(
      name,
      bodies.filter(({ key }) => acknowledged.has(key)),
    );
    const again = await load(this.#target(), bodies, this.options.clients);
    const wrong = again.filter(({ key, status }) => status !== (stored.has(key) ? 200 : 201));
    this.checks.equal(`${name}: sent again, what is there is 200 and all else 201`, wrong, []);
  }

  /** Every kind of death once before one comes twice, in an order of the seed. */
  #victim(round: number): Victim {
    if (round % VICTIMS.length === 0) this.#order = shuffled(VICTIMS, this.#random);
    return this.#order[round % VICTIMS.length] ?? "all";
  }
  #order: Victim[] = [];

  async #loadAndKill(bodies: Body[], victim: Victim, after: number): Promise<Reply[]> {
    let answers = 0;
    return load(this.#target(), bodies, this.options.clients, ({ status }) => {
      if (status === null || status >= 500) return victim === "worker"; // it is dead: no more of this part
      answers++;
      if (answers === after) this.#kill(victim);
      return true;
    });
  }

  #kill(victim: Victim): void {
    const pids = this.#running().pids();
    const doomed = victim === "all" ? [pids.launcher, pids.web, pids.worker, pids.postgres] : [pids[victim]];
    for (const pid of doomed) if (pid > 0) killNow(pid);
  }

  /** Until the launcher has started another worker. */
  async #untilWorker(): Promise<void> {
    const { worker } = this.#running().pids();
    while (this.#running().pids().worker === worker && !isRunning(worker))
      await new Promise((resolve) => setTimeout(resolve, 100));
  }

  async #restart(): Promise<void> {
    await this.#running().ended;
    this.app = await startApp(this.folder);
  }

  /** Gives the keys of the bodies that are stored. */
  async #check(name: string, acknowledged: Body[]): Promise<Set<string>> {
    const rows = await this.#query<{ key: string; document: string; results: number; points: number }>(
      `select key, document,
              (select count(*)::int from results where project_id = r.project_id and run_id = r.id) as results,
              (select count(*)::int from points where project_id = r.project_id and run_id = r.id) as points
         from runs r`,
    );
    const stored = new Map(rows.map((row) => [row.key, row]));
    const lost = acknowledged.flatMap(({ keys }) => keys).filter((key) => !stored.has(key));
    this.checks.equal(`${name}: what was answered with 201 is there`, lost, []);
    const halves = rows.filter(
      ({ key, document, results, points }) =>
        document !== this.#documents.get(key) || results !== RESULTS || points !== 3 * RESULTS,
    );
    this.checks.equal(`${name}: every run is whole`, keysOf(halves), []);
    const torn = this.#sent.filter(({ keys }) => new Set(keys.map((key) => stored.has(key))).size > 1);
    this.checks.equal(`${name}: every body is stored whole or not at all`, keysOf(torn), []);
    const orphans = await this.#query(
      `select 'point' as of from points p where not exists (select from runs where project_id = p.project_id and id = p.run_id)
        union all select 'result' from results p where not exists (select from runs where project_id = p.project_id and id = p.run_id)`,
    );
    this.checks.equal(`${name}: no point or result without its run`, orphans, []);
    return new Set(this.#sent.filter(({ keys }) => keys.every((key) => stored.has(key))).map(({ key }) => key));
  }

  /** Everything is analysed; all of it once more changes nothing. */
  async finish(): Promise<void> {
    await untilAnalysed(this.#running(), PROJECT, ANALYSED_WITHIN);
    const [analysed] = await this.#query<{ lines: number; points: number }>(
      "select sum(points)::int as points, count(*)::int as lines from lines",
    );
    const points = this.options.documents * RESULTS * 3;
    this.checks.equal("every point is on an analysed line", analysed, { points, lines: RESULTS * 3 });
    const before = await this.#count();
    const replies = await load(this.#target(), this.#bodies, this.options.clients);
    this.checks.equal("all once more: each is 200", tally(replies), { 200: this.#bodies.length });
    this.checks.equal("all once more: no row in any table is new", await this.#count(), before);
  }

  async #count(): Promise<Record<string, number>> {
    const tables = await this.#query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public' order by 1",
    );
    const counts: Record<string, number> = {};
    for (const { name } of tables) {
      const [found] = await this.#query<{ count: number }>(`select count(*)::int as count from "${name}"`);
      counts[name] = found?.count ?? 0;
    }
    return counts;
  }

  async #query<Row extends object>(text: string): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.#running().databaseUrl });
    await client.connect();
    try {
      return (await client.query(text)).rows as Row[];
    } finally {
      await client.end();
    }
  }

  #running(): App {
    if (!this.app) throw new Error("Tidemark was not started.");
    return this.app;
  }

  #target() {
    const { url, token } = this.#running();
    return { url, token, path: runsPath(PROJECT) };
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function killNow(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error; // it has ended with the one before
  }
}

const keysOf = (all: { key: string }[]) => all.map(({ key }) => key);

/** Single documents and arrays of them. */
function inBodies(documents: Prepared[]): Body[] {
  const bodies: Body[] = [];
  for (let at = 0; at < documents.length; ) {
    const part = documents.slice(at, at + (bodies.length % 4 === 3 ? ARRAY : 1));
    const [first] = part;
    if (!first) break;
    const body = part.length === 1 ? first.body : Buffer.from(`[${part.map((one) => one.body.toString()).join()}]`);
    bodies.push({ key: first.key, keys: keysOf(part), body });
    at += part.length;
  }
  return bodies;
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const order = [...items].map((item) => ({ item, place: random() }));
  return order.sort((a, b) => a.place - b.place).map(({ item }) => item);
}
