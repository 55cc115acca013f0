import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { CannotStart, reason } from "./fault";
import { postgresBinaries } from "./postgresBinaries";
import { type PreparedFolder, preparePostgresFolder } from "./postgresFolder";
import { end, identify, programOf, until } from "./processes";

const MB = 1024 * 1024;
const LARGEST_LOG = 16 * MB;
/** Faults that pass: another program took the port meanwhile; processes of a killed server are still ending. */
const PASSING = /could not bind|shared memory block .* still in use/;
const ATTEMPTS = 20;
const ATTEMPT_EVERY = 250;
/** Recovery after a crash replays what was written since the last checkpoint: seconds, on a slow disk minutes. */
const READY_WITHIN = 10 * 60_000;

export type EmbeddedPostgres = {
  /** Connection string of the database `tidemark`. */
  url: string;
  /** Where the server keeps database, password and log. */
  home: string;
  pid: number;
  /** Resolves when the server has ended, for whatever reason. */
  ended: Promise<void>;
  /** Ends open sessions and the server, cleanly. */
  stop(): Promise<void>;
};

/** `fast` gives up safety in a crash (fsync off): for tests only. */
export type PostgresOptions = { folder: string; fast?: boolean; detached?: boolean; settings?: Record<string, string> };

/**
 * Starts the PostgreSQL server of the npm package on 127.0.0.1, on a free port, with its database in `folder`/postgres.
 * A server left over on the same database is ended first. Throws CannotStart, whose text names the way out.
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const fast = options.fast ?? false;
  const folder = preparePostgresFolder(path.resolve(options.folder), postgresBinaries, fast);
  await endLeftOver(folder.data);
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const server = launch(folder, port, { ...settings(fast), ...options.settings }, options.detached ?? false);
    const failure = await untilReady(server, url(folder, port, "postgres"));
    if (failure === null) return running(server, folder, port);
    if (attempt === ATTEMPTS || !PASSING.test(failure)) throw new CannotStart(failure);
    await new Promise((resolve) => setTimeout(resolve, ATTEMPT_EVERY));
  }
}

const url = (folder: PreparedFolder, port: number, database: string) =>
  `postgresql://tidemark:${folder.password}@127.0.0.1:${port}/${database}`;

async function running(server: Server, folder: PreparedFolder, port: number): Promise<EmbeddedPostgres> {
  await createDatabase(url(folder, port, "postgres"));
  return {
    url: url(folder, port, "tidemark"),
    home: folder.home,
    pid: server.pid,
    ended: server.ended,
    stop: () => stop(server),
  };
}

/** A server that lost its launcher still holds the database: end it, and clear the mark of one that crashed. */
async function endLeftOver(data: string): Promise<void> {
  const mark = path.join(data, "postmaster.pid");
  if (!existsSync(mark)) return;
  const pid = Number(readFileSync(mark, "utf8").split("\n")[0]);
  const id = pid > 0 ? identify(pid) : null;
  if (id && /^postgres/i.test(programOf(pid) ?? "")) {
    await end(id, 8_000, "SIGINT");
    await until(() => !existsSync(mark), 2_000);
    if (identify(pid)?.started === id.started)
      throw new CannotStart(`Another PostgreSQL (process ${pid}) runs on ${data} and does not end: stop it first.`);
  }
  rmSync(mark, { force: true }); // its number may belong to any other program by now
}

/** A port that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

/** Memory that this process may use, in MB: that of the machine, or of the container where it is smaller. */
function memory(): number {
  const limit = process.constrainedMemory?.() ?? 0;
  return Math.floor((limit > 0 ? Math.min(limit, os.totalmem()) : os.totalmem()) / MB);
}

function settings(fast: boolean): Record<string, string> {
  const common = { log_timezone: "UTC", timezone: "UTC", unix_socket_directories: "", listen_addresses: "127.0.0.1" };
  if (fast)
    return { ...common, fsync: "off", synchronous_commit: "off", full_page_writes: "off", shared_buffers: "128MB" };
  const buffers = Math.max(32, Math.min(2048, Math.floor(memory() / 4)));
  return { ...common, shared_buffers: `${buffers}MB`, max_wal_size: "2GB" };
}

type Server = { child: ChildProcess; pid: number; ended: Promise<void>; log: string; logFrom: number };

function launch(folder: PreparedFolder, port: number, set: Record<string, string>, detached: boolean): Server {
  const log = path.join(folder.home, "log");
  if (existsSync(log) && statSync(log).size > LARGEST_LOG) rmSync(log);
  const output = openSync(log, "a");
  const logFrom = statSync(log).size;
  const args = ["-D", folder.data, "-p", String(port)];
  for (const [name, value] of Object.entries(set)) args.push("-c", `${name}=${value}`);
  const child = spawn(path.join(folder.binaries, "bin", "postgres"), args, {
    cwd: folder.data,
    stdio: ["ignore", output, output],
    env: { ...process.env, LC_ALL: "C", PGDATA: undefined },
    detached, // a Ctrl-C in the terminal reaches the launcher alone, which ends the database last
    ...folder.user,
  });
  closeSync(output);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  return { child, pid: child.pid ?? 0, ended, log, logFrom };
}

/** null as soon as the server takes connections; otherwise a sentence that says why it does not. */
async function untilReady(server: Server, database: string): Promise<string | null> {
  let gone = false;
  server.ended.then(() => {
    gone = true;
  });
  let last = "";
  const end = Date.now() + READY_WITHIN;
  while (!gone && Date.now() < end) {
    const client = new pg.Client({ connectionString: database, connectionTimeoutMillis: 5_000 });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.end();
      return null;
    } catch (error) {
      last = reason(error);
      if ((error as { code?: string }).code === "28P01") break; // another password than the one we keep
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  if (!gone) await stop(server);
  return `PostgreSQL does not start (${lastWords(server) ?? last}); its log is ${server.log}. Mend that, or set DATABASE_URL to a server of your own.`;
}

function lastWords(server: Server): string | null {
  const text = readFileSync(server.log, "utf8").slice(server.logFrom);
  const lines = text.split("\n").filter((line) => /FATAL|PANIC|could not|error/i.test(line));
  return lines[0]?.replace(/^.*?(FATAL|PANIC|LOG|ERROR):\s*/, "") ?? null;
}

async function createDatabase(server: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = 'tidemark'");
    if (rowCount === 0) await client.query("CREATE DATABASE tidemark");
  } finally {
    await client.end();
  }
}

/** SIGINT: SIGTERM would wait for open sessions. Windows knows no such signals; the next start recovers there. */
async function stop(server: Server): Promise<void> {
  const id = identify(server.pid);
  if (id) await end(id, 8_000, "SIGINT");
  await server.ended;
}
