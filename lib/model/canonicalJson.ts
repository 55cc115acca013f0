import { createHash } from "node:crypto";
import type { Json } from "./words";

/**
 * JSON text that is the same for equal values: keys sorted by code unit, no spaces, numbers in their shortest form
 * (1.0 is 1, and -0 is 0; "1" stays a text and differs). The recursion is as deep as the value.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === "number") return numberText(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return Array.isArray(value) ? listText(value) : objectText(value);
}

// Concatenated, not joined: this text is made for every document that is stored.

const numberText = (value: number): string => (Number.isFinite(value) ? `${value}` : "null");

function listText(list: Json[]): string {
  let text = "[";
  for (let index = 0; index < list.length; index++) text += (index ? "," : "") + canonicalJson(list[index] ?? null);
  return `${text}]`;
}

function objectText(value: { [key: string]: Json }): string {
  let text = "{";
  for (const key of Object.keys(value).sort()) {
    if (text.length > 1) text += ",";
    text += `${JSON.stringify(key)}:${canonicalJson(value[key] as Json)}`;
  }
  return `${text}}`;
}

/** SHA-256 of a text, in hex. */
export const hashText = (text: string): string => createHash("sha256").update(text).digest("hex");

/** SHA-256 of the canonical JSON, in hex: equal values have equal hashes. */
export const hashJson = (value: Json): string => hashText(canonicalJson(value));
