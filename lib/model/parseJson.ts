import { type Fault, Invalid, Malformed } from "../errors";
import { jsonPath } from "./jsonPath";

/**
 * Parses JSON text. NaN and Infinity (which Python's json writes) are no JSON: they are refused with their paths and
 * what to send instead. Throws Malformed, Invalid.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (text.trim() === "") throw new Malformed("The body is empty. Send JSON.");
    const faults = findNonFinite(text);
    if (faults.length) throw new Invalid(`${NOT_JSON} First at ${faults[0]?.path}.`, faults);
    throw new Malformed(`The body is not JSON: ${(error as Error).message}.${hintLines(text)}`);
  }
}

const NOT_JSON =
  "NaN and Infinity are not JSON, and no measurement: leave the value out, or send the result with outcome 'failed'.";

/** Paths of NaN and Infinity tokens: they are swapped for a marker, so that the rest can be parsed and walked. */
function findNonFinite(text: string): Fault[] {
  const marker = "\u0000not a number";
  const quoted = JSON.stringify(marker);
  try {
    const token = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;
    const value: unknown = JSON.parse(text.replace(token, (found) => (found[0] === '"' ? found : quoted)));
    return [...placesOf(marker, value, [])].map((path) => ({ path, message: NOT_JSON }));
  } catch {
    return [];
  }
}

function* placesOf(marker: string, value: unknown, path: PropertyKey[]): Generator<string> {
  if (value === marker) yield jsonPath(path);
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* placesOf(marker, item, [...path, index]);
  else if (value !== null && typeof value === "object")
    for (const [key, item] of Object.entries(value)) yield* placesOf(marker, item, [...path, key]);
}

/** Several JSON lines under a JSON content type are a usual mistake. */
function hintLines(text: string): string {
  const first = text.trimStart().split("\n", 1)[0] ?? "";
  try {
    return typeof JSON.parse(first) === "object"
      ? " For one document per line say Content-Type: application/x-ndjson."
      : "";
  } catch {
    return "";
  }
}
