/** Density of the standard normal distribution. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/**
 * P(Z > z) of the standard normal distribution, with a relative error below 1e-13 also in the far tail.
 * Series for |z| < 3, Laplace's continued fraction beyond. Source: Abramowitz & Stegun 26.2.11 and 26.2.14.
 */
export function normalTail(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  if (z < 0) return 1 - normalTail(-z);
  return z < 3 ? 0.5 - series(z) : z > 40 ? 0 : normalDensity(z) * fraction(z);
}

/** P(Z <= z) of the standard normal distribution. */
export function normalCdf(z: number): number {
  return normalTail(-z);
}

/** The same with an absolute error below 1e-7, several times quicker. Source: Abramowitz & Stegun 26.2.17. */
export function normalCdfRough(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const terms = 0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429)));
  const tail = normalDensity(z) * t * terms;
  return z < 0 ? tail : 1 - tail;
}

/**
 * z with P(Z <= z) = p; -Infinity at 0, Infinity at 1, NaN outside [0, 1]. Relative error below 1e-12.
 * Acklam's start in the form of a tail expansion, then Newton's steps on the accurate tail.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 1) return Number.POSITIVE_INFINITY;
  return p < 0.5 ? -upperQuantile(p) : upperQuantile(1 - p);
}

/** z >= 0 with P(Z > z) = tail <= 0.5. Start: Abramowitz & Stegun 26.2.23 (error < 4.5e-4); Newton on the log of the tail. */
function upperQuantile(tail: number): number {
  const t = Math.sqrt(-2 * Math.log(tail));
  let z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let i = 0; i < 4; i++) {
    const now = normalTail(z);
    z += (now * Math.log(now / tail)) / normalDensity(z);
  }
  return z;
}

function series(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 1; Math.abs(term) > 1e-17 * Math.abs(sum); k++) {
    term *= (z * z) / (2 * k + 1);
    sum += term;
  }
  return normalDensity(z) * sum;
}

function fraction(z: number): number {
  let value = 0;
  for (let k = 200; k >= 1; k--) value = k / (z + value);
  return 1 / (z + value);
}
