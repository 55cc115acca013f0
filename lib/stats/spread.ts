import { median } from "./quantile";

/** Makes a MAD estimate the sd of normal values: 1 / the normal quantile of 0.75. */
export const MAD_TO_SD = 1.4826022185056018;

/**
 * Median absolute deviation from the median, in the unit of the values and without a consistency factor
 * (times `MAD_TO_SD` it estimates the sd of normal values). null for no values. O(n log n).
 * Source: Hampel 1974, doi 10.1080/01621459.1974.10482962.
 */
export function mad(values: ArrayLike<number>): number | null {
  const middle = median(values);
  return middle === null ? null : medianAbsolute(values, middle);
}

/** Median of |value - centre|. null for no values. */
export function medianAbsolute(values: ArrayLike<number>, centre = 0): number | null {
  const size = new Float64Array(values.length); // filled in a loop: Float64Array.from with a function is many times slower
  for (let i = 0; i < size.length; i++) size[i] = Math.abs((values[i] as number) - centre);
  return median(size);
}

/**
 * Median absolute difference of values `lag` apart, scaled to estimate the sd of independent normal noise around a level
 * that moves rarely: a step touches `lag` differences only, an outlier two. Unit of the values.
 * null for fewer than lag + 1 values. O(n log n). Source: after von Neumann et al. 1941, with a median for the mean.
 */
export function differenceNoise(values: ArrayLike<number>, lag = 1): number | null {
  const count = values.length - lag;
  if (count < 1) return null;
  const size = new Float64Array(count);
  for (let i = 0; i < count; i++) size[i] = Math.abs((values[i + lag] as number) - (values[i] as number));
  return ((median(size) as number) * MAD_TO_SD) / Math.SQRT2;
}

/**
 * Correlation of residuals (their mean taken as 0) with the one before: sum r[i] r[i-1] / sum r[i]^2, in [-1, 1].
 * null for fewer than three values or when all are 0. O(n).
 */
export function lag1(residuals: ArrayLike<number>): number | null {
  let cross = 0;
  let square = 0;
  for (let i = 0; i < residuals.length; i++) {
    const now = residuals[i] as number;
    square += now * now;
    if (i > 0) cross += now * (residuals[i - 1] as number);
  }
  return residuals.length < 3 || square === 0 ? null : cross / square;
}

/**
 * Lag-1 autocorrelation of noise around a level that moves rarely, without knowing the level: the squared ratio of the
 * median absolute differences two and one apart, minus 1. In [-1, 1]. Biased low by little when n is small.
 * null for fewer than four values or when most neighbours are equal. O(n log n).
 * Source: Chakar, Lebarbier, Levy-Leduc & Robin 2017, doi 10.3150/15-BEJ782.
 */
export function differenceLag1(values: ArrayLike<number>): number | null {
  const one = differenceNoise(values, 1);
  const two = differenceNoise(values, 2);
  if (values.length < 4 || !one || two === null) return null;
  return Math.min(1, (two / one) ** 2 - 1);
}
