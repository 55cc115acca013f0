import type { Candidate, Group } from "./types";

type Led = Pick<Candidate, "lastGood" | "firstShifted" | "widest" | "p">;

/**
 * The group with its weak members counting by their widest range. Every range misses its commit in one of twenty cases, so
 * what all of them have in common misses it more often; and a step that is hardly one says least about the place. Weak is a
 * member whose p exceeds the root of the least p in the group, as if it rested on half of the evidence. The range can
 * only become wider, so that members keep commits in common. O(members).
 */
export function leadByStrong<C extends Led>(group: Group<C>): Group<C> {
  const most = Math.sqrt(group.members.reduce((least, { p }) => Math.min(least, p), 1));
  const known = new Set(group.drawn);
  const drawn = group.members.filter((member) => known.has(member) || member.p > most);
  if (drawn.length === known.size) return group;
  const weak = new Set(drawn);
  const ranges = group.members.map((member) => (weak.has(member) ? (member.widest ?? member) : member));
  return {
    members: group.members,
    drawn,
    lastGood: ranges.reduce((most, range) => Math.max(most, range.lastGood), Number.NEGATIVE_INFINITY),
    firstShifted: ranges.reduce((least, range) => Math.min(least, range.firstShifted), Number.POSITIVE_INFINITY),
  };
}
