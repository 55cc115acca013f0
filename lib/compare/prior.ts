import { fisherTail } from "@/lib/stats/fisher";
import { digamma, trigamma, trigammaInverse } from "@/lib/stats/gamma";
import { median, quantileSorted, sorted } from "@/lib/stats/quantile";
import { HIGH_VARIANCES, LOW_VARIANCES } from "./constants";

/** A variance and the degrees of freedom it rests on. */
export type Spread = { variance: number; df: number };

/** What the rows show together: the variance of a row of this kind, worth so many degrees of freedom (may be Infinity). */
export type Prior = Spread;

/**
 * The scaled F distribution that the variances of a family follow: variance_i / prior.variance ~ F(df_i, prior.df).
 * Fitted through the mean and variance of the log variances, the extremes pulled in and the same done to the theory, so
 * that a few rows with a noise of their own do not decide for all. All variances and df > 0; at least two spreads.
 * With unequal df the log variances are brought to the spread they had with the median df. O(n log n).
 * Sources: Smyth 2004, doi 10.2202/1544-6115.1027; Phipson, Lee, Majewski, Alexander & Smyth 2016, doi 10.1214/16-AOAS920.
 */
export function fitPrior(spreads: readonly Spread[]): Prior {
  const df = median(spreads.map((one) => one.df)) as number;
  const logs = sorted(commonLogs(spreads, df));
  const low = quantileSorted(logs, LOW_VARIANCES) as number;
  const high = quantileSorted(logs, 1 - HIGH_VARIANCES) as number;
  const seen = moments(logs.map((log) => Math.max(low, Math.min(high, log))));
  const priorDf = dfOf(seen.variance, df);
  return { variance: Math.exp(seen.mean - winsorised(df, priorDf).mean), df: priorDf };
}

/** Log variances as if all had `df` degrees of freedom. */
function commonLogs(spreads: readonly Spread[], df: number): number[] {
  const centred = spreads.map((one) => Math.log(one.variance) - bias(one.df));
  const { mean, variance } = moments(centred);
  const sampling = spreads.reduce((sum, one) => sum + trigamma(one.df / 2), 0) / spreads.length;
  const between = Math.max(0, variance - sampling);
  return centred.map((log, i) => {
    const ratio = (trigamma(df / 2) + between) / (trigamma((spreads[i] as Spread).df / 2) + between);
    return bias(df) + mean + (log - mean) * Math.sqrt(ratio);
  });
}

/** Expected log of a variance estimated with `df` degrees of freedom, of a true variance of 1. */
function bias(df: number): number {
  return digamma(df / 2) - Math.log(df / 2);
}

function moments(values: ArrayLike<number>): { mean: number; variance: number } {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += (values[i] as number) / n;
  let square = 0;
  for (let i = 0; i < n; i++) square += ((values[i] as number) - mean) ** 2;
  return { mean, variance: square / Math.max(1, n - 1) };
}

/** Prior df at which the winsorised log of F(df, prior df) has this variance; Infinity if it has at least that anyhow. */
function dfOf(variance: number, df: number): number {
  if (variance <= winsorised(df, Number.POSITIVE_INFINITY).variance) return Number.POSITIVE_INFINITY;
  const start = 2 * trigammaInverse(Math.max(1e-6, variance - trigamma(df / 2)));
  let low = Math.min(0.2, start);
  let high = Math.max(1e4, start);
  for (let i = 0; i < 40 && high / low > 1.001; i++) {
    const middle = Math.sqrt(low * high);
    if (winsorised(df, middle).variance > variance) low = middle;
    else high = middle;
  }
  return Math.sqrt(low * high);
}

const STEPS = 400;

/** Mean and variance of log F(df1, df2) with its extremes pulled in, by summing the density over a grid. */
function winsorised(df1: number, df2: number): { mean: number; variance: number } {
  const from = -24 / df1 - 3;
  const step = (24 / df2 + 6 / Math.sqrt(df1) + 2 - from) / STEPS;
  const mass = new Float64Array(STEPS);
  let total = 0;
  for (let i = 0; i < STEPS; i++) {
    mass[i] = kernel(from + (i + 0.5) * step, df1, df2);
    total += mass[i] as number;
  }
  const low = placeOf(mass, LOW_VARIANCES * total);
  const high = placeOf(mass, (1 - HIGH_VARIANCES) * total);
  let mean = 0;
  let square = 0;
  for (let i = 0; i < STEPS; i++) {
    const x = Math.max(low, Math.min(high, i + 0.5));
    mean += (x * (mass[i] as number)) / total;
    square += (x * x * (mass[i] as number)) / total;
  }
  return { mean: from + mean * step, variance: (square - mean * mean) * step * step };
}

/** Density of log F(df1, df2) at `x`, up to a constant factor; at most 1. */
function kernel(x: number, df1: number, df2: number): number {
  if (df2 > 1e6) return Math.exp((df1 / 2) * (x - Math.expm1(x)));
  return Math.exp((df1 / 2) * x - ((df1 + df2) / 2) * Math.log1p((df1 * Math.expm1(x)) / (df1 + df2)));
}

/** Place on the grid, in steps, below which this much mass lies. */
function placeOf(mass: Float64Array, wanted: number): number {
  let below = 0;
  for (let i = 0; i < mass.length; i++) {
    const here = mass[i] as number;
    if (below + here >= wanted) return i + (wanted - below) / here;
    below += here;
  }
  return mass.length;
}

/**
 * Each row's variance, drawn towards the prior; df add up, and no row has more than all rows together. A row that is
 * noisier than the prior allows keeps its noise: the prior counts less for it, by how unlikely it is among the others.
 * Rows without an own variance (df 0) get the prior's. Source: as `fitPrior`; Phipson et al., section 6.
 */
export function shrink(spreads: readonly Spread[], prior: Prior): Spread[] {
  const pooled = spreads.reduce((sum, one) => sum + one.df, 0);
  const priorDfs = ownPriorDfs(spreads, prior);
  return spreads.map((one, i) => {
    const weight = Math.min(priorDfs[i] as number, 1e8);
    const variance = (weight * prior.variance + one.df * one.variance) / (weight + one.df);
    return { variance, df: Math.min(weight + one.df, pooled) };
  });
}

/** Prior df row by row: lower where a row's variance is too high to come from the family. */
function ownPriorDfs(spreads: readonly Spread[], prior: Prior): number[] {
  const tails = spreads.map((one) => (one.df > 0 ? fisherTail(one.variance / prior.variance, one.df, prior.df) : 1));
  const order = tails.map((_, i) => i).sort((a, b) => (tails[a] as number) - (tails[b] as number));
  const dfs = spreads.map(() => prior.df);
  const outlierDf = dfOfOutlier(spreads[order[0] as number] as Spread, tails[order[0] as number] as number, prior);
  let reached = 0; // rows less extreme than another keep at least its df
  order.forEach((i, rank) => {
    const belongs = Math.min(1, (tails[i] as number) / ((rank + 0.5) / order.length));
    const own = belongs >= 1 ? prior.df : belongs * Math.min(prior.df, 1e8) + (1 - belongs) * outlierDf;
    reached = Math.max(reached, own);
    dfs[i] = Math.min(reached, prior.df);
  });
  return dfs;
}

/** Prior df under which the noisiest row would be nothing special: its variance is exceeded in half of such rows. */
function dfOfOutlier(row: Spread, tail: number, prior: Prior): number {
  const half = Math.log(0.5);
  const first = (half / Math.log(Math.max(tail, 1e-300))) * Math.min(prior.df, 1e8);
  if (!(row.df > 0) || tail >= 0.5) return prior.df;
  const again = fisherTail(row.variance / prior.variance, row.df, first);
  return (half / Math.log(Math.max(again, 1e-300))) * first;
}
