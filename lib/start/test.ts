import { spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findBrowser, installBrowser } from "./browser";
import { build, generateClient } from "./build";
import { CannotStart, reason } from "./fault";
import { step } from "./progress.mjs";
import { checkSpecimens } from "./specimens";
import { add, type Counts, countPlaywright, countVitest, NONE, readReport } from "./testReports";

const RESULTS = "test-results";

/** What a part says at its end: a few words for its line, and counts where it runs tests. Throws when it fails. */
type Outcome = { words: string; counts?: Counts };
type Part = { name: string; run(filters: string[], shown: boolean): Promise<Outcome> };

/** A part that failed, with what its tool said and what it counted. */
class PartFailed extends Error {
  constructor(
    message: string,
    readonly counts: Counts = NONE,
  ) {
    super(message);
  }
}

const bin = (name: string) => path.join("node_modules", name);

/** Runs a Node tool. Its output is shown as it comes, or given back. */
async function tool(
  args: string[],
  shown: boolean,
  env: Record<string, string> = {},
): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", shown ? "inherit" : "pipe", shown ? "inherit" : "pipe"],
    env: { ...process.env, ...(shown ? {} : { NO_COLOR: "1" }), ...env },
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data: Buffer) => said.push(data));
  const code = await new Promise<number>((resolve) => {
    child.once("error", () => resolve(1));
    child.once("close", (status) => resolve(status ?? 1));
  });
  return { code, said: Buffer.concat(said).toString() };
}

async function mustPass(args: string[], shown: boolean): Promise<void> {
  const { code, said } = await tool(args, shown);
  if (code !== 0) throw new PartFailed(said);
}

async function types(): Promise<Outcome> {
  await mustPass([bin("next/dist/bin/next"), "typegen"], false);
  await mustPass([bin("typescript/bin/tsc"), "--noEmit", "-p", "."], false);
  return { words: "no fault" };
}

async function lint(filters: string[], shown: boolean): Promise<Outcome> {
  const plain = shown ? [] : ["--colors=off"];
  await mustPass([bin("@biomejs/biome/bin/biome"), "ci", "--error-on-warnings", ...plain, ...filters], shown);
  if (filters.length > 0) return { words: filters.join(" ") };
  const specimens = checkSpecimens();
  await mustPass([bin("knip/bin/knip.js")], shown);
  return { words: `style, layers, cycles, unused code; ${specimens} specimens judged right` };
}

function vitest(project: string) {
  return async (filters: string[], shown: boolean): Promise<Outcome> => {
    const file = path.join(RESULTS, `${project}.json`);
    rmSync(file, { force: true });
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const args = [bin("vitest/vitest.mjs"), "run", "--project", project, ...reporters, ...filters];
    const { code, said } = await tool(args, shown, { NODE_ENV: "test", DATABASE_URL: "" });
    const report = readReport<Parameters<typeof countVitest>[0]>(file);
    return judge(code, said, report && countVitest(report));
  };
}

async function e2e(filters: string[], shown: boolean): Promise<Outcome> {
  const file = path.resolve(RESULTS, "e2e.json");
  rmSync(file, { force: true });
  const env = { PLAYWRIGHT_CHROMIUM: findBrowser() ?? installBrowser(), PLAYWRIGHT_JSON_OUTPUT_NAME: file };
  const { code, said } = await tool([bin("@playwright/test/cli.js"), "test", ...filters], shown, env);
  const report = readReport<Parameters<typeof countPlaywright>[0]>(file);
  return judge(code, said, report && countPlaywright(report));
}

/** A seed that kills each of web, worker, database and all once. Others: `npm run bench -- crash --seed 2`. */
const CRASH = ["lib/bench/bench.mjs", "crash", "--documents", "80", "--rounds", "4", "--seed", "1"];

async function crash(): Promise<Outcome> {
  const { code, said } = await tool(CRASH, false);
  const last = said.trimEnd().split("\n").at(-1) ?? "";
  const counts = last.startsWith("{") ? { ...NONE, ...pickCounts(JSON.parse(last)) } : null;
  return judge(code, said, counts);
}

const pickCounts = ({ passed, failed }: Counts) => ({ passed, failed });

function judge(code: number, said: string, counts: Counts | null): Outcome {
  if (!counts) throw new PartFailed(said, { ...NONE, failed: 1 });
  if (code !== 0) throw new PartFailed(said, { ...counts, failed: Math.max(1, counts.failed) });
  return { words: inWords(counts), counts };
}

const inWords = ({ passed, failed, skipped }: Counts) =>
  [`${passed} passed`, failed && `${failed} failed`, skipped && `${skipped} left out`].filter(Boolean).join(", ");

const PARTS: Part[] = [
  { name: "types", run: types },
  { name: "lint", run: lint },
  { name: "unit", run: vitest("unit") },
  { name: "integration", run: vitest("integration") },
  { name: "build", run: () => build().then(() => ({ words: "up to date" })) },
  { name: "crash", run: crash },
  { name: "e2e", run: e2e },
];

type Line = { name: string; passed: boolean; words: string; seconds: number; counts: Counts };

async function runPart(part: Part, filters: string[], shown: boolean): Promise<Line> {
  const since = Date.now();
  const current = step(part.name);
  if (shown) current.silent();
  const line = (passed: boolean, words: string, counts: Counts): Line => {
    if (shown) console.log(`${passed ? "✓" : "✗"} ${part.name}: ${words}`);
    else {
      current.progress(words);
      if (passed) current.done();
      else current.failed();
    }
    return { name: part.name, passed, words, seconds: (Date.now() - since) / 1000, counts };
  };
  try {
    const { words, counts = NONE } = await part.run(filters, shown);
    return line(true, words, counts);
  } catch (error) {
    // A part without tests of its own (types, lint, build) counts as one failure, so that the totals tell of it.
    const counts = error instanceof PartFailed && error.counts.failed > 0 ? error.counts : { ...NONE, failed: 1 };
    const result = line(
      false,
      error instanceof PartFailed && error.counts.failed > 0 ? inWords(counts) : "failed",
      counts,
    );
    console.log(error instanceof PartFailed || error instanceof CannotStart ? error.message : reason(error));
    return result;
  }
}

/** Splits `unit lib/shift` into the parts that are asked for (all, if none is) and what is handed to them. */
export function readArguments(args: string[]): { parts: string[]; filters: string[] } {
  const names = PARTS.map(({ name }) => name);
  const count = args.findIndex((arg) => !names.includes(arg));
  const parts = count < 0 ? args : args.slice(0, count);
  const filters = count < 0 ? [] : args.slice(count);
  if (parts.length === 0 && filters.length > 0)
    throw new CannotStart(`'${filters[0]}' is no part of the tests: begin with one or more of ${names.join(", ")}.`);
  return { parts: parts.length > 0 ? parts : names, filters };
}

/** Runs the parts of the tests one after another, whatever fails. Gives the exit code. */
export async function main(args: string[]): Promise<number> {
  const since = Date.now();
  try {
    const { parts, filters } = readArguments(args);
    mkdirSync(RESULTS, { recursive: true });
    await generateClient();
    const lines: Line[] = [];
    for (const part of PARTS.filter(({ name }) => parts.includes(name)))
      lines.push(await runPart(part, filters, parts.length === 1));
    return summarise(lines, (Date.now() - since) / 1000);
  } catch (error) {
    console.error(error instanceof CannotStart ? error.message : error);
    return 1;
  }
}

function summarise(lines: Line[], seconds: number): number {
  const counts = lines.map((line) => line.counts).reduce(add, NONE);
  console.log("\nWhat ran:");
  for (const { name, passed, words, seconds: took } of lines)
    console.log(`  ${passed ? "✓" : "✗"} ${name.padEnd(12)} ${took.toFixed(1).padStart(7)} s  ${words}`);
  console.log(`  in all       ${seconds.toFixed(1).padStart(9)} s`);
  if (counts.skipped > 0) console.log(`  ${counts.skipped} left out`);
  const total = `${counts.passed} passed, ${counts.failed} failed`;
  writeFileSync(path.join(RESULTS, "totals"), `${total}\n`);
  console.log(`\n${total}`);
  return lines.every(({ passed }) => passed) ? 0 : 1;
}
