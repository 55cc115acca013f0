import { linePath } from "./paths";
import { thin } from "./thin";

export type SparkSegment = {
  /** Indices of its first and last value. */
  first: number;
  last: number;
  level: number;
};

export type Spark = {
  /** Thin line through the values. */
  trace: string;
  /** One line per segment. */
  levels: string[];
  /** Upright between two levels, with the direction of the step in the values' terms. */
  steps: { path: string; rises: boolean }[];
};

/** Most values that a sparkline draws; more cannot be told apart. */
const MOST = 120;

/**
 * The paths of a sparkline: `values` in order, evenly spaced, fitted into `width` x `height` px with 2 px of room.
 * Null: no values.
 */
export function sparkline(
  values: readonly number[],
  segments: readonly SparkSegment[],
  width: number,
  height: number,
): Spark | null {
  if (values.length === 0) return null;
  const all = [...values, ...segments.map((s) => s.level)];
  const low = Math.min(...all);
  const range = Math.max(...all) - low;
  const x = (i: number) => (values.length === 1 ? width / 2 : 1 + (i / (values.length - 1)) * (width - 2));
  const y = (v: number) => (range > 0 ? height - 2 - ((v - low) / range) * (height - 4) : height / 2);
  const kept = thin(values, MOST);
  return {
    trace: linePath(kept.map((i) => ({ x: x(i), y: y(values[i] as number) }))),
    levels: segments.map((s, i) => {
      const end = segments[i + 1]?.first ?? s.last;
      return linePath([
        { x: x(s.first), y: y(s.level) },
        { x: x(end), y: y(s.level) },
      ]);
    }),
    steps: segments.slice(1).map((s, i) => {
      const before = segments[i]?.level ?? s.level;
      const at = x(s.first);
      return {
        path: linePath([
          { x: at, y: y(before) },
          { x: at, y: y(s.level) },
        ]),
        rises: s.level > before,
      };
    }),
  };
}
