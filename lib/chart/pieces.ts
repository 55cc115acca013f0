/** What the trace needs of a point: its place on the line, and the track within which points may be joined. */
export type Placed = { position: number; track: number };

/** Two neighbouring points and how they are joined. */
export type Join = { from: number; to: number; kind: "solid" | "bridge" | "gap" | "break" };

/** Steps longer than this many usual steps are bridged, not joined. */
export const LONG_STEP = 1.5;

/** The usual distance between neighbouring measured commits: the median step, 1 where there is none. */
export function usualStep(points: readonly Placed[]): number {
  const steps: number[] = [];
  for (let i = 1; i < points.length; i++) {
    const step = (points[i]?.position ?? 0) - (points[i - 1]?.position ?? 0);
    if (step > 0) steps.push(step);
  }
  steps.sort((a, b) => a - b);
  return steps[Math.floor((steps.length - 1) / 2)] ?? 1;
}

/**
 * How each point is joined to the next: not at all over a failure (gap) or where version or facts changed (break), by a
 * dashed bridge where commits between were not measured although usually they are, else solid.
 * `points` by position; `failed` are the positions without a single good run.
 */
export function joins(points: readonly Placed[], failed: readonly number[], step = usualStep(points)): Join[] {
  const gaps = failed.toSorted((a, b) => a - b);
  const result: Join[] = [];
  let next = 0;
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1] as Placed;
    const b = points[i] as Placed;
    while (next < gaps.length && (gaps[next] as number) <= a.position) next++;
    const fails = next < gaps.length && (gaps[next] as number) < b.position;
    const long = b.position - a.position > step * LONG_STEP;
    const kind = a.track !== b.track ? "break" : fails ? "gap" : long ? "bridge" : "solid";
    result.push({ from: i - 1, to: i, kind });
  }
  return result;
}
