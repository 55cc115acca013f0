import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CannotStart } from "./fault";
import { during } from "./progress.mjs";

const CLIENT = "lib/db/generated";
const CLIENT_STAMP = path.join(CLIENT, "made-from");
const BUILD_STAMP = ".next/standalone/made-from";
export const SERVER = ".next/standalone/server.js";

/** What the build is made from; tests, launcher, benchmarks and command line are not part of it. */
const SOURCES = ["app", "components", "lib", "ingest", "public", "prisma/schema.prisma"];
const FILES = ["package-lock.json", "package.json", "next.config.mjs", "postcss.config.mjs", "tsconfig.json"];
const OUTSIDE = /(^|\/)(start|bench|cli|testing|generated)\/|\.test\.tsx?$|(^|\/)\./;

/** Makes Prisma's client and Next's server, if their sources are other ones than at the last time. Throws CannotStart. */
export async function build(): Promise<void> {
  await generateClient();
  await buildPages();
}

/** Makes Prisma's client from schema.prisma. */
export async function generateClient(): Promise<void> {
  const hash = hashOf(["prisma/schema.prisma", "package-lock.json"]);
  if (isStamped(CLIENT_STAMP, hash)) return;
  await during("Database client", async () => {
    // The command looks for an engine that this does not need, on the network; any file in its place keeps it quiet.
    const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" };
    await run(["node_modules/prisma/build/index.js", "generate"], env, "The database client cannot be made");
    writeFileSync(CLIENT_STAMP, hash);
    return "generated";
  });
}

async function buildPages(): Promise<void> {
  const hash = hashOf([...FILES, ...SOURCES.flatMap(listFiles)]);
  if (existsSync(SERVER) && isStamped(BUILD_STAMP, hash)) return;
  await during("Pages", async () => {
    rmSync(BUILD_STAMP, { force: true });
    const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" as const };
    await run(["node_modules/next/dist/bin/next", "build"], env, "The pages cannot be built");
    copy(".next/static", ".next/standalone/.next/static");
    copy("public", ".next/standalone/public");
    writeFileSync(BUILD_STAMP, hash);
    return "built";
  });
}

const isStamped = (file: string, hash: string) => existsSync(file) && readFileSync(file, "utf8") === hash;

function copy(from: string, to: string): void {
  if (!existsSync(from)) return;
  rmSync(to, { recursive: true, force: true });
  mkdirSync(path.dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true });
}

function listFiles(root: string): string[] {
  if (!existsSync(root)) return [];
  if (path.extname(root)) return [root];
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return files.filter((file) => !OUTSIDE.test(file.split(path.sep).join("/"))).sort();
}

function hashOf(files: string[]): string {
  const hash = createHash("sha256");
  for (const file of files) if (existsSync(file)) hash.update(`${file}\0`).update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

/** Runs a Node program to its end. The last lines of one that fails are printed before the sentence that says so. */
async function run(args: string[], env: NodeJS.ProcessEnv, failure: string): Promise<void> {
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const stop = () => child.kill("SIGTERM");
  process.once("exit", stop);
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => said.push(data));
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(1));
    child.once("close", resolve);
  });
  process.off("exit", stop);
  if (code === 0) return;
  console.error(Buffer.concat(said).toString().trimEnd().split("\n").slice(-40).join("\n"));
  throw new CannotStart(`${failure}: mend what the lines above name, then start again.`);
}
