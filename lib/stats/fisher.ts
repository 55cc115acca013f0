import { betaRegularized } from "./student";

/**
 * P(F > f) of Fisher's F with `df1`, `df2` > 0 degrees of freedom (need not be whole; df2 may be Infinity), f >= 0.
 * Source: Abramowitz & Stegun 26.6.2, by the incomplete beta function.
 */
export function fisherTail(f: number, df1: number, df2: number): number {
  const second = Math.min(df2, 1e8);
  return betaRegularized(second / (second + df1 * f), second / 2, df1 / 2);
}
