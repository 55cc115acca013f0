import type { Json } from "@/lib/model/words";

const CAPITALS = new Set(["cpu", "gpu", "io", "ram", "rss", "gc", "p50", "p90", "p95", "p99"]);

/**
 * A metric's name for people: its display name, or its own name in sentence case ("peak_memory" is "Peak memory").
 */
export function metricLabel(name: string, displayName?: string | null): string {
  if (displayName) return displayName;
  const words = name.replace(/[_\s]+/g, " ").trim();
  const spelt = words.replace(/\S+/g, (word) => (CAPITALS.has(word.toLowerCase()) ? word.toUpperCase() : word));
  return spelt === "" ? name : spelt[0]?.toUpperCase() + spelt.slice(1);
}

/** The same inside a sentence: "peak memory", "CPU of the worker". Capitals that belong to a word stay. */
export function metricInSentence(label: string): string {
  const second = label[1] ?? "";
  return second !== second.toLowerCase() ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

/** Parameters of a case in one line: "data=compressible, size=5"; "" for a case without any. Keys keep their order. */
export function paramsLabel(params: Json): string {
  if (!isObject(params)) return "";
  return Object.entries(params)
    .map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(", ");
}

/**
 * The same, told apart from other sets of the same workload: only what is not equal in all of them. All of it where
 * there is no other set.
 */
export function differingLabel(params: Json, all: readonly Json[]): string {
  if (!isObject(params)) return "";
  const differs = ([key, value]: [string, Json]) =>
    all.some((other) => !isObject(other) || JSON.stringify(other[key]) !== JSON.stringify(value));
  const differing = Object.entries(params).filter(differs);
  return paramsLabel(differing.length ? Object.fromEntries(differing) : params);
}

const isObject = (json: Json): json is { [key: string]: Json } =>
  json !== null && typeof json === "object" && !Array.isArray(json);

/**
 * The prefix by which a list groups workload names: what stands before the last "/" or "::", else before the first
 * "_"; "" when there is none.
 */
export function prefixOf(name: string): string {
  const path = /^(.+)(?:\/|::)[^/]+$/.exec(name)?.[1];
  return path ?? /^([^_\s]+)_/.exec(name)?.[1] ?? "";
}
