import { detect } from "@/lib/changepoint";
import { noise } from "@/lib/changepoint/testing/generate";
import { seeded } from "@/lib/stats/random";
import { table } from "./table";
import { pelt } from "./textbook";

const SIZES = [1000, 10_000, 100_000];
/** Series this long are few: one look is enough where the textbook takes seconds. */
const LONG = 50_000;
/** Multiple of one sort that a series may take from 10,000 points on. */
const LIMIT = 40;

type Row = { series: string; n: number; sortMs: number; detect: number; explain: number; textbook: number };

/**
 * Time per series of the detector, of the detector that also explains itself, and of the textbook's PELT, as multiples of
 * one Float64Array.sort of the same values, by turns in one process. Gives the exit code: 1 over the limit.
 */
export function benchDetect({ rounds }: { rounds: number }): number {
  const rows = SIZES.flatMap((n) => [
    measure("quiet", n, quiet(n), rounds),
    measure("a step of 3 sd every 200 points", n, stepped(n), rounds),
  ]);
  const times = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)}x`;
  console.log(
    table(
      ["series", "points", "one sort, ms", "detect", "detect, explained", "textbook PELT"],
      rows.map((row) => [
        row.series,
        row.n.toLocaleString("en"),
        row.sortMs.toFixed(2),
        times(row.detect),
        times(row.explain),
        times(row.textbook),
      ]),
    ),
  );
  const over = rows.filter((row) => row.n >= 10_000 && row.detect > LIMIT);
  console.log(JSON.stringify({ bench: "detect", rounds, limit: LIMIT, passed: over.length === 0, rows }));
  return over.length === 0 ? 0 : 1;
}

function quiet(n: number): Float64Array {
  return Float64Array.from(noise("normal", n, seeded(1)), (value) => 100 + value);
}

function stepped(n: number): Float64Array {
  return quiet(n).map((value, i) => value + 3 * (Math.floor(i / 200) % 2));
}

function measure(series: string, n: number, values: Float64Array, rounds: number): Row {
  const plain = Array.from(values);
  const ways = {
    sort: () => Float64Array.from(values).sort(),
    detect: () => detect(plain),
    explain: () => detect(plain, { explain: true }),
    textbook: () => pelt(values),
  };
  const names = Object.keys(ways) as (keyof typeof ways)[];
  const took: Record<keyof typeof ways, number[]> = { sort: [], detect: [], explain: [], textbook: [] };
  // Rounds below 0 compile and do not count, but for what takes long.
  for (let round = -3; round < rounds; round++) {
    for (const name of names) {
      const isLong = name === "textbook" && n > LONG;
      if (isLong && round !== 0) continue;
      const start = performance.now();
      for (let turn = 0; turn < turns(n); turn++) ways[name]();
      if (round >= 0) took[name].push((performance.now() - start) / turns(n));
    }
  }
  const sortMs = Math.min(...took.sort); // the least disturbed round: a longer task is disturbed more often
  const ratio = (name: keyof typeof ways) => Math.min(...took[name]) / sortMs;
  return { series, n, sortMs, detect: ratio("detect"), explain: ratio("explain"), textbook: ratio("textbook") };
}

/** Short series several times in a row: a clock has grains. */
function turns(n: number): number {
  return Math.max(1, Math.round(20_000 / n));
}
