import { decimalsOf, formatNumber, MINUS, NBSP, NO_VALUE } from "./number";

/** How the values of one column or chart are shown: all in `unit`, which is `factor` of the metric's own unit. */
export type Scale = {
  /** Written after a number: "ms", "MiB", "MiB/s"; "" for plain numbers. */
  unit: string;
  /** value in the metric's unit / factor = value in `unit`. */
  factor: number;
};

/** Rungs from small to large: symbol and size in the base unit of the ladder. */
const TIME = [
  ["ns", 1e-9],
  ["µs", 1e-6],
  ["ms", 1e-3],
  ["s", 1],
] as const;
const BYTES = [
  ["B", 1],
  ["KiB", 2 ** 10],
  ["MiB", 2 ** 20],
  ["GiB", 2 ** 30],
  ["TiB", 2 ** 40],
  ["PiB", 2 ** 50],
] as const;

/** Units whose name says nothing beside a number. */
const PLAIN = new Set(["1", "count", "ratio"]);

/** Size of the units that metrics may have, in the base unit of their ladder. */
const SIZES: Record<string, { ladder: readonly (readonly [string, number])[]; size: number }> = {
  ...Object.fromEntries(TIME.map(([unit, size]) => [unit, { ladder: TIME, size }])),
  us: { ladder: TIME, size: 1e-6 },
  μs: { ladder: TIME, size: 1e-6 }, // U+03BC, the look-alike of U+00B5
  min: { ladder: TIME, size: 60 },
  h: { ladder: TIME, size: 3600 },
  d: { ladder: TIME, size: 86_400 },
  ...Object.fromEntries(BYTES.map(([unit, size]) => [unit, { ladder: BYTES, size }])),
  kB: { ladder: BYTES, size: 1e3 },
  MB: { ladder: BYTES, size: 1e6 },
  GB: { ladder: BYTES, size: 1e9 },
  TB: { ladder: BYTES, size: 1e12 },
  PB: { ladder: BYTES, size: 1e15 },
};

/** The median of a column is at least this much of its unit, even if its largest value asks for a larger one. */
const LEAST_MEDIAN = 0.01;
/** So is its smallest value, as long as the largest keeps within so many of the smaller unit. */
const LEAST = 0.01;
const MOST = 1e5;

/**
 * One scale for all values of a column or chart, so that they compare at a glance: the unit that suits the largest value
 * (in the metric's `unit`), or a smaller one where the median would be under a hundredth, or the smallest value and the
 * largest stays readable. Rates scale by what stands before the slash. Units outside time and bytes stay as they are. O(n log n).
 */
export function scaleFor(values: Iterable<number | null>, unit: string): Scale {
  const [, head = unit, tail = ""] = /^([^/]+)(\/.+)$/.exec(unit) ?? [];
  const known = SIZES[head];
  if (!known) return { unit: PLAIN.has(unit) ? "" : unit, factor: 1 };
  const sizes = [...values].flatMap((value) => (value && Number.isFinite(value) ? [Math.abs(value) * known.size] : []));
  sizes.sort((a, b) => a - b);
  const median = sizes[Math.floor(sizes.length / 2)];
  const largest = sizes.at(-1);
  const [smallest] = sizes;
  const suits = (size: number, below: number | undefined) =>
    median !== undefined &&
    smallest !== undefined &&
    largest !== undefined &&
    // 0.9995 and up is shown as 1.00 of the next unit, so it takes that unit.
    largest >= size * 0.9995 &&
    median >= size * LEAST_MEDIAN &&
    (smallest >= size * LEAST || below === undefined || largest >= below * MOST);
  const rung =
    largest === undefined
      ? known.ladder.find(([, size]) => size >= known.size)
      : known.ladder.findLast(([, size], i) => suits(size, known.ladder[i - 1]?.[1]));
  const [symbol, size] = rung ?? known.ladder[0] ?? [head, known.size];
  return { unit: symbol + tail, factor: size / known.size };
}

/** The number alone, for a column whose head or axis names the unit. */
export function formatScaled(value: number | null | undefined, scale: Scale): string {
  return formatNumber(value === null || value === undefined ? null : value / scale.factor);
}

/** Number and unit, "7.94 s"; a dash without a value. */
export function formatValue(value: number | null | undefined, scale: Scale): string {
  return withUnit(formatScaled(value, scale), scale.unit);
}

/** One value that stands alone, in the unit that suits it. */
export function formatQuantity(value: number | null | undefined, unit: string): string {
  return formatValue(value, scaleFor([value ?? null], unit));
}

/** A difference in the metric's unit, always with its sign: "+2.60 s". */
export function formatDifference(difference: number | null | undefined, scale: Scale): string {
  if (difference === null || difference === undefined) return NO_VALUE;
  const text = formatScaled(Math.abs(difference), scale);
  const sign = text === "0" || text === NO_VALUE ? "" : difference < 0 ? MINUS : "+";
  return withUnit(sign + text, scale.unit);
}

/**
 * Differences of one column, of which `largest` is the largest: its decimals are those of all, so that they align ("+4.71 s",
 * "+0.03 s"). What rounds to nothing is "< 0.01 s".
 */
export function formatInColumn(difference: number | null | undefined, largest: number, scale: Scale): string {
  if (difference === null || difference === undefined) return NO_VALUE;
  if (Math.abs(largest / scale.factor) >= 1e7) return formatDifference(difference, scale);
  const decimals = decimalsOf(largest / scale.factor);
  const size = Math.abs(difference / scale.factor);
  const least = 10 ** -decimals;
  if (size > 0 && size < least / 2) return withUnit(`< ${least.toFixed(decimals)}`, scale.unit);
  const sign = size === 0 ? "" : difference < 0 ? MINUS : "+";
  return withUnit(sign + size.toFixed(decimals), scale.unit);
}

function withUnit(text: string, unit: string): string {
  if (text === NO_VALUE || unit === "") return text;
  return `${text}${NBSP}${unit}`;
}
