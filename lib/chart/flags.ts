/** A flag that wants to hang at `x` (px from the left of the plot), right of its line. */
export type Flag = { x: number; width: number };

export type PlacedFlag = {
  /** Indices into the flags given; more than one: a flag "3 changes" stands for all of them. */
  members: number[];
  /** Left edge in px. */
  left: number;
  width: number;
  /** Where the line stands. */
  x: number;
  /** 0 is the top row. */
  row: number;
};

/** Flags this close, three or more of them, become one. */
export const CLUSTER_WIDTH = 40;
const GAP = 3;

/**
 * Places flags so that none covers another: right of the line, else left of it, else one row lower; three or more within
 * 40 px become one flag of `clusterWidth`. A flag that would leave the plot (0 to `plotWidth`) hangs on the other side.
 * Any order of `flags`; the result is ordered from left to right.
 */
export function placeFlags(flags: readonly Flag[], plotWidth: number, clusterWidth: number): PlacedFlag[] {
  const placed: PlacedFlag[] = [];
  for (const members of clusters(flags)) {
    const x = flags[members[0] as number]?.x ?? 0;
    const width = members.length > 1 ? clusterWidth : (flags[members[0] as number]?.width ?? 0);
    placed.push({ members, x, width, ...freePlace(x, width, plotWidth, placed) });
  }
  return placed;
}

/** Groups of indices, left to right; only groups of three and more are kept together. */
function clusters(flags: readonly Flag[]): number[][] {
  const order = flags.map((_, i) => i).sort((a, b) => (flags[a]?.x ?? 0) - (flags[b]?.x ?? 0));
  const groups: number[][] = [];
  for (let at = 0; at < order.length; ) {
    const start = flags[order[at] as number]?.x ?? 0;
    let end = at;
    while (end < order.length && (flags[order[end] as number]?.x ?? 0) - start <= CLUSTER_WIDTH) end++;
    const near = order.slice(at, end);
    if (near.length >= 3) groups.push(near);
    else groups.push([order[at] as number]);
    at += near.length >= 3 ? near.length : 1;
  }
  return groups;
}

function freePlace(x: number, width: number, plotWidth: number, placed: PlacedFlag[]): { left: number; row: number } {
  for (let row = 0; ; row++) {
    for (const left of [x, x - width]) {
      const outside = left < 0 || left + width > plotWidth;
      if (outside && width < plotWidth) continue;
      if (placed.every((other) => other.row !== row || apart(left, width, other))) return { left, row };
    }
    // Narrower than one flag: nothing fits, so the top row it is rather than looking for ever.
    if (row > placed.length) return { left: Math.max(0, Math.min(x, plotWidth - width)), row: 0 };
  }
}

function apart(left: number, width: number, other: PlacedFlag): boolean {
  return left >= other.left + other.width + GAP || left + width + GAP <= other.left;
}
