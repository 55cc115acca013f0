/** A line of a long table: the head of a group, or a row by its place in the whole list. */
export type Line = { kind: "group"; prefix: string; size: number } | { kind: "row"; index: number };

type Groups = readonly { prefix: string; size: number }[] | null;

/** How many lines a list of `total` rows has, heads of groups included. */
export const lineCount = (total: number, groups: Groups): number => total + (groups?.length ?? 0);

/** The lines from place `from` to before `till`; every group is a head and its rows. O(groups + till - from). */
export function linesBetween(from: number, till: number, total: number, groups: Groups): Line[] {
  const lines: Line[] = [];
  let place = 0;
  let row = 0;
  for (const { prefix, size } of groups ?? [{ prefix: "", size: total }]) {
    if (groups) {
      if (place >= from && place < till) lines.push({ kind: "group", prefix, size });
      place += 1;
    }
    const first = Math.max(0, from - place);
    const last = Math.min(size, till - place);
    for (let at = first; at < last; at++) lines.push({ kind: "row", index: row + at });
    place += size;
    row += size;
  }
  return lines;
}
