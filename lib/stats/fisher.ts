import { betaRegularized, logGamma } from "./student";

/**
 * P(F > f) of Fisher's F with `df1`, `df2` > 0 degrees of freedom (need not be whole; df2 may be Infinity), f >= 0.
 * Source: Abramowitz & Stegun 26.6.2, by the incomplete beta function.
 */
export function fisherTail(f: number, df1: number, df2: number): number {
  const second = Math.min(df2, 1e8);
  return betaRegularized(second / (second + df1 * f), second / 2, df1 / 2);
}

/** Density of log F at `x`. Degrees of freedom as in `fisherTail`. */
export function logFisherDensity(x: number, df1: number, df2: number): number {
  if (df2 > 1e6) return Math.exp((df1 / 2) * (x - Math.exp(x) + Math.log(df1 / 2)) - logGamma(df1 / 2));
  const a = df1 / 2;
  const b = df2 / 2;
  const scaled = x + Math.log(df1 / df2);
  return Math.exp(a * scaled - (a + b) * Math.log1p(Math.exp(scaled)) - logGamma(a) - logGamma(b) + logGamma(a + b));
}
