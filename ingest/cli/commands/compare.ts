import { compareFile, InvalidFamily, summarise } from "@/lib/compare";
import {
  type ComparisonCounts,
  comparisonHeadline,
  comparisonMarkdown,
  overallText,
  ROW_HEADS,
  rowCells,
  type ToldRow,
} from "@/lib/format/comparison";
import { baselineOf } from "@/lib/urls/compare";
import { EXIT, type Exit, ServerFailed, WrongUse } from "../exit";
import { isRecord } from "../http/problem";
import type { ServerOptions } from "../http/settings";
import { createTalk, type Io, type TalkOptions } from "../io";
import { readJsonFile } from "../read/json";
import { withSession } from "../session";

export type CompareOptions = ServerOptions &
  TalkOptions & {
    baseline?: string;
    contender?: string;
    environment?: string;
    metric?: string;
    workload?: string;
    markdown?: boolean;
    /** Of a file: the table for people instead of JSON. */
    table?: boolean;
    /** Of a file: runs a side before the first verdict. */
    plannedRuns?: string;
  };

/** Compares what is in a file, or two sides on the server: the file when one is named. */
export async function compare(path: string | undefined, options: CompareOptions, io: Io): Promise<Exit> {
  const { baseline, contender } = options;
  if (path !== undefined) {
    if (baseline ?? contender) throw new WrongUse("Give a file, or --baseline and --contender; not both.");
    return compareInFile(path, options, io);
  }
  const against = baselineOf(baseline ?? null, contender ?? null);
  if (!against || !contender)
    throw new WrongUse(
      "What is compared? Give a file, or --baseline and --contender as release:TAG, commit:SHA, branch:NAME, run:KEY, pr:N, experiment:NAME/VARIANT or env:NAME.",
    );
  if (options.plannedRuns !== undefined)
    throw new WrongUse(
      "--planned-runs is for files. On the server an experiment states its plan: POST .../experiments.",
    );
  return compareOnServer({ ...options, baseline: against, contender }, io);
}

/**
 * One family answers a question, and the exit code tells it. Several are a calculation: done is done. An answer in which no
 * row could be judged tells nothing.
 */
async function compareInFile(path: string, options: CompareOptions, io: Io): Promise<Exit> {
  const value = await readJsonFile(path, io.input);
  const rows = readFile(path, value, readPlan(options.plannedRuns));
  const isOne = rows.every(({ family }) => family === undefined);
  const summary = summarise(rows);
  const notes = isOne ? [] : ["Several families: the counts are over all of them."];
  const told = { baseline: "baseline", contender: "contender", counts: summary, rows, notes };
  if (options.markdown) io.print(markdownOf(told).trimEnd());
  else if (options.table) for (const line of tableOf(told)) io.print(line);
  else io.print(JSON.stringify(rows));
  createTalk(io, options)(comparisonHeadline(summary));
  if (!isOne) return EXIT.done;
  if (summary.regressions > 0) return EXIT.no;
  return summary.total === summary.inconclusive ? EXIT.cannotTell : EXIT.done;
}

function readPlan(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new WrongUse("--planned-runs takes a whole number of runs a side, from 1.");
}

function readFile(path: string, value: unknown, plannedRuns: number | undefined) {
  try {
    return compareFile(value, plannedRuns === undefined ? {} : { plannedRuns });
  } catch (error) {
    if (error instanceof InvalidFamily) throw new WrongUse(`${path}: ${error.message}`);
    throw error;
  }
}

type Answer = {
  baseline: { label: string; sha: string | null; runs: number };
  contender: { label: string; sha: string | null; runs: number };
  summary: ComparisonCounts & { metrics: Parameters<typeof overallText>[0][] };
  gate: { answer: "pass" | "fail" | "cannot tell"; reasons: string[] };
  warnings: { text: string }[];
  note: string | null;
  next: string | null;
  rows: ToldRow[];
};

/** Rows of one request. */
const PART = 1000;

async function compareOnServer(
  options: CompareOptions & { baseline: string; contender: string },
  io: Io,
): Promise<Exit> {
  const tell = createTalk(io, options);
  const answer = await withSession(options, io, tell, async ({ client, path }) => {
    const read = async (cursor: string | null) =>
      readAnswer(await client.call({ method: "GET", path: path(`compare?${queryOf(options, cursor)}`) }));
    const first = await read(null);
    const rows = [...first.rows];
    for (let { next } = first; next !== null; ) {
      const part = await read(next);
      rows.push(...part.rows);
      next = part.next;
    }
    return { ...first, rows, next: null };
  });
  if (options.json) io.print(JSON.stringify(answer));
  else if (options.markdown) io.print(markdownOf(toldOf(answer)).trimEnd());
  else for (const line of tableOf(toldOf(answer))) io.print(line);
  for (const reason of answer.gate.reasons) tell(`${answer.gate.answer}: ${reason}`);
  return { pass: EXIT.done, fail: EXIT.no, "cannot tell": EXIT.cannotTell }[answer.gate.answer];
}

function queryOf(options: CompareOptions, cursor: string | null): string {
  const { baseline = "", contender = "", environment, metric, workload } = options;
  const given = Object.entries({ baseline, contender, environment, metric, workload, cursor }).flatMap(
    ([key, value]) => (value ? [[key, value]] : []),
  );
  return new URLSearchParams([...given, ["limit", String(PART)]] as [string, string][]).toString();
}

/** The parts that are relied on; a server of another version may lack them. */
function readAnswer(value: unknown): Answer {
  if (isRecord(value) && Array.isArray(value.rows) && isRecord(value.gate) && isRecord(value.summary))
    return value as Answer;
  throw new ServerFailed("The server's answer holds no comparison. Is it of the same version?");
}

const sideWords = ({ label, sha, runs }: Answer["baseline"]) =>
  `${label}${sha && !sha.startsWith(label) ? ` (${sha.slice(0, 7)})` : ""}, ${runs} run${runs === 1 ? "" : "s"}`;

function toldOf({ baseline, contender, summary, warnings, note, rows }: Answer) {
  const notes = [...(note === null ? [] : [note]), ...warnings.map(({ text }) => text)];
  return { baseline: sideWords(baseline), contender: sideWords(contender), counts: summary, rows, notes };
}

type Told = Omit<Parameters<typeof comparisonMarkdown>[0], "overall" | "counts"> & { counts: Answer["summary"] };

const markdownOf = (told: Told): string => comparisonMarkdown({ ...told, overall: overallOf(told.counts) });

const overallOf = ({ metrics }: Answer["summary"]): string[] => metrics.flatMap((metric) => overallText(metric) ?? []);

/** Verdicts that a terminal lists; what lies within noise is a number. --json and --markdown have it. */
const LISTED = new Set(["regression", "improvement", "rose", "fell"]);

function tableOf({ rows, notes, baseline, contender, counts }: Told): string[] {
  const called = rows.filter(({ verdict }) => LISTED.has(verdict)).map(rowCells);
  const table = called.length > 0 ? aligned([[...ROW_HEADS], ...called]) : [];
  return [
    comparisonHeadline(counts),
    `${baseline} -> ${contender}`,
    ...overallOf(counts),
    ...notes,
    ...(table.length > 0 ? ["", ...table] : []),
  ].map(printable);
}

/** Columns padded to their widest cell; empty columns go. */
function aligned(lines: readonly string[][]): string[] {
  const widths = (lines[0] ?? []).map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  const used = widths.map((_, i) => lines.slice(1).some((line) => line[i] !== ""));
  return lines.map((line) =>
    line
      .flatMap((cell, i) => (used[i] ? [cell.padEnd(widths[i] ?? 0)] : []))
      .join("  ")
      .trimEnd(),
  );
}

/** Names come from clients: control characters could speak to the terminal. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, "\ufffd");
}
