import { createHash } from "node:crypto";

const LONGEST_PART = 80;

/**
 * The key of a run that names none: CI job and attempt (or "local"), environment, and a hash of the content. The same
 * document sent twice by one job gets the same key; two environments, attempts or contents never share one.
 * Only `A-Za-z0-9._:+-`, at most 200 characters.
 */
export function buildKey(job: string | null, environment: string | null, document: unknown): string {
  return [shorten(job ?? "local"), ...(environment ? [shorten(environment)] : []), hashContent(document)].join("-");
}

/** Twelve hex digits over the content, whatever the order of its fields. */
export function hashContent(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(sortFields(value)))
    .digest("hex")
    .slice(0, 12);
}

function shorten(text: string): string {
  const plain = text.replace(/[^A-Za-z0-9._:+-]+/g, "_");
  return plain.length > LONGEST_PART ? plain.slice(0, LONGEST_PART) : plain;
}

function sortFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortFields);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, sortFields(part)]),
  );
}
