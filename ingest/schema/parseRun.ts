import { findTwins, LIMITS, RunDocument, RunHead, RunResult } from "@/ingest/schema";
import { isFit, parseBody } from "./parseBody";

type Result = RunDocument["results"][number];

/**
 * Checks a run document: the same document or the same faults as `parseBody(RunDocument, ...)`, which is what decides
 * wherever something is not plainly right. Nearly all results are plain, and told here in a tenth of the time that a
 * validator takes, which would be the largest part of storing them.
 */
export function parseRun(sent: unknown, document?: number): RunDocument {
  return readRight(sent) ?? parseBody(RunDocument, sent, document);
}

/** null: something is wrong, or may be. */
function readRight(sent: unknown): RunDocument | null {
  if (!isObject(sent) || !Array.isArray(sent.results) || !isFit(sent)) return null;
  const { results: list, ...about } = sent;
  if (sent.results.length === 0 || sent.results.length > LIMITS.results) return null;
  const results: Result[] = [];
  for (const one of sent.results) {
    const result = isPlain(one) ? asRead(one) : RunResult.safeParse(one).data;
    if (!result) return null;
    results.push(result);
  }
  const head = RunHead.safeParse(about);
  return head.success && findTwins(results).length === 0 ? { ...head.data, results } : null;
}

/** A result that passed, with lists of values, and nothing that has to be normalised. */
type PlainResult = {
  workload: string;
  outcome: "passed";
  metrics: { [name: string]: number[] };
  params?: { [name: string]: string | number | boolean | null };
  links?: { [label: string]: string };
};

const PLAIN_FIELDS = new Set(["workload", "params", "outcome", "metrics", "links"]);

function isPlain(sent: unknown): sent is PlainResult {
  if (!isObject(sent)) return false;
  for (const field in sent) if (!PLAIN_FIELDS.has(field)) return false;
  const { workload, params, outcome, metrics, links } = sent;
  return (
    isText(workload, LIMITS.name) &&
    outcome === "passed" &&
    isEntries(metrics, 1, LIMITS.metrics, isValues) &&
    (params === undefined || isParams(params)) &&
    (links === undefined || isEntries(links, 0, LIMITS.links, isLink))
  );
}

function asRead(result: PlainResult): Result {
  const metrics: NonNullable<Result["metrics"]> = {};
  for (const name in result.metrics) metrics[name] = { values: result.metrics[name] ?? [] };
  return { ...result, metrics };
}

const isObject = (sent: unknown): sent is Record<string, unknown> =>
  typeof sent === "object" && sent !== null && !Array.isArray(sent);

const isText = (sent: unknown, most: number): sent is string =>
  typeof sent === "string" && sent.length <= most && sent.trim() !== "";

function isEntries(sent: unknown, least: number, most: number, isRight: (value: unknown) => boolean): boolean {
  if (!isObject(sent)) return false;
  let count = 0;
  for (const label in sent) {
    if (!isText(label, LIMITS.label) || !isRight(sent[label])) return false;
    count++;
  }
  return count >= least && count <= most;
}

function isValues(sent: unknown): boolean {
  if (!Array.isArray(sent) || sent.length === 0 || sent.length > LIMITS.values) return false;
  for (const value of sent) if (!Number.isFinite(value)) return false;
  return true;
}

const isLink = (sent: unknown): boolean =>
  typeof sent === "string" && sent.length <= LIMITS.link && /^https?:\/\/[^\s]+$/i.test(sent) && URL.canParse(sent);

/** A character takes at most six of JSON ("\u0000"), a number 24. */
const [LONGEST_ESCAPE, LONGEST_NUMBER, PUNCTUATION] = [6, 24, 6];

/** Texts, numbers and the like, certainly shorter than the limit. */
function isParams(sent: unknown): boolean {
  if (!isObject(sent)) return false;
  let [count, length] = [0, 2];
  for (const name in sent) {
    const value = sent[name];
    if (name === "" || name.length > LIMITS.label || (typeof value === "object" && value !== null)) return false;
    const letters = name.length + (typeof value === "string" ? value.length : 0);
    length += letters * LONGEST_ESCAPE + LONGEST_NUMBER + PUNCTUATION;
    count++;
  }
  return count <= LIMITS.params && length <= LIMITS.json;
}
