/** Nothing is drawn closer to 0 than this reach: noise must not look like an effect. */
const LEAST_REACH = 0.1;
/** What is so many times as large as the usual change stands at the edge, with its number. */
const FARTHEST = 8;
const ROOM = 1.08;

/** A change that an axis may have to hold; `ends` are those of its interval. */
export type Reaching = { change: number; ends: readonly [number, number]; called: boolean };

/**
 * Ends of an axis of relative changes. It holds 0, a tenth either way, and all interval ends but those far beyond the
 * usual size (the upper quartile) of those that were called, of all where none was: one row at +900 % must not turn all others into one line. Never below -100 %.
 */
export function changeDomain(rows: readonly Reaching[]): [number, number] {
  const called = rows.filter((row) => row.called);
  const sizes = (called.length > 0 ? called : rows).map(({ change }) => Math.abs(change)).toSorted((a, b) => a - b);
  const usual = sizes[Math.floor(sizes.length * 0.75)] ?? 0;
  const farthest = Math.max(LEAST_REACH, usual * FARTHEST);
  const reach = (sign: 1 | -1) => {
    const held = rows
      .flatMap(({ change, ends }) => [change, ...ends])
      .map((end) => end * sign)
      .filter((end) => end <= farthest);
    return Math.max(LEAST_REACH, ...held.map((end) => end * ROOM));
  };
  return [-Math.min(1, reach(-1)), reach(1)];
}
