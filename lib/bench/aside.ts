import { spawn } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { freePort } from "./app";

/** Inside the checkout, since Next looks for its packages upwards from there; git does not see it. */
const HOME = ".bench";
const NEXT = path.resolve("node_modules/next/dist/bin/next");

const CONFIG = `export default {
  outputFileTracingRoot: ${JSON.stringify(process.cwd())},
  turbopack: { root: ${JSON.stringify(process.cwd())} },
  serverExternalPackages: ["pg"],
};
`;

/** A small Next app that stands beside ours to be measured, and is no part of it. */
export type Aside = { url: string; pid: number; stop(): Promise<void> };

/** Makes and builds it: `files` by their place below `app/`, each a file to copy or its text. Throws with what Next said. */
export async function buildAside(
  name: string,
  files: Record<string, { copy: string } | { text: string }>,
): Promise<void> {
  const folder = path.join(HOME, name);
  rmSync(folder, { recursive: true, force: true });
  for (const [place, file] of Object.entries(files)) {
    const target = path.join(folder, "app", place);
    mkdirSync(path.dirname(target), { recursive: true });
    if ("copy" in file) cpSync(file.copy, target);
    else writeFileSync(target, file.text);
  }
  writeFileSync(path.join(folder, "next.config.mjs"), CONFIG);
  writeFileSync(path.join(folder, "package.json"), '{"private": true, "type": "module"}\n');
  const { ended, said } = run(folder, ["build"], {});
  if ((await ended) !== 0) throw new Error(`The app beside ours, ${name}, cannot be built:\n${said()}`);
}

/** Starts what `buildAside` made, on a free port, and waits until it answers. */
export async function startAside(name: string, env: Record<string, string>): Promise<Aside> {
  const port = await freePort();
  const { child, ended, said } = run(path.join(HOME, name), ["start", "-p", String(port), "-H", "127.0.0.1"], env);
  const url = `http://127.0.0.1:${port}`;
  let isGone = false;
  ended.then(() => {
    isGone = true;
  });
  for (;;) {
    if (isGone) throw new Error(`The app beside ours, ${name}, has ended:\n${said()}`);
    const answers = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answers) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function run(cwd: string, args: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [NEXT, ...args], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", ...env },
  });
  const lines: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => lines.push(data));
  const ended = new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
  return { child, ended, said: () => Buffer.concat(lines).toString() };
}
