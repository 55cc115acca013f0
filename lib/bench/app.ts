import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";

/** The built app as a user starts it, with the embedded database in a folder of its own. */
export type App = {
  url: string;
  token: string;
  databaseUrl: string;
  /** The processes as they are now: a worker that ends is started again. */
  pids(): Pids;
  /** Resolves when the launcher has ended. */
  ended: Promise<void>;
  stop(): Promise<void>;
};

export type Pids = Record<"launcher" | "worker" | "web" | "postgres", number>;

const TOKEN = "bench-admin-token";
const KEPT_LINES = 40;

/** A new folder for a database that goes with `removeFolder`. */
export const makeFolder = (): string => mkdtempSync(path.join(os.tmpdir(), "tidemark-bench-"));

/** Removes the folder, and where the database really is. */
export function removeFolder(folder: string): void {
  const home = path.join(folder, "postgres");
  if (existsSync(home)) rmSync(realpathSync(home), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}

/** Builds if need be, starts, and waits until it is ready. Throws with what it said when it does not come up. */
export async function startApp(folder: string): Promise<App> {
  const port = await freePort();
  const child = spawn(process.execPath, ["lib/start/start.mjs"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      PORT: String(port),
      HOST: "127.0.0.1",
      TIDEMARK_DATA: folder,
      TIDEMARK_DEMO: "0",
      TIDEMARK_ADMIN_TOKEN: TOKEN,
      TIDEMARK_LOG: "warn",
      DATABASE_URL: "",
      npm_lifecycle_event: "",
    },
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await untilReady(child, ended);
  return {
    url: `http://127.0.0.1:${port}`,
    token: TOKEN,
    databaseUrl: databaseUrlOf(folder),
    pids: () => occupants(folder),
    ended,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function untilReady(child: ChildProcess, ended: Promise<void>): Promise<void> {
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    const listen = (data: Buffer) => {
      said.push(...data.toString().split("\n"));
      said.splice(0, said.length - KEPT_LINES);
      if (data.toString().includes("Tidemark is ready")) resolve();
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    ended.then(() => reject(new Error(`Tidemark did not start:\n${said.join("\n")}`)));
  });
}

const postgresOf = (folder: string, file: string): string =>
  readFileSync(path.join(folder, "postgres", file), "utf8").trim();

function databaseUrlOf(folder: string): string {
  const [, , , port] = postgresOf(folder, "data/postmaster.pid").split("\n");
  return `postgresql://tidemark:${postgresOf(folder, "password")}@127.0.0.1:${port}/tidemark`;
}

/** Who runs on the data folder, from the marks that launcher and server keep there. */
function occupants(folder: string): Pids {
  type Mark = { launcher: { pid: number }; children: { pid: number }[] };
  const { launcher, children } = JSON.parse(readFileSync(path.join(folder, "launcher.json"), "utf8")) as Mark;
  const [worker, web] = children;
  const [postgres] = postgresOf(folder, "data/postmaster.pid").split("\n");
  return { launcher: launcher.pid, worker: worker?.pid ?? 0, web: web?.pid ?? 0, postgres: Number(postgres) };
}

/** A port that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(address && typeof address === "object" ? address.port : 0));
    });
  });
}
