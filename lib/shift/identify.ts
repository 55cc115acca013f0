import type { Group, KnownShift, Place } from "./types";

/** How the groups of now continue the shifts that have a number. */
export type Identities = {
  /** Number and origin per group, in the order of the groups. */
  groups: { number: number; origin: "known" | "opened" | "returned"; splitFrom: number | null }[];
  merged: { number: number; into: number }[];
  withdrawn: number[];
  lastNumber: number;
};

/**
 * Gives every group its number. A member of a known shift goes on in the changepoint of its line whose range overlaps its
 * own most.
 *
 * - A current shift goes on in the group that holds most of its members: on a split that part keeps the number.
 * - Where several shifts go on in one group the lowest number stays; the others are part of it.
 * - A group that continues no current shift takes the number of the withdrawn or merged shift with which it shares most
 *   members (the lower of equals); each comes back at most once.
 * - All others are new: numbers after `lastNumber`, in the order of the groups (position).
 * - A current shift without any member left is withdrawn. A withdrawn one whose members are found again within a group
 *   that has another number is part of that. `merged` names these, and those that were part before, at every call.
 */
export function identify(
  groups: readonly Pick<Group<Place>, "members">[],
  known: readonly KnownShift[],
  lastNumber: number,
): Identities {
  const shared = countShared(groups, known);
  const ordered = [...known].sort((a, b) => a.number - b.number);
  const numbers = new Map<number, number>();
  const merged: Identities["merged"] = [];
  const withdrawn: number[] = [];
  const parents = new Map<number, number>();
  for (const shift of ordered.filter((shift) => shift.standing === "current")) {
    const heir = heirOf(shared.get(shift.number));
    if (heir === null) withdrawn.push(shift.number);
    else if (numbers.has(heir)) merged.push({ number: shift.number, into: numbers.get(heir) as number });
    else numbers.set(heir, shift.number);
    for (const group of shared.get(shift.number)?.keys() ?? [])
      if (group !== heir && !parents.has(group)) parents.set(group, shift.number);
  }
  const returned = revive(ordered, shared, numbers);
  for (const shift of ordered.filter((shift) => shift.standing !== "current")) {
    const heir = heirOf(shared.get(shift.number));
    const into = heir === null ? undefined : numbers.get(heir);
    if (into !== undefined && into !== shift.number && !returned.has(shift.number))
      merged.push({ number: shift.number, into });
  }
  let last = lastNumber;
  const result = groups.map((_, index) => {
    const number = numbers.get(index);
    const splitFrom = parents.get(index) ?? null;
    if (number === undefined) return { number: ++last, origin: "opened" as const, splitFrom };
    if (returned.has(number)) return { number, origin: "returned" as const, splitFrom };
    return { number, origin: "known" as const, splitFrom: null };
  });
  return { groups: result, merged, withdrawn, lastNumber: last };
}

/** Members that each known shift shares with each group: number -> index of the group -> count. */
type Shared = Map<number, Map<number, number>>;

function countShared(groups: readonly Pick<Group<Place>, "members">[], known: readonly KnownShift[]): Shared {
  const lines = new Map<string, { place: Place; group: number }[]>();
  groups.forEach(({ members }, group) => {
    for (const place of members) {
      const line = lines.get(place.line);
      if (line) line.push({ place, group });
      else lines.set(place.line, [{ place, group }]);
    }
  });
  const shared: Shared = new Map();
  for (const shift of known) {
    const counts = new Map<number, number>();
    for (const member of shift.members) {
      const group = successorOf(member, lines.get(member.line) ?? []);
      if (group !== null) counts.set(group, (counts.get(group) ?? 0) + 1);
    }
    shared.set(shift.number, counts);
  }
  return shared;
}

/** The group in which a member goes on: one, so that two steps of a line whose ranges overlap are not taken for each other. */
function successorOf(member: Place, candidates: readonly { place: Place; group: number }[]): number | null {
  let best = { share: 0, group: null as number | null };
  for (const { place, group } of candidates) {
    const share = sharedPart(place, member);
    if (share > best.share) best = { share, group };
  }
  return best.group;
}

/** Commits that both ranges hold, as a share of those that either holds; 0: none, 1: the same range. */
function sharedPart(a: Place, b: Place): number {
  const both = Math.min(a.firstShifted, b.firstShifted) - Math.max(a.lastGood, b.lastGood);
  const either = Math.max(a.firstShifted, b.firstShifted) - Math.min(a.lastGood, b.lastGood);
  return Math.max(0, both) / either;
}

/** The group with most members of the shift, the earlier one of equals; null when none is left. */
function heirOf(counts: ReadonlyMap<number, number> | undefined): number | null {
  let heir: number | null = null;
  for (const [group, count] of counts ?? []) {
    const best = heir === null ? 0 : (counts?.get(heir) as number);
    if (count > best || (count === best && heir !== null && group < heir)) heir = group;
  }
  return heir;
}

/** Hands numbers of shifts without members of their own back to groups without a number; gives those that returned. */
function revive(known: readonly KnownShift[], shared: Shared, numbers: Map<number, number>): Set<number> {
  const offers = known
    .filter((shift) => shift.standing !== "current")
    .flatMap(({ number }) => [...(shared.get(number) ?? [])].map(([group, count]) => ({ number, group, count })))
    .sort((a, b) => b.count - a.count || a.number - b.number || a.group - b.group);
  const returned = new Set<number>();
  for (const { number, group } of offers) {
    if (numbers.has(group) || returned.has(number)) continue;
    numbers.set(group, number);
    returned.add(number);
  }
  return returned;
}
