import { canonicalJson } from "./canonicalJson";
import type { Json } from "./words";

/**
 * Does a set of parameters hold all that `part` names, with equal values? `{}` is held by every set; what is no object is
 * held by none. 1 equals 1.0, "1" is another value, as in cases.
 */
export function jsonContains(whole: Json, part: Json): boolean {
  if (!isObject(whole) || !isObject(part)) return false;
  return Object.entries(part).every(
    ([key, value]) => Object.hasOwn(whole, key) && canonicalJson(whole[key] ?? null) === canonicalJson(value),
  );
}

const isObject = (json: Json): json is { [key: string]: Json } =>
  json !== null && typeof json === "object" && !Array.isArray(json);
