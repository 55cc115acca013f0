import { spawn } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { freePort } from "./app";
import { UNNEST } from "./bare";

/** Inside the checkout, since Next looks for its packages upwards from there; git does not see it. */
const FOLDER = ".bench/minimal";
const NEXT = path.resolve("node_modules/next/dist/bin/next");

const LAYOUT = "export default ({ children }) => children;\n";
const CONFIG = `export default {
  outputFileTracingRoot: ${JSON.stringify(process.cwd())},
  turbopack: { root: ${JSON.stringify(process.cwd())} },
  serverExternalPackages: ["pg"],
};
`;

export type Minimal = { url: string; path: string; pid: number; stop(): Promise<void> };

/** Makes and builds a Next app of one route. */
export async function buildMinimal(): Promise<void> {
  rmSync(FOLDER, { recursive: true, force: true });
  const routes = path.join(FOLDER, "app", "runs");
  mkdirSync(routes, { recursive: true });
  copyFileSync("lib/bench/minimal/route.js", path.join(routes, "route.js"));
  writeFileSync(path.join(routes, "statements.mjs"), `export const UNNEST = ${JSON.stringify(UNNEST)};\n`);
  writeFileSync(path.join(FOLDER, "app", "layout.js"), LAYOUT);
  writeFileSync(path.join(FOLDER, "next.config.mjs"), CONFIG);
  writeFileSync(path.join(FOLDER, "package.json"), '{"private": true, "type": "module"}\n');
  const { ended, said } = run(["build"], {});
  if ((await ended) !== 0) throw new Error(`The minimal app cannot be built:\n${said()}`);
}

/** Starts it on a free port, with that database. */
export async function startMinimal(databaseUrl: string): Promise<Minimal> {
  const port = await freePort();
  const { child, ended, said } = run(["start", "-p", String(port), "-H", "127.0.0.1"], { DATABASE_URL: databaseUrl });
  const url = `http://127.0.0.1:${port}`;
  let isGone = false;
  ended.then(() => {
    isGone = true;
  });
  for (;;) {
    if (isGone) throw new Error(`The minimal app has ended:\n${said()}`);
    const answers = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answers) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    path: "/runs",
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function run(args: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [NEXT, ...args], {
    cwd: FOLDER,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", ...env },
  });
  const lines: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => lines.push(data));
  const ended = new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
  return { child, ended, said: () => Buffer.concat(lines).toString() };
}
