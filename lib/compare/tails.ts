import { logGamma } from "@/lib/stats/student";
import type { Prior, Spread } from "./prior";
import { countOf } from "./runFactor";

/**
 * How the difference of two single runs is spread, in units of the sd that is estimated for it: Student's t with `df`,
 * times `scale`. Noise with heavy tails has a low df and a scale below 1.
 */
export type Tails = { scale: number; df: number };

/** Quiet comparisons drawn from histories: at least so many make a picture, and so many are enough. */
const FEWEST_DRAWS = 1000;
const MOST_DRAWS = 6000;
/** Degrees of freedom among which the likeliest is sought. */
const DFS = [2.5, 3, 3.5, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 60, 100, 1000];

/**
 * Tails of the noise of a family from its histories: every history is compared with itself, run against run, the noise
 * of each comparison taken from the other runs and the prior, as a comparison of one run a side would do; Student's t is
 * fitted to the ratios by maximum likelihood. `histories` on the log scale without the factors of the runs, NaN where
 * missing; `own` the variance that a row has beside its history. null when the histories are too short for a picture.
 */
export function fitTails(histories: readonly Float64Array[], prior: Prior): Tails | null {
  const all = histories.reduce((sum, history) => sum + pairsOf(countOf(history)), 0);
  if (all < FEWEST_DRAWS) return null;
  const every = Math.max(1, Math.floor(all / MOST_DRAWS));
  const ratios: number[] = [];
  let place = 0;
  for (const history of histories) {
    const values = history.filter((value) => !Number.isNaN(value));
    const { mean, square } = around(values);
    for (let i = 0; i < values.length; i++) {
      for (let j = i + 1; j < values.length; j++) {
        if (place++ % every !== 0) continue;
        const others = without(values.length, square, (values[i] as number) - mean, (values[j] as number) - mean);
        ratios.push(((values[i] as number) - (values[j] as number)) / Math.sqrt(2 * moderated(others, prior)));
      }
    }
  }
  return likeliest(ratios);
}

function pairsOf(runs: number): number {
  return runs < 5 ? 0 : (runs * (runs - 1)) / 2;
}

function around(values: Float64Array): { mean: number; square: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, square: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) };
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

function likeliest(ratios: readonly number[]): Tails {
  let best: Tails & { likelihood: number } = { scale: 1, df: 1000, likelihood: Number.NEGATIVE_INFINITY };
  for (const df of DFS) {
    const scale = scaleOf(ratios, df);
    const likelihood = ratios.reduce((sum, ratio) => sum + logDensity(ratio / scale, df) - Math.log(scale), 0);
    if (likelihood > best.likelihood) best = { scale, df, likelihood };
  }
  return { scale: best.scale, df: best.df };
}

/** Likeliest scale for a df, by the weights of the EM algorithm. */
function scaleOf(ratios: readonly number[], df: number): number {
  let square = 1;
  for (let step = 0; step < 12; step++) {
    let sum = 0;
    for (const ratio of ratios) sum += ((df + 1) * ratio * ratio) / (df + (ratio * ratio) / square);
    square = sum / ratios.length;
  }
  return Math.sqrt(square);
}

function logDensity(t: number, df: number): number {
  return (
    logGamma((df + 1) / 2) - logGamma(df / 2) - 0.5 * Math.log(df * Math.PI) - ((df + 1) / 2) * Math.log1p((t * t) / df)
  );
}
