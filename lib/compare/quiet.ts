import { FEWEST_PAST, FEWEST_QUIET, MOST_QUIET } from "./constants";
import type { Prior } from "./prior";
import { countOf } from "./runFactor";

/**
 * What no change looks like: comparisons of single runs of one level, drawn from the histories of rows. Sizes are in
 * units of the standard error that such a comparison would be given.
 */
export type Quiet = {
  /** Comparisons by size: how many lie at each of LEVELS sizes, the last one without an end. Sizes below 1 are not counted. */
  counts: Float64Array;
  drawn: number;
  /** Runs that they come from. */
  runs: number;
};

/** Sizes at which comparisons are counted: from 1 on, each so much larger. */
const LEVELS = 240;
const LEVEL_STEP = 1.0175;

/**
 * Compares every history with itself, run against run, the noise of each comparison taken from the other runs and the
 * prior, as a comparison of one run a side would do. `histories` on the log scale without the factors of the runs, NaN
 * where missing. null when they are too short for a picture. O(draws).
 */
export function drawQuiet(histories: readonly Float64Array[], prior: Prior): Quiet | null {
  const all = histories.reduce((sum, history) => sum + pairsOf(countOf(history)), 0);
  if (all < FEWEST_QUIET) return null;
  const every = Math.max(1, Math.floor(all / MOST_QUIET));
  const quiet: Quiet = { counts: new Float64Array(LEVELS), drawn: 0, runs: 0 };
  histories.forEach((history, row) => {
    addPairs(quiet, history, prior, every, row);
  });
  return quiet;
}

/** For each size the chance that a quiet comparison of single runs reaches it. */
export type QuietTail = Float64Array;

/**
 * Pictures of several metrics or environments as one: what is rare is seen better. The share that reached each size; a run that
 * stands out does so in all its comparisons, so that there are as many independent ones as runs: what lies beyond all of
 * them has a chance of one in one more. null for none.
 */
export function quietTail(all: readonly (Quiet | null)[]): QuietTail | null {
  const known = all.filter((one) => one !== null);
  const total = (key: "drawn" | "runs") => known.reduce((sum, one) => sum + one[key], 0);
  const [drawn, runs] = [total("drawn"), total("runs")];
  if (drawn === 0) return null;
  const tail = new Float64Array(LEVELS);
  let reaching = 0;
  for (let level = LEVELS - 1; level >= 0; level--) {
    for (const { counts } of known) reaching += counts[level] as number;
    tail[level] = ((reaching / drawn) * runs + 1) / (runs + 1);
  }
  return tail;
}

function pairsOf(runs: number): number {
  return runs < FEWEST_PAST ? 0 : (runs * (runs - 1)) / 2;
}

/** Adds every `every`th comparison of a history with itself, the first at another place from row to row. */
function addPairs(quiet: Quiet, history: Float64Array, prior: Prior, every: number, row: number): void {
  const values: number[] = [];
  for (const value of history) if (!Number.isNaN(value)) values.push(value);
  if (pairsOf(values.length) === 0) return;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const residuals = values.map((value) => value - mean);
  const square = residuals.reduce((sum, value) => sum + value ** 2, 0);
  quiet.runs += values.length;
  let skip = row % every;
  for (let i = 0; i < residuals.length; i++) {
    const left = residuals.length - 1 - i;
    for (; skip < left; skip += every) {
      const a = residuals[i] as number;
      const b = residuals[i + 1 + skip] as number;
      const size = Math.abs(a - b) / Math.sqrt(2 * varianceWithout(values.length, square, a, b, prior));
      const level = levelOf(size);
      quiet.drawn++;
      if (level >= 0) quiet.counts[level] = (quiet.counts[level] as number) + 1;
    }
    skip -= left;
  }
}

/**
 * Variance of the other runs of a history, two of which (at distances a and b from the mean of all) are left out, drawn
 * towards the prior. Plain numbers: it is asked for a hundred thousand times.
 */
function varianceWithout(runs: number, square: number, a: number, b: number, prior: Prior): number {
  const left = runs - 2;
  const rest = square - a * a - b * b - (a + b) ** 2 / left;
  const weight = Math.min(prior.df, 1e8);
  return (weight * prior.variance + Math.max(0, rest)) / (weight + left - 1);
}

const levelOf = (size: number) => Math.min(LEVELS - 1, Math.floor(Math.log(size) / Math.log(LEVEL_STEP)));

/** Chance that a quiet comparison of single runs reaches `size`. At sizes below 1 it is 0: nothing to be said. */
export function quietShare(tail: QuietTail, size: number): number {
  const level = levelOf(size);
  return level >= 0 ? (tail[level] as number) : 0;
}

/** The smallest size that is reached with a chance of at most `p`; Infinity where every size has a larger one. */
export function sizeBeyond(tail: QuietTail, p: number): number {
  for (let level = 0; level < tail.length; level++) if ((tail[level] as number) <= p) return LEVEL_STEP ** level;
  return Number.POSITIVE_INFINITY;
}
