/** How the y axis is laid: to the data, from zero, or logarithmic. */
export const Y_SCALES = ["fit", "zero", "log"] as const;
export type YScale = (typeof Y_SCALES)[number];

export type YDomain = {
  lo: number;
  hi: number;
  /** What is drawn; linear although log was asked for where a value is zero or negative. */
  log: boolean;
  /** True: log was asked for and cannot be drawn. */
  logRefused: boolean;
};

/** Points outside these shares do not stretch the axis; they become triangles at the edge. */
export const LOWEST_SHARE = 0.02;
export const HIGHEST_SHARE = 0.965;
/** Room above and below, as a share of the range. */
export const HEADROOM = 0.14;

/** Value below which the share `q` of the sorted `values` lies, linear between neighbours. `values` must not be empty. */
export function sortedQuantile(values: readonly number[], q: number): number {
  const place = q * (values.length - 1);
  const below = Math.floor(place);
  const lower = values[below] as number;
  const upper = values[Math.min(below + 1, values.length - 1)] as number;
  return lower + (upper - lower) * (place - below);
}

/**
 * The y domain of a chart, in the unit of `values`: 2nd to 96.5th percentile of the values and all levels, plus 14 % on
 * either side; never below zero when no value is. One value (or a flat line) gets a tenth of its size around it.
 * Without values and levels: 0 to 1.
 */
export function yDomain(values: readonly number[], levels: readonly number[], scale: YScale): YDomain {
  const sorted = values.filter(Number.isFinite).toSorted((a, b) => a - b);
  const fixed = levels.filter(Number.isFinite);
  if (sorted.length + fixed.length === 0) return { lo: 0, hi: 1, log: false, logRefused: false };
  const inner =
    sorted.length > 0 ? [sortedQuantile(sorted, LOWEST_SHARE), sortedQuantile(sorted, HIGHEST_SHARE), ...fixed] : fixed;
  const low = Math.min(...inner);
  const high = Math.max(...inner);
  const lowest = Math.min(low, sorted[0] ?? low);
  const wantsLog = scale === "log";
  if (wantsLog && lowest > 0) {
    const [a, b] = padded(Math.log10(low), Math.log10(high), 0.02);
    return { lo: 10 ** a, hi: 10 ** b, log: true, logRefused: false };
  }
  let [lo, hi] = padded(low, high, Math.abs(high || 1) * 0.1);
  if (lowest >= 0) lo = Math.max(0, lo);
  if (scale === "zero") {
    lo = Math.min(0, lowest < 0 ? lo : 0);
    hi = Math.max(0, hi);
  }
  return { lo, hi, log: false, logRefused: wantsLog };
}

function padded(low: number, high: number, whenFlat: number): [number, number] {
  const range = high - low;
  // A range below the resolution of the numbers themselves cannot be divided into ticks.
  if (range <= Math.abs(high) * 1e-12) return [low - whenFlat, high + whenFlat];
  return [low - range * HEADROOM, high + range * HEADROOM];
}
