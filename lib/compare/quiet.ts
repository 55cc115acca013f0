import { FEWEST_QUIET, LEAST_FAMILY_WEIGHT, MOST_QUIET } from "./constants";
import type { Prior, Spread } from "./prior";
import { countOf } from "./runFactor";

/**
 * What no change looks like: comparisons of single runs of one level, drawn from a family's histories. Sizes are in
 * units of the standard error that such a comparison would be given.
 */
export type Quiet = {
  /** Per row the sizes, ascending, and the number of runs they come from. */
  rows: readonly { sizes: Float64Array; runs: number }[];
  /** For growing sizes: the share of all rows' comparisons that reach it, and how alike the rows are in it. */
  levels: readonly { size: number; share: number; weight: number }[];
};

/** Sizes at which the rows are counted: from 1 on, each so much larger. */
const LEVELS = 60;
const LEVEL_STEP = 1.07;
/** Weight where all rows are alike. */
const MOST_WEIGHT = 1e6;

/**
 * Compares every history with itself, run against run, the noise of each comparison taken from the other runs and the
 * prior, as a comparison of one run a side would do. `histories` on the log scale without the factors of the runs, NaN
 * where missing. null when they are too short for a picture. O(draws log draws).
 */
export function drawQuiet(histories: readonly Float64Array[], prior: Prior): Quiet | null {
  const all = histories.reduce((sum, history) => sum + pairsOf(countOf(history)), 0);
  if (all < FEWEST_QUIET) return null;
  const every = Math.max(1, Math.floor(all / MOST_QUIET));
  const rows = histories.map((history, row) => ({
    sizes: quietSizes(history, prior, every, row),
    runs: countOf(history),
  }));
  const levels = Array.from({ length: LEVELS }, (_, k) => levelOf(rows, LEVEL_STEP ** k));
  return { rows, levels };
}

function pairsOf(runs: number): number {
  return runs < 5 ? 0 : (runs * (runs - 1)) / 2;
}

/** Every `every`th comparison of a history with itself, the first at another place from row to row. */
function quietSizes(history: Float64Array, prior: Prior, every: number, row: number): Float64Array {
  const values = history.filter((value) => !Number.isNaN(value));
  if (pairsOf(values.length) === 0) return new Float64Array(0);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const residuals = values.map((value) => value - mean);
  const square = residuals.reduce((sum, value) => sum + value ** 2, 0);
  const sizes: number[] = [];
  let place = row;
  residuals.forEach((a, i) => {
    for (const b of residuals.subarray(i + 1)) {
      if (place++ % every !== 0) continue;
      sizes.push(Math.abs(a - b) / Math.sqrt(2 * moderated(without(values.length, square, a, b), prior)));
    }
  });
  return Float64Array.from(sizes).sort();
}

/** Variance of the other runs of a history, two of which (at distances a and b from the mean of all) are left out. */
function without(runs: number, square: number, a: number, b: number): Spread {
  const left = runs - 2;
  const rest = square - a * a - b * b - (a + b) ** 2 / left;
  return { variance: Math.max(0, rest) / (left - 1), df: left - 1 };
}

function moderated(own: Spread, prior: Prior): number {
  const weight = Math.min(prior.df, 1e8);
  return (weight * prior.variance + own.df * own.variance) / (weight + own.df);
}

/**
 * Share of the comparisons that reach a size, and the weight of it: rows' shares taken as draws of a beta distribution,
 * its mean and its a + b by moments. A run that stands out does so in all its comparisons, so a share of n runs is as
 * uncertain as one of n / 2 trials.
 */
function levelOf(rows: Quiet["rows"], size: number): Quiet["levels"][number] {
  const drawn = rows.filter(({ sizes }) => sizes.length > 0);
  const shares = drawn.map(({ sizes }) => reaching(sizes, size) / sizes.length);
  const draws = drawn.reduce((sum, { sizes }) => sum + sizes.length, 0);
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const seen = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / Math.max(1, shares.length - 1);
  const sampling = drawn.reduce((sum, { runs }) => sum + (2 * mean * (1 - mean)) / runs, 0) / shares.length;
  const between = seen - sampling;
  const weight = between > 0 ? (mean * (1 - mean)) / between - 1 : MOST_WEIGHT;
  return {
    size,
    share: (mean * draws + 1) / (draws + 1),
    weight: Math.max(LEAST_FAMILY_WEIGHT, Math.min(MOST_WEIGHT, weight)),
  };
}

/**
 * Chance that a quiet comparison of single runs of this row reaches `size`: the row's own share, drawn towards the
 * family's by as much as the rows are alike. At sizes below 1 it is 0: nothing to be said.
 */
export function quietShare({ rows, levels }: Quiet, row: number, size: number): number {
  const place = Math.min(levels.length - 1, Math.floor(Math.log(size) / Math.log(LEVEL_STEP)));
  const level = levels[place];
  const own = rows[row];
  if (level === undefined || own === undefined) return 0;
  const trials = own.sizes.length > 0 ? own.runs / 2 : 0;
  const share = trials > 0 ? reaching(own.sizes, level.size) / own.sizes.length : 0;
  return (trials * share + level.weight * level.share) / (trials + level.weight);
}

/** How many of the ascending sizes reach this one. */
function reaching(sizes: Float64Array, size: number): number {
  let low = 0;
  let high = sizes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sizes[middle] as number) >= size) high = middle;
    else low = middle + 1;
  }
  return sizes.length - low;
}
