import type { Candidate, Group } from "./types";

type Ranged = Pick<Candidate, "line" | "lastGood" | "firstShifted" | "at">;

/**
 * The fewest groups such that all members of a group share at least one commit of their ranges (interval stabbing;
 * groups by a common commit, so no chains: A with B and B with C does not put A beside C).
 *
 * Several choices of common commits can be equally few. Of these the one is taken that most changepoints name as their
 * likeliest place, so that a sharp step of many lines is not cut in two by a vague one of its neighbours. A changepoint
 * whose range holds several common commits goes to the one that most ranges hold: one cause of many lines explains it better
 * than one of few, and its own likeliest place says little among commits that it was not measured at. Of equals, to that
 * place, else to the nearer commit. A common commit to which none goes makes no group.
 *
 * The result depends on the set of changepoints only, not on their order. O(m log m + p w), p the distinct positions
 * and w those within one range. Throws RangeError on an empty range.
 */
export function partition<C extends Ranged>(changepoints: readonly C[]): Group<C>[] {
  const sorted = [...changepoints].sort(byPlace);
  for (const c of sorted)
    if (c.lastGood >= c.firstShifted) throw new RangeError(`The range (${c.lastGood}, ${c.firstShifted}] is empty.`);
  const votes = countVotes(sorted);
  const stabs = chooseCommits(sorted, votes);
  const holders = countHolders(sorted, stabs);
  const members = new Map<number, C[]>(stabs.map((stab) => [stab, []]));
  for (const c of sorted) members.get(home(c, stabs, holders))?.push(c);
  return [...members.values()].filter((group) => group.length > 0).map(join);
}

/** A fixed order, whatever the order they come in. */
function byPlace(a: Ranged, b: Ranged): number {
  return (
    a.firstShifted - b.firstShifted ||
    a.lastGood - b.lastGood ||
    a.at - b.at ||
    (a.line < b.line ? -1 : a.line > b.line ? 1 : 0)
  );
}

function countVotes(changepoints: readonly Ranged[]): Map<number, number> {
  const votes = new Map<number, number>();
  for (const { at } of changepoints) votes.set(at, (votes.get(at) ?? 0) + 1);
  return votes;
}

/** How many ranges hold each of these commits. `stabs` ascending. */
function countHolders(changepoints: readonly Ranged[], stabs: readonly number[]): Map<number, number> {
  const holders = new Map<number, number>();
  for (const { lastGood, firstShifted } of changepoints)
    for (let k = firstAfter(stabs, lastGood); k < stabs.length && (stabs[k] as number) <= firstShifted; k++)
      holders.set(stabs[k] as number, (holders.get(stabs[k] as number) ?? 0) + 1);
  return holders;
}

type Choice = { groups: number; votes: number; next: number };

/**
 * The common commits, ascending: fewest, then most votes, then earliest. Dynamic programme from the right: after a
 * commit s, the next one must not lie beyond the right end of any range that begins at or after s.
 */
function chooseCommits(changepoints: readonly Ranged[], votes: ReadonlyMap<number, number>): number[] {
  const positions = [...new Set(changepoints.flatMap((c) => [c.firstShifted, c.at]))].sort((a, b) => a - b);
  const reach = reachFrom(changepoints, positions);
  const choices: Choice[] = new Array(positions.length);
  const bestWithin = (from: number, limit: number): Choice => {
    if (limit === Infinity) return { groups: 0, votes: 0, next: -1 };
    let best: Choice = { groups: Infinity, votes: 0, next: -1 };
    for (let k = from; k < positions.length && (positions[k] as number) <= limit; k++) {
      const { groups, votes } = choices[k] as Choice;
      if (groups < best.groups || (groups === best.groups && votes > best.votes)) best = { groups, votes, next: k };
    }
    return best;
  };
  for (let k = positions.length - 1; k >= 0; k--) {
    const rest = bestWithin(k + 1, reach[k + 1] as number);
    choices[k] = {
      groups: rest.groups + 1,
      votes: rest.votes + (votes.get(positions[k] as number) ?? 0),
      next: rest.next,
    };
  }
  const stabs: number[] = [];
  for (let k = bestWithin(0, reach[0] as number).next; k >= 0; k = (choices[k] as Choice).next)
    stabs.push(positions[k] as number);
  return stabs;
}

/** reach[k + 1]: the smallest right end of the ranges that lie wholly after positions[k]; reach[0]: of all ranges. */
function reachFrom(changepoints: readonly Ranged[], positions: readonly number[]): number[] {
  const byStart = [...changepoints].sort((a, b) => b.lastGood - a.lastGood);
  const reach: number[] = new Array(positions.length + 1);
  let smallest = Infinity;
  let taken = 0;
  for (let k = positions.length - 1; k >= -1; k--) {
    const after = k < 0 ? -Infinity : (positions[k] as number);
    for (; taken < byStart.length && (byStart[taken] as Ranged).lastGood >= after; taken++)
      smallest = Math.min(smallest, (byStart[taken] as Ranged).firstShifted);
    reach[k + 1] = smallest;
  }
  return reach;
}

/** The common commit that a changepoint belongs to. `stabs` ascending; at least one lies in its range. */
function home(c: Ranged, stabs: readonly number[], holders: ReadonlyMap<number, number>): number {
  let best = -1;
  for (let k = firstAfter(stabs, c.lastGood); k < stabs.length && (stabs[k] as number) <= c.firstShifted; k++) {
    const stab = stabs[k] as number;
    if (best < 0 || better(stab, best, c.at, holders)) best = stab;
  }
  return best;
}

function better(stab: number, best: number, at: number, holders: ReadonlyMap<number, number>): boolean {
  const difference = (holders.get(stab) ?? 0) - (holders.get(best) ?? 0);
  return difference > 0 || (difference === 0 && Math.abs(stab - at) < Math.abs(best - at));
}

/** Index of the first element greater than `value`. */
function firstAfter(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function join<C extends Ranged>(members: C[]): Group<C> {
  return {
    members,
    drawn: [],
    lastGood: members.reduce((max, c) => Math.max(max, c.lastGood), -Infinity),
    firstShifted: members.reduce((min, c) => Math.min(min, c.firstShifted), Infinity),
  };
}
