import type { Candidate, Group } from "./types";

type Stepped = Pick<Candidate, "line" | "track" | "at" | "before" | "after" | "smallestEffect" | "state">;

/**
 * For each group the index of the later group that undid it, or null. A member is undone when a later confirmed
 * changepoint of its track brings the level back to within the smallest effect of the level before it, and to more than
 * half of the way. A group is recovered when most of its members are undone; by the group that undid most of them, the
 * later one of equals, for with it the recovery is complete.
 */
export function findRecoveries<C extends Stepped>(groups: readonly Group<C>[]): (number | null)[] {
  const lines = new Map<string, { member: C; group: number }[]>();
  groups.forEach(({ members }, group) => {
    for (const member of members) {
      const line = lines.get(member.line);
      if (line) line.push({ member, group });
      else lines.set(member.line, [{ member, group }]);
    }
  });
  for (const line of lines.values()) line.sort((a, b) => a.member.at - b.member.at);
  return groups.map(({ members }, own) => {
    const undone = new Map<number, number>();
    let total = 0;
    for (const member of members) {
      const later = (lines.get(member.line) ?? []).find(
        (entry) => entry.group !== own && entry.member.at > member.at && undoes(entry.member, member),
      );
      if (!later) continue;
      undone.set(later.group, (undone.get(later.group) ?? 0) + 1);
      total++;
    }
    return total * 2 > members.length ? mostOften(undone) : null;
  });
}

function undoes(later: Stepped, member: Stepped): boolean {
  if (later.state !== "confirmed" || later.track !== member.track) return false;
  const step = member.after - member.before;
  const scale = member.before === 0 ? Math.abs(step) : Math.abs(member.before);
  const left = Math.abs(later.after - member.before);
  return (later.after - later.before) * step < 0 && left <= member.smallestEffect * scale && left < Math.abs(step) / 2;
}

function mostOften(counts: ReadonlyMap<number, number>): number {
  return [...counts].reduce((best, entry) =>
    entry[1] > best[1] || (entry[1] === best[1] && entry[0] > best[0]) ? entry : best,
  )[0];
}
