import { quantileSorted, sorted } from "@/lib/stats/quantile";
import { betaRegularized } from "@/lib/stats/student";
import { studentUpper } from "@/lib/stats/studentInverse";
import { CERTAINTY, FEWEST_RUNS } from "./constants";
import { addVariances } from "./judge";

/** How one part of the distribution moved. Values in the metric's unit. */
export type QuantileShift = {
  /** 0.5 is the median. */
  quantile: number;
  baseline: number;
  contender: number;
  difference: number;
  /** contender / baseline - 1; null where values are not all above 0. */
  change: number | null;
  /** 95 % of the change, of the difference where `change` is null; null with fewer than FEWEST_RUNS runs on a side. */
  interval: readonly [number, number] | null;
};

export const SHIFTED_QUANTILES = [0.1, 0.25, 0.5, 0.75, 0.9] as const;

/** Samples of a side that are looked at one by one; of more, each run gives evenly spaced quantiles. */
const MOST_SAMPLES = 1000;

/**
 * Quantiles of all samples of a side, every run weighing the same, and how they differ: all parts of the distribution
 * alike, or the slow tail alone. Intervals by the jackknife over runs (samples of one run hang together), Student's t. A side is
 * an array of runs, each with at least one sample; no shifts where a side has none. With few samples far quantiles are drawn
 * towards the middle. Sources: Harrell & Davis 1982, doi 10.1093/biomet/69.3.635; Doksum 1974, doi 10.1214/aos/1176342662;
 * Wilcox 1995, doi 10.1002/bimj.4710370510.
 */
export function quantileShifts(
  baseline: readonly (readonly number[])[],
  contender: readonly (readonly number[])[],
  quantiles: readonly number[] = SHIFTED_QUANTILES,
): QuantileShift[] {
  if (baseline.length === 0 || contender.length === 0) return [];
  const isLog = [...baseline, ...contender].every((run) => run.every((value) => value > 0));
  const sides = [baseline, contender].map((runs) =>
    quantilesOf(
      runs.map((run) => onScale(run, isLog, runs.length)),
      quantiles,
    ),
  );
  const [from, to] = sides as [Quantiles, Quantiles];
  return quantiles.map((quantile, k) => {
    const [a, b] = [from.values[k] as number, to.values[k] as number];
    const back = (level: number) => (isLog ? Math.exp(level) : level);
    return {
      quantile,
      baseline: back(a),
      contender: back(b),
      difference: back(b) - back(a),
      change: isLog ? Math.expm1(b - a) : null,
      interval: intervalOf(b - a, k, from, to, isLog),
    };
  });
}

function onScale(run: readonly number[], isLog: boolean, runs: number): Float64Array {
  const values = sorted(isLog ? run.map(Math.log) : run);
  const most = Math.max(9, Math.floor(MOST_SAMPLES / runs));
  if (values.length <= most) return values;
  return Float64Array.from({ length: most }, (_, i) => quantileSorted(values, (i + 0.5) / most) as number);
}

/** Quantiles of a side, and per quantile their variance by leaving out one run after the other. */
type Quantiles = { values: number[]; variances: number[] | null; runs: number };

function quantilesOf(runs: readonly Float64Array[], quantiles: readonly number[]): Quantiles {
  const values = smooth(runs, quantiles);
  if (runs.length < FEWEST_RUNS) return { values, variances: null, runs: runs.length };
  const without = runs.map((_, left) =>
    smooth(
      runs.filter((__, run) => run !== left),
      quantiles,
    ),
  );
  const variances = quantiles.map((_, k) => {
    const drawn = without.map((one) => one[k] as number);
    const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
    return ((drawn.length - 1) / drawn.length) * drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  });
  return { values, variances, runs: runs.length };
}

/** Weighted Harrell-Davis quantiles: every run weighs the same, n is what the weights leave of the samples. */
function smooth(runs: readonly Float64Array[], quantiles: readonly number[]): number[] {
  const weighted = runs
    .flatMap((run) => Array.from(run, (value) => ({ value, weight: 1 / (run.length * runs.length) })))
    .sort((a, b) => a.value - b.value);
  const n = 1 / weighted.reduce((sum, { weight }) => sum + weight ** 2, 0);
  return quantiles.map((quantile) => {
    const [a, b] = [(n + 1) * quantile, (n + 1) * (1 - quantile)];
    let below = 0;
    let reached = 0;
    let sum = 0;
    for (const { value, weight } of weighted) {
      reached += weight;
      const mass = reached > 1 - 1e-12 ? 1 : betaRegularized(reached, a, b);
      sum += value * (mass - below);
      below = mass;
    }
    return sum;
  });
}

function intervalOf(
  effect: number,
  k: number,
  from: Quantiles,
  to: Quantiles,
  isLog: boolean,
): readonly [number, number] | null {
  if (from.variances === null || to.variances === null) return null;
  const { variance, df } = addVariances([
    { variance: from.variances[k] as number, df: from.runs - 1 },
    { variance: to.variances[k] as number, df: to.runs - 1 },
  ]);
  const reach = variance > 0 ? studentUpper((1 - CERTAINTY) / 2, df) * Math.sqrt(variance) : 0;
  const ends = [effect - reach, effect + reach] as const;
  return isLog ? [Math.expm1(ends[0]), Math.min(Number.MAX_VALUE, Math.expm1(ends[1]))] : ends;
}
