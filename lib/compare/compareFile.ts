import { BETTER, type Better } from "@/lib/model/words";
import { compareFamily } from "./compareFamily";
import type { ComparedRow, CompareOptions, FamilyRow, RunSamples } from "./types";

/** The document is not what `compare` reads. `path` is the JSON path of the fault; the message names it and the way out. */
export class InvalidFamily extends Error {
  override readonly name = "InvalidFamily";
  readonly code = "invalid-family";
  constructor(
    readonly path: string,
    fault: string,
    wayOut: string,
  ) {
    super(`${path}: ${fault}. ${wayOut}`);
  }
}

export type FileOptions = Omit<CompareOptions, "look"> & {
  /** Runs a side before the first verdict, for families that do not say their own. */
  plannedRuns?: number;
};

/** A compared row of a file; `family` where the file names families. */
export type FileRow = { family?: string } & ComparedRow;

const ROW =
  '{"workload": "...", "metric": "...", "better": "lower", "baseline": [[1.1, 1.3], [1.2]], "contender": [[1.2]]}';

/**
 * Compares a document `[{"workload", "params"?, "metric", "environment"?, "better"?, "baseline", "contender", "history"?,
 * "smallestEffect"?}, ...]`, all rows one family, or `[{"family", "rows": [...], "plannedRuns"?}, ...]`, each a family of its
 * own; the answer has the order of the rows. With `plannedRuns` (a family's own wins over the option) a family is looked at
 * again and again while runs arrive: its side with fewer runs says which look it is. A side is an array of runs, a run an array of samples or null (did not measure this
 * row); the same place is the same run in every row. Throws `InvalidFamily` for anything else (a row given twice, numbers
 * that are not finite, runs without samples). Further fields are their owner's and are not read.
 */
export function compareFile(json: unknown, { plannedRuns, ...options }: FileOptions = {}): FileRow[] {
  const items = readArray(json, "$", `Give [${ROW}] or [{"family": "...", "rows": [...]}].`);
  if (!items.some((item) => isObject(item) && "rows" in item)) {
    const rows = readRows(items, "$");
    return compareFamily(rows, { ...options, ...lookAt(rows, plannedRuns) });
  }
  return items.flatMap((item, k) => {
    const {
      family,
      rows,
      plannedRuns: own,
    } = readObject(item, `$[${k}]`, 'Give every family as {"family": "...", "rows": [...]}.');
    const name = readName(family, `$[${k}].family`, "Name the family.");
    const list = readArray(rows, `$[${k}].rows`, `Give the family's rows: [${ROW}].`);
    const read = readRows(list, `$[${k}].rows`);
    const planned = own === undefined ? plannedRuns : readPlan(own, `$[${k}].plannedRuns`);
    return compareFamily(read, { ...options, ...lookAt(read, planned) }).map((row) => ({ family: name, ...row }));
  });
}

/** The runs of the side that has fewer: the longest row of it, since rows may lack runs. */
function lookAt(rows: readonly FamilyRow[], planned: number | undefined): Pick<CompareOptions, "look"> {
  if (planned === undefined) return {};
  const longest = (side: "baseline" | "contender") => rows.reduce((most, row) => Math.max(most, row[side].length), 0);
  return { look: { planned, runs: Math.min(longest("baseline"), longest("contender")) } };
}

function readPlan(value: unknown, path: string): number {
  if (typeof value === "number" && Number.isInteger(value) && value > 0) return value;
  throw new InvalidFamily(path, "is not a count of runs", "Give the runs a side that are planned: 5.");
}

function readRows(items: unknown[], path: string): FamilyRow[] {
  const seen = new Set<string>();
  return items.map((item, i) => {
    const row = readRow(item, `${path}[${i}]`);
    const key = JSON.stringify([row.workload, row.params, row.metric, row.environment]);
    if (seen.has(key)) {
      throw new InvalidFamily(
        `${path}[${i}]`,
        `is ${JSON.stringify(row.workload)}, ${JSON.stringify(row.metric)} a second time`,
        "Give each workload, params, metric and environment once, with all its runs.",
      );
    }
    seen.add(key);
    return row;
  });
}

function readRow(item: unknown, path: string): FamilyRow {
  const row = readObject(item, path, `Give ${ROW}.`);
  return {
    workload: readName(row.workload, `${path}.workload`, "Name the workload."),
    ...(row.params === undefined ? {} : { params: row.params }),
    metric: readName(row.metric, `${path}.metric`, "Name the metric."),
    ...(row.environment === undefined
      ? {}
      : { environment: readName(row.environment, `${path}.environment`, "Name it, or leave it out.") }),
    better: readBetter(row.better, `${path}.better`),
    baseline: readRuns(row.baseline, `${path}.baseline`),
    contender: readRuns(row.contender, `${path}.contender`),
    history: readRuns(row.history ?? [], `${path}.history`),
    ...(row.smallestEffect === undefined
      ? {}
      : { smallestEffect: readEffect(row.smallestEffect, `${path}.smallestEffect`) }),
  };
}

function readRuns(value: unknown, path: string): RunSamples[] {
  const runs = readArray(value, path, "Give an array of runs, each an array of samples.");
  return runs.map((run, r) => (run === null ? null : readSamples(run, `${path}[${r}]`)));
}

function readSamples(run: unknown, path: string): number[] {
  const wayOut = "Give a run as an array of samples, or null where it did not measure this row.";
  const samples = readArray(run, path, wayOut);
  if (samples.length === 0) throw new InvalidFamily(path, "is a run without samples", wayOut);
  return samples.map((sample, s) => {
    if (typeof sample === "number" && Number.isFinite(sample)) return sample;
    throw new InvalidFamily(`${path}[${s}]`, "is not a finite number", "Give numbers; leave a failed repeat out.");
  });
}

function readBetter(value: unknown, path: string): Better {
  const known = BETTER.find((better) => better === (value ?? "unknown"));
  if (known) return known;
  throw new InvalidFamily(path, "is not a direction", `Give one of ${BETTER.join(", ")}, or leave it out.`);
}

function readEffect(value: unknown, path: string): number {
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidFamily(path, "is not a number from 0 on", "Give a share: 0.05 is 5 %.");
}

function readName(value: unknown, path: string, wayOut: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new InvalidFamily(path, "is not a text with at least one character", wayOut);
}

function readArray(value: unknown, path: string, wayOut: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new InvalidFamily(path, "is not an array", wayOut);
}

function readObject(value: unknown, path: string, wayOut: string): Record<string, unknown> {
  if (isObject(value)) return value;
  throw new InvalidFamily(path, "is not an object", wayOut);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
