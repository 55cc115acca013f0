/** A segment as the chart needs it: places of its first and last point on the x axis, level and band. */
export type LevelSegment = { first: number; last: number; track: number; level: number; lo: number; hi: number };

export type LevelSpan = {
  from: number;
  to: number;
  level: number;
  lo: number;
  hi: number;
  /** The first in view: its value stands at its left end. */
  isFirst: boolean;
};

/**
 * Where each level is drawn: from its first point to the first point of the next segment of the same track, so that the
 * step and the line of the changepoint meet; cut to `domain`. Segments outside are left out. `segments` in order.
 */
export function levelSpans(segments: readonly LevelSegment[], domain: readonly [number, number]): LevelSpan[] {
  const spans: LevelSpan[] = [];
  segments.forEach((segment, i) => {
    const next = segments[i + 1];
    const end = next && next.track === segment.track ? next.first : segment.last;
    const from = Math.max(segment.first, domain[0]);
    const to = Math.min(end, domain[1]);
    if (from > to) return;
    spans.push({ from, to, level: segment.level, lo: segment.lo, hi: segment.hi, isFirst: spans.length === 0 });
  });
  return spans;
}
