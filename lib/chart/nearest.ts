/** Index of the value nearest to `x` in ascending `xs`, the lower one on a tie; -1 where there is none. O(log n). */
export function nearest(xs: readonly number[], x: number): number {
  if (xs.length === 0) return -1;
  let low = 0;
  let high = xs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((xs[middle] as number) < x) low = middle + 1;
    else high = middle;
  }
  if (low > 0 && x - (xs[low - 1] as number) <= (xs[low] as number) - x) return low - 1;
  return low;
}

/**
 * The neighbour of `x` in ascending `xs`, one step in `direction`; from nowhere (null) the last one, since people look at
 * the newest first. Stays at the ends. Null where there is nothing to walk on.
 */
export function walk(xs: readonly number[], x: number | null, direction: 1 | -1): number | null {
  if (xs.length === 0) return null;
  if (x === null) return xs[xs.length - 1] as number;
  if (direction > 0) return xs.find((other) => other > x) ?? (xs[xs.length - 1] as number);
  return xs.findLast((other) => other < x) ?? (xs[0] as number);
}
