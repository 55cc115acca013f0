import { createHash } from "node:crypto";
import type { Json } from "./words";

/**
 * JSON text that is the same for equal values: keys sorted by code unit, no spaces, numbers in their shortest form
 * (1.0 is 1, and -0 is 0; "1" stays a text and differs). The recursion is as deep as the value.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] as Json)}`).join(",")}}`;
}

/** SHA-256 of the canonical JSON, in hex: equal values have equal hashes. */
export const hashJson = (value: Json): string => createHash("sha256").update(canonicalJson(value)).digest("hex");
