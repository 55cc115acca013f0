import type { Candidate, Group } from "./types";

type Ranged = Pick<Candidate, "line" | "lastGood" | "firstShifted" | "widest">;

/**
 * Takes small groups into larger ones where their members allow it. A range of 95 % certainty misses the true commit in one
 * of twenty changepoints: of a step of forty lines two would stand beside it as shifts of their own. So a group goes over
 * to one of at least as many members when the widest ranges of all of its members share a commit with that group's range:
 * one cause explains both, and no data exclude it. Each counts by its widest range from then on (`drawn`). Two steps of
 * one line are never one. The smallest group goes first, to the largest; of equals the earlier one stays. O(groups^2).
 */
export function gather<C extends Ranged>(groups: readonly Group<C>[]): Group<C>[] {
  let left = [...groups];
  for (const small of [...groups].sort((a, b) => size(a) - size(b) || b.firstShifted - a.firstShifted)) {
    const own = left.find((group) => group === small);
    if (!own) continue; // it has taken another one in
    const taker = left
      .filter(
        (group) => group !== own && (size(group) > size(own) || (size(group) === size(own) && isEarlier(group, own))),
      )
      .flatMap((group) => {
        const joined = join(group, own);
        return joined ? [{ group, joined }] : [];
      })
      .sort((a, b) => size(b.group) - size(a.group) || a.group.firstShifted - b.group.firstShifted)[0];
    if (taker)
      left = left.filter((group) => group !== own).map((group) => (group === taker.group ? taker.joined : group));
  }
  return left;
}

const size = (group: Group<Ranged>) => group.members.length;
const isEarlier = (a: Group<Ranged>, b: Group<Ranged>) => a.firstShifted < b.firstShifted;

/** The larger group with the members of the smaller one; null where that cannot be. */
function join<C extends Ranged>(large: Group<C>, small: Group<C>): Group<C> | null {
  const lastGood = Math.max(large.lastGood, ...small.members.map((member) => widestOf(member).lastGood));
  const firstShifted = Math.min(large.firstShifted, ...small.members.map((member) => widestOf(member).firstShifted));
  if (lastGood >= firstShifted) return null;
  const lines = new Set(large.members.map(({ line }) => line));
  if (small.members.some(({ line }) => lines.has(line))) return null;
  return {
    members: [...large.members, ...small.members].sort(byPlace),
    drawn: [...large.drawn, ...small.members],
    lastGood,
    firstShifted,
  };
}

const widestOf = <C extends Ranged>(member: C) => member.widest ?? member;

function byPlace(a: Ranged, b: Ranged): number {
  return a.firstShifted - b.firstShifted || a.lastGood - b.lastGood || (a.line < b.line ? -1 : a.line > b.line ? 1 : 0);
}
