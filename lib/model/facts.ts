import { canonicalJson } from "./canonicalJson";
import type { Json } from "./words";

/** What is known of an environment: instance type, workers, disk ... */
export type Facts = { [fact: string]: Json };

/** The facts that count for comparing, without those that a setting calls mere notes (a host name). */
export const withoutNotes = (facts: Facts, notes: readonly string[]): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([fact]) => !notes.includes(fact)));

/**
 * Groups fact sets of one environment so that no two of a group contradict each other in a fact that both state. Gives
 * the group's index per set. Depends only on which sets there are, not on their order: not contradicting is no
 * equivalence (a set that says little fits several), so sets that say most choose first, and the rest join the first
 * group they fit. O(sets * groups).
 */
export function groupFacts(sets: readonly Facts[]): number[] {
  const texts = sets.map((facts) => canonicalJson(facts));
  const order = [...sets.keys()].sort((a, b) => {
    const size = Object.keys(sets[b] ?? {}).length - Object.keys(sets[a] ?? {}).length;
    return size || ((texts[a] ?? "") < (texts[b] ?? "") ? -1 : 1);
  });
  const groups: Map<string, string>[] = [];
  const groupOf = new Array<number>(sets.length).fill(0);
  for (const index of order) {
    const stated = Object.entries(sets[index] ?? {}).map(([fact, value]) => [fact, canonicalJson(value)] as const);
    const fits = (group: Map<string, string>) => stated.every(([fact, value]) => (group.get(fact) ?? value) === value);
    const found = groups.findIndex(fits);
    const group = found < 0 ? groups.push(new Map()) - 1 : found;
    for (const [fact, value] of stated) groups[group]?.set(fact, value);
    groupOf[index] = group;
  }
  return groupOf;
}
