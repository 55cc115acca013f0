/** What thinning looks at: a place on the x axis, and a value. */
export type Thinnable = { x: number; value: number };

/**
 * Indices of the points that stay, in order: the axis is cut into `columns` of equal width, and of each column the lowest
 * and the highest point stay, so that a plot of so many px shows in every px column what all points would show. The
 * first, the last and those in `keep` always stay; `points` by x. Where there are no more points than twice the columns,
 * all stay. O(n).
 */
export function thin(points: readonly Thinnable[], columns: number, keep: Iterable<number> = []): number[] {
  if (points.length <= 2 * columns) return points.map((_, i) => i);
  const last = points.length - 1;
  const chosen = new Set<number>([0, last, ...keep]);
  const [from, to] = [points[0]?.x ?? 0, points[last]?.x ?? 0];
  const columnOf = ({ x }: Thinnable) =>
    to > from ? Math.min(columns - 1, Math.floor(((x - from) / (to - from)) * columns)) : 0;
  let column = -1;
  let low = 0;
  let high = 0;
  points.forEach((point, i) => {
    const here = columnOf(point);
    if (here !== column) {
      if (column >= 0) chosen.add(low).add(high);
      column = here;
      low = i;
      high = i;
      return;
    }
    if (point.value < (points[low] as Thinnable).value) low = i;
    if (point.value > (points[high] as Thinnable).value) high = i;
  });
  chosen.add(low).add(high);
  return [...chosen].filter((i) => i >= 0 && i <= last).sort((a, b) => a - b);
}
