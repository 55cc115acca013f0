import type { z } from "zod";
import { type Fault, Invalid } from "@/lib/errors";
import { jsonPath } from "@/lib/model/jsonPath";

/**
 * Checks a parsed body against `schema`. Throws Invalid with every fault, its JSON path and the way out; `document` is
 * the place in an array or NDJSON body.
 */
export function parseBody<T>(schema: z.ZodType<T>, sent: unknown, document?: number): T {
  const faults = isFit(sent) ? [] : findUnfit(sent);
  const parsed = faults.length ? null : schema.safeParse(sent);
  if (parsed?.success) return parsed.data;
  for (const { path, message } of (parsed?.error.issues ?? []).flatMap((issue) => tellIssue(issue, sent)))
    faults.push({ path: jsonPath(path), message });
  if (document !== undefined) for (const fault of faults) fault.document = document;
  throw invalid(faults);
}

/** One sentence that stands for the faults, which are listed with it. */
export function invalid(faults: Fault[]): Invalid {
  const [first] = faults;
  const where = first?.document === undefined ? "" : `document ${first.document}, `;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : "";
  return new Invalid(`Nothing was stored. ${where}${first?.path}: ${first?.message}${more}`, faults);
}

/** A fault of zod in our words, with the path of what is wrong; unknown fields and missing ones say that they are. */
export function tellIssue(issue: z.core.$ZodIssue, sent: unknown): { path: PropertyKey[]; message: string }[] {
  const { code, path, message } = issue;
  if (code === "unrecognized_keys")
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: "This field is not known. Remove it, or check its spelling.",
    }));
  if (code === "invalid_key")
    return [{ path, message: `The name: ${issue.issues[0]?.message ?? "is not acceptable."}` }];
  if (code !== "invalid_type") return [{ path, message }];
  const told = message.startsWith("Invalid input") ? `Must be ${issue.expected}.` : message;
  return [{ path, message: valueAt(sent, path) === undefined ? `Is missing. ${told}` : told }];
}

function valueAt(sent: unknown, path: PropertyKey[]): unknown {
  let value: unknown = sent;
  for (const part of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[part];
  return value;
}

/** Deeper than any document: nothing below it is looked at. */
const MAX_DEPTH = 40;

/** Whether `findUnfit` would find nothing; without paths, since nearly every body is fit. */
export function isFit(value: unknown, depth = 0): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value === "string") return !UNFIT.test(value);
  if (value === null || typeof value !== "object") return true;
  if (depth >= MAX_DEPTH) return false;
  if (Array.isArray(value)) {
    for (const item of value) if (!isFit(item, depth + 1)) return false;
    return true;
  }
  for (const key of Object.keys(value)) {
    if (key === "__proto__" || UNFIT.test(key)) return false;
    if (!isFit((value as Record<string, unknown>)[key], depth + 1)) return false;
  }
  return true;
}

/**
 * What no text or number of any body may hold: NUL and lone surrogates (no database and no UTF-8 keeps them), numbers
 * that overflowed to infinity, a depth that no document has, and the key that JavaScript takes for a prototype.
 */
function findUnfit(sent: unknown): Fault[] {
  const faults: Fault[] = [];
  const refuse = (path: PropertyKey[], message: string) => faults.push({ path: jsonPath(path), message });
  const visit = (value: unknown, path: PropertyKey[]): void => {
    if (typeof value === "string") {
      if (UNFIT.test(value)) refuse(path, UNFIT_TEXT);
    } else if (typeof value === "number") {
      if (!Number.isFinite(value)) refuse(path, "Is too large for a number. Send a finite one, or outcome 'failed'.");
    } else if (value !== null && typeof value === "object") {
      if (path.length >= MAX_DEPTH) return void refuse(path, `Is more than ${MAX_DEPTH} levels deep.`);
      visitInside(value, path);
    }
  };
  const visitInside = (value: object, path: PropertyKey[]) => {
    if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, [...path, index]);
    if (Array.isArray(value)) return;
    for (const [key, item] of Object.entries(value)) {
      if (UNFIT.test(key)) refuse([...path, key], UNFIT_TEXT);
      else if (key === "__proto__") refuse([...path, key], "This name is not possible. Choose another.");
      visit(item, [...path, key]);
    }
  };
  visit(sent, []);
  return faults;
}

const UNFIT = /\0|\p{Surrogate}/u;
const UNFIT_TEXT = "The text holds a NUL character or half of a character (a lone surrogate). Remove it.";
