import type { Json } from "@/lib/model/words";

/** A component with its revision before and now; null: it was not there. */
export type ChangedComponent = { name: string; before: string | null; now: string | null };

/** What differs between the components of two runs, by name. A run without components says nothing. */
export function changedComponents(before: Json, now: Json): ChangedComponent[] {
  const [old, present] = [revisionsOf(before), revisionsOf(now)];
  if (old.size === 0 || present.size === 0) return [];
  return [...new Set([...old.keys(), ...present.keys()])]
    .sort()
    .map((name) => ({ name, before: old.get(name) ?? null, now: present.get(name) ?? null }))
    .filter((one) => one.before !== one.now);
}

/** Names and revisions, in the order sent. */
export function revisionsOf(components: Json): Map<string, string> {
  if (components === null || typeof components !== "object" || Array.isArray(components)) return new Map();
  return new Map(
    Object.entries(components).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}
