import { median } from "../stats/quantile";
import { differenceNoise, MAD_TO_SD } from "../stats/spread";
import { MOST_WEIGHT, WEIGH_PAIRS } from "./constants";

/** What stands behind the points: runs of each, samples of each run, and differences that show how either scatter. */
export type Backing = {
  runs: number[];
  /** Samples per run, on average. */
  samples: number[];
  /** |first - second| run of each point that has two, and |first - second| sample of each run that has two. */
  runPairs: number[];
  samplePairs: number[];
};

/**
 * Square roots of the weights of points (1 for the usual one): a point's variance is that of its commit, plus that of a run
 * over its runs, plus that of a sample over its samples; all three estimated from the series, by medians of differences.
 * null where all points have as many runs and samples, or too few have two to tell how they scatter.
 */
export function rootsOf(value: Float64Array, { runs, samples, runPairs, samplePairs }: Backing): Float64Array | null {
  if (isEven(runs) && isEven(samples)) return null;
  if (runPairs.length < WEIGH_PAIRS && samplePairs.length < WEIGH_PAIRS) return null;
  const unit = Math.max(sdOf(runPairs), sdOf(samplePairs), differenceNoise(value) ?? 0);
  if (!(unit > 0)) return null;
  const sample = (sdOf(samplePairs) / unit) ** 2;
  const run = Math.max(0, (sdOf(runPairs) / unit) ** 2 - sample * ofMedian(median(samples) ?? 1));
  const own = runs.map((k, i) => (run + sample * ofMedian(samples[i] as number)) * ofMedian(k));
  const total = ((differenceNoise(value) ?? 0) / unit) ** 2;
  const commit = Math.max(0, total - (median(own) ?? 0));
  const usual = commit + (median(own) ?? 0);
  return Float64Array.from(own, (variance) => {
    const weight = usual / Math.max(commit + variance, usual / MOST_WEIGHT);
    return Math.sqrt(Math.max(1 / MOST_WEIGHT, weight));
  });
}

/** Sd of one value from absolute differences of two; 0 for too few. */
function sdOf(pairs: number[]): number {
  return pairs.length < WEIGH_PAIRS ? 0 : ((median(pairs) as number) * MAD_TO_SD) / Math.SQRT2;
}

/** Variance of the median of n normal values over that of one: 1 / n up to two, then the large-sample form, shifted. */
function ofMedian(n: number): number {
  return n <= 2 ? 1 / n : Math.PI / 2 / (n + 0.5);
}

function isEven(counts: number[]): boolean {
  return counts.every((count) => count === counts[0]);
}
