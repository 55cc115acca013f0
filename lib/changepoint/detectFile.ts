import { detect } from "./detect";
import type { Changepoint, PointValue } from "./types";

const DIRECTIONS = ["lower", "higher", "unknown"] as const;
type Direction = (typeof DIRECTIONS)[number];
type Series = { name: string; values: PointValue[]; better: Direction };

/** The document is not what `detect` reads. `path` is the JSON path of the fault; the message names it and the way out. */
export class InvalidSeries extends Error {
  override readonly name = "InvalidSeries";
  readonly code = "invalid-series";
  constructor(
    readonly path: string,
    fault: string,
    wayOut: string,
  ) {
    super(`${path}: ${fault}. ${wayOut}`);
  }
}

/**
 * Changepoints of every series of a document `[{"name", "values", "better"?}]`, under the series' name; series without a
 * finding have an empty list. A value is null (not measured), a number, an array of samples (one run) or an array of runs.
 * Throws `InvalidSeries` for anything else (names given twice, numbers that are not finite, empty arrays).
 * Further fields of a series are its owner's and are not read.
 */
export function detectFile(json: unknown): Record<string, Changepoint[]> {
  return Object.fromEntries(
    readSeries(json).map(({ name, values, better }) => [name, detect(values, { better }).changepoints]),
  );
}

function readSeries(json: unknown): Series[] {
  if (!Array.isArray(json)) {
    throw new InvalidSeries("$", "is not an array", 'Give [{"name": "...", "values": [1.2, null, [1.1, 1.3]]}].');
  }
  const names = new Set<string>();
  return json.map((item: unknown, k) => {
    const series = readOne(item, `$[${k}]`);
    if (names.has(series.name)) {
      throw new InvalidSeries(
        `$[${k}].name`,
        `${JSON.stringify(series.name)} is there twice`,
        "Give each series its own name.",
      );
    }
    names.add(series.name);
    return series;
  });
}

function readOne(item: unknown, path: string): Series {
  if (typeof item !== "object" || item === null || Array.isArray(item)) {
    throw new InvalidSeries(path, "is not an object", 'Give {"name": "...", "values": [...]}.');
  }
  const { name, values, better = "unknown" } = item as Record<string, unknown>;
  if (typeof name !== "string" || name === "") {
    throw new InvalidSeries(`${path}.name`, "is not a text with at least one character", "Name the series.");
  }
  if (!Array.isArray(values))
    throw new InvalidSeries(`${path}.values`, "is not an array", "Give the points in order of commits.");
  if (!isDirection(better)) {
    throw new InvalidSeries(
      `${path}.better`,
      "is not a direction",
      `Give one of ${DIRECTIONS.join(", ")}, or leave it out.`,
    );
  }
  return { name, better, values: values.map((value: unknown, i) => readPoint(value, `${path}.values[${i}]`)) };
}

function isDirection(better: unknown): better is Direction {
  return DIRECTIONS.some((direction) => direction === better);
}

function readPoint(value: unknown, path: string): PointValue {
  if (value === null) return null;
  if (!Array.isArray(value)) return readNumber(value, path);
  if (value.length === 0)
    throw new InvalidSeries(path, "is an empty array", "Give null for a point that was not measured.");
  if (!Array.isArray(value[0])) return value.map((sample: unknown, i) => readNumber(sample, `${path}[${i}]`));
  return value.map((run: unknown, i) => readRun(run, `${path}[${i}]`));
}

function readRun(run: unknown, path: string): number[] {
  if (!Array.isArray(run) || run.length === 0) {
    throw new InvalidSeries(
      path,
      "is not a run with at least one sample",
      "Give every run as an array of numbers, or leave it out.",
    );
  }
  return run.map((sample: unknown, i) => readNumber(sample, `${path}[${i}]`));
}

function readNumber(value: unknown, path: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw new InvalidSeries(
      path,
      "is not a finite number",
      "Give a number, or null for a point that was not measured.",
    );
  }
  return value;
}
