import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach } from "vitest";
import { main } from "../main";
import { createRepository } from "./repository";
import { type Reply, type Seen, startServer } from "./server";

const SCRIPT = fileURLToPath(new URL("../tidemark.mjs", import.meta.url));

/** How a command ended, and what it printed on stdout and stderr. */
export type Ended = { exit: number | null; out: string; err: string };
export type Given = { input?: string | Buffer; cwd?: string; env?: Record<string, string> };

let folder = "";
const open: (() => unknown)[] = [];

/** Gives each test of the file a folder of its own, and ends after it what it opened. Call it once, at the top. */
export function testFolder(): void {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tidemark-cli-"));
  });
  afterEach(async () => {
    for (const close of open.splice(0)) await close();
    rmSync(folder, { recursive: true, force: true });
  });
}

/** Runs a command in this process, in `cwd`, without the variables of this CI. */
export async function tidemark(
  args: readonly string[],
  { input = "", cwd = folder, env = {} }: Given = {},
): Promise<Ended> {
  const lines = { out: "", err: "" };
  const io = {
    env: { TIDEMARK_PROJECT: "p", ...env },
    input: Readable.from([Buffer.from(input)]),
    print: (line: string) => {
      lines.out += `${line}\n`;
    },
    tell: (line: string) => {
      lines.err += `${line}\n`;
    },
    isTerminal: false,
  };
  const before = process.cwd();
  process.chdir(cwd);
  try {
    return { exit: await main(args, io), ...lines };
  } finally {
    process.chdir(before);
  }
}

/** Runs the real command line as a process of its own, far from the checkout. */
export function spawnTidemark(args: readonly string[], { input = "", env = {} }: Given = {}): Promise<Ended> {
  const plain = { PATH: process.env.PATH, HOME: folder, NODE_ENV: process.env.NODE_ENV, TIDEMARK_PROJECT: "p" };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [SCRIPT, ...args], { cwd: folder, env: { ...plain, ...env } });
    const ended = { out: "", err: "" };
    child.stdout.on("data", (chunk) => {
      ended.out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      ended.err += chunk;
    });
    child.on("close", (exit) => resolve({ exit, ...ended }));
    child.stdin.end(input);
  });
}

/** A server that answers by `reply`; ended after the test. */
export async function serve(reply: (seen: Seen, index: number) => Reply) {
  const server = await startServer(reply);
  open.push(server.stop);
  return server;
}

/** A checkout; removed after the test. */
export function openRepository() {
  const repository = createRepository();
  open.push(repository.remove);
  return repository;
}

/** A document of one run without results. */
export const document = (key: string) => ({
  run: { key },
  commit: { sha: "abcdef1" },
  environment: { name: "e" },
  results: [],
});

/** Writes a file into the test's folder; gives its path. */
export function file(name: string, content: unknown): string {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, typeof content === "string" || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return path;
}

/** The folder of the running test. */
export const ownFolder = () => folder;
