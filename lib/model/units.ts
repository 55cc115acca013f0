/** Units of measured values: which there are, what they measure, and exact factors between those of one dimension. */
export type Unit = {
  name: string;
  /** Units of one dimension can be converted: "time", "bytes", "1/time". */
  dimension: string;
  /** One of this unit is `numerator / denominator` of the dimension's base. Two integers: 900 ms are exactly 0.9 s. */
  numerator: bigint;
  denominator: bigint;
};

const SIMPLE: Record<string, Record<string, readonly [numerator: bigint, denominator: bigint]>> = {
  time: {
    ns: [1n, 1_000_000_000n],
    us: [1n, 1_000_000n],
    µs: [1n, 1_000_000n], // U+00B5, on most keyboards
    μs: [1n, 1_000_000n], // U+03BC, its look-alike
    ms: [1n, 1000n],
    s: [1n, 1n],
    min: [60n, 1n],
    h: [3600n, 1n],
    d: [86_400n, 1n],
  },
  bytes: {
    B: [1n, 1n],
    kB: [10n ** 3n, 1n],
    MB: [10n ** 6n, 1n],
    GB: [10n ** 9n, 1n],
    TB: [10n ** 12n, 1n],
    PB: [10n ** 15n, 1n],
    KiB: [2n ** 10n, 1n],
    MiB: [2n ** 20n, 1n],
    GiB: [2n ** 30n, 1n],
    TiB: [2n ** 40n, 1n],
    PiB: [2n ** 50n, 1n],
  },
  ratio: { ratio: [1n, 1n], "%": [1n, 100n], ppm: [1n, 1_000_000n] },
  count: { count: [1n, 1n], thousand: [1000n, 1n], million: [10n ** 6n, 1n], billion: [10n ** 9n, 1n] },
  energy: { J: [1n, 1n], mJ: [1n, 1000n], kJ: [1000n, 1n], Wh: [3600n, 1n], kWh: [3_600_000n, 1n] },
  power: { W: [1n, 1n], mW: [1n, 1000n], kW: [1000n, 1n] },
  temperature: { "°C": [1n, 1n] },
  pixels: { px: [1n, 1n] },
  USD: { USD: [1n, 1n] },
  EUR: { EUR: [1n, 1n] },
  "": { "": [1n, 1n] },
};

/** What is counted, in the singular or plural that people write. Each is a dimension of its own. */
const COUNTED: Record<string, string> = {
  op: "ops",
  ops: "ops",
  tx: "tx",
  req: "req",
  row: "rows",
  rows: "rows",
  item: "items",
  items: "items",
  task: "tasks",
  tasks: "tasks",
  event: "events",
  events: "events",
  call: "calls",
  calls: "calls",
  iter: "iterations",
  iterations: "iterations",
  alloc: "allocs",
  allocs: "allocs",
  cycle: "cycles",
  cycles: "cycles",
  instruction: "instructions",
  instructions: "instructions",
  frame: "frames",
  frames: "frames",
  message: "messages",
  messages: "messages",
  token: "tokens",
  tokens: "tokens",
  file: "files",
  files: "files",
  page: "pages",
  pages: "pages",
  worker: "workers",
  workers: "workers",
  byte: "bytes counted",
};

const HERTZ: Record<string, bigint> = { Hz: 1n, kHz: 10n ** 3n, MHz: 10n ** 6n, GHz: 10n ** 9n };

/** Other spellings, for the hint only: which of KB's two meanings is meant, only the sender knows. */
const HINTS: Record<string, string[]> = {
  kb: ["kB", "KiB"],
  mb: ["MB", "MiB"],
  gb: ["GB", "GiB"],
  tb: ["TB", "TiB"],
  byte: ["B"],
  bytes: ["B"],
  kilobytes: ["kB", "KiB"],
  megabytes: ["MB", "MiB"],
  sec: ["s"],
  secs: ["s"],
  second: ["s"],
  seconds: ["s"],
  milliseconds: ["ms"],
  msec: ["ms"],
  microseconds: ["us"],
  usec: ["us"],
  nanoseconds: ["ns"],
  nsec: ["ns"],
  minutes: ["min"],
  hours: ["h"],
  hr: ["h"],
  days: ["d"],
  percent: ["%"],
  pct: ["%"],
  none: [""],
  number: ["count"],
};

const simple = new Map<string, Unit>();
for (const [dimension, units] of Object.entries(SIMPLE))
  for (const [name, [numerator, denominator]] of Object.entries(units))
    simple.set(name, { name, dimension, numerator, denominator });
for (const [name, dimension] of Object.entries(COUNTED))
  simple.set(name, { name, dimension, numerator: 1n, denominator: 1n });
for (const [name, numerator] of Object.entries(HERTZ))
  simple.set(name, { name, dimension: "1/time", numerator, denominator: 1n });

/**
 * The unit called `name`, or null. Case matters (`S` is no second). A rate is written `B/s`, `1/min`, `tx/s`, `ns/op`:
 * any unit over any other.
 */
export function findUnit(name: string): Unit | null {
  const known = simple.get(name);
  if (known) return known;
  const [over, under, ...rest] = name.split("/");
  if (rest.length || !over || !under) return null;
  const top = over === "1" ? { dimension: "1", numerator: 1n, denominator: 1n } : simple.get(over);
  const bottom = simple.get(under);
  if (!top || !bottom) return null;
  return {
    name,
    dimension: `${top.dimension}/${bottom.dimension}`,
    numerator: top.numerator * bottom.denominator,
    denominator: top.denominator * bottom.numerator,
  };
}

/** A function from values in `from` to values in `to`, or null when they measure different things. */
export function converter(from: Unit, to: Unit): ((value: number) => number) | null {
  if (from.dimension !== to.dimension) return null;
  const over = from.numerator * to.denominator;
  const under = from.denominator * to.numerator;
  const divisor = greatestCommonDivisor(over, under);
  const multiply = Number(over / divisor);
  const divide = Number(under / divisor);
  return multiply === divide ? (value) => value : (value) => (value * multiply) / divide;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}

/** Units that somebody who wrote `name` may have meant, the nearest first; for messages. */
export function nearUnits(name: string): string[] {
  const [over = "", ...under] = name.split("/");
  const rest = under.length ? `/${under.join("/")}` : "";
  const hinted = HINTS[over.toLowerCase()] ?? [];
  const sameLetters = [...simple.keys()].filter((unit) => unit.toLowerCase() === over.toLowerCase());
  const near = [...new Set([...hinted, ...sameLetters])].map((unit) => unit + rest).filter((unit) => findUnit(unit));
  return near.length ? near : ["s", "ms", "B", "MB", "MiB", "count", "%", "1/s", "ops/s", "B/s"];
}

/** Is less of it better, unless somebody says otherwise? So for time and memory; of anything else nobody knows. */
export const isCost = (unit: Unit): boolean => isNeverNegative(unit);

/** Time and memory, also per operation, are never negative. */
export const isNeverNegative = (unit: Unit): boolean => /^(time|bytes)(?!\/(?:time|bytes)$)(\/|$)/.test(unit.dimension);

/** The unit that a metric of this name has when none is given; null: it has none. */
export function defaultUnit(metric: string): string | null {
  if (metric === "duration") return "s";
  return metric.endsWith("_memory") ? "B" : null;
}

/** Smallest relative effect worth telling, for a metric that nobody has set it for. */
export const defaultSmallestEffect = (metric: string): number => (metric.endsWith("_memory") ? 0.03 : 0.05);
