import { hashJson } from "@/lib/model/canonicalJson";
import type { Json } from "@/lib/model/words";

const LONGEST_PART = 80;

/**
 * The key of a run that names none: CI job and attempt (or "local"), environment, and a hash of the content. The same
 * document sent twice by one job gets the same key; two environments, attempts or contents never share one.
 * Only `A-Za-z0-9._:+-`, at most 200 characters.
 */
export function buildKey(job: string | null, environment: string | null, document: Json): string {
  return [shorten(job ?? "local"), ...(environment ? [shorten(environment)] : []), hashContent(document)].join("-");
}

/** Twelve hex digits over the content, whatever the order of its fields. */
export function hashContent(value: Json): string {
  return hashJson(value).slice(0, 12);
}

function shorten(text: string): string {
  return text.replace(/[^A-Za-z0-9._:+-]+/g, "_").slice(0, LONGEST_PART);
}
