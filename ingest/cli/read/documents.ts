import { jsonPath } from "@/lib/model/jsonPath";
import { WrongUse } from "../exit";
import { parseText } from "./json";
import type { Source } from "./sources";
import { type Piece, Splitter } from "./split";
import { type OnBytes, readText } from "./text";

/** A document as it stands in its source. */
export type Document = {
  /** The JSON text as written: what is sent when nothing has to be filled in. */
  text: string;
  value: unknown;
  /** For people: "runs.ndjson, line 17". */
  place: string;
};

export type Reading = { kind: "document"; document: Document } | { kind: "fault"; fault: WrongUse };

const LINES_FILE = /\.(ndjson|jsonl)(\.gz)?$/i;

/**
 * The documents of a source, one at a time, and what could not be read of it. In .ndjson and .jsonl files a bad line
 * stands alone; elsewhere the rest of the text cannot be trusted after a fault and is left out.
 */
export async function* readDocuments(source: Source, onBytes?: OnBytes): AsyncGenerator<Reading> {
  const pieces = LINES_FILE.test(source.name) ? readLines(source, onBytes) : readValues(source, onBytes);
  const byLine = LINES_FILE.test(source.name);
  let count = 0;
  try {
    for await (const piece of pieces) {
      const reading = toReading(piece, source.name);
      count++;
      yield reading;
      if (reading.kind === "fault" && !byLine) return;
    }
    if (count === 0) throw new WrongUse("it is empty: no document in it.");
  } catch (error) {
    if (!(error instanceof WrongUse)) throw error;
    const before = count > 0 ? ` The ${count} documents before it were read.` : "";
    yield { kind: "fault", fault: new WrongUse(`${source.name}: ${error.message}${before}`) };
  }
}

async function* readValues(source: Source, onBytes?: OnBytes): AsyncGenerator<Piece> {
  const splitter = new Splitter();
  for await (const chunk of readText(source, onBytes)) yield* splitter.push(chunk);
  yield* splitter.end();
}

async function* readLines(source: Source, onBytes?: OnBytes): AsyncGenerator<Piece> {
  let rest = "";
  let line = 0;
  for await (const chunk of readText(source, onBytes)) {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    for (const text of parts) {
      line++;
      if (text.trim() !== "") yield { text: text.trim(), line };
    }
  }
  if (rest.trim() !== "") yield { text: rest.trim(), line: line + 1 };
}

function toReading({ text, line }: Piece, name: string): Reading {
  const place = `${name}, line ${line}`;
  try {
    return { kind: "document", document: { text, value: parseDocument(text), place } };
  } catch (error) {
    if (!(error instanceof WrongUse)) throw error;
    return { kind: "fault", fault: new WrongUse(`${place}: ${error.message}`, error.faults) };
  }
}

/** The parsed value. Throws WrongUse for what is no JSON, and for numbers that no double holds. */
function parseDocument(text: string): unknown {
  const value = parseText(text);
  const path = findInfinite(value, []);
  if (path) throw new WrongUse(`${jsonPath(path)} is too large a number. Leave it out, or send outcome "failed".`);
  return value;
}

/** Path of a number that overflowed while parsing (1e999): written again it would become null. */
function findInfinite(value: unknown, path: readonly PropertyKey[]): readonly PropertyKey[] | null {
  if (typeof value === "number") return Number.isFinite(value) ? null : path;
  if (typeof value !== "object" || value === null) return null;
  for (const [key, part] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    const found = findInfinite(part, [...path, key]);
    if (found) return found;
  }
  return null;
}
