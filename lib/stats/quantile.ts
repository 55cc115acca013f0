/**
 * Ascending copy of the values. The input is left as it was.
 */
export function sorted(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/**
 * Quantile of values already in ascending order, R's type 7 (SciPy's and NumPy's "linear"): the value at place
 * (n - 1) q, counted from 0, linear in between. Same unit as the values. `q` in [0, 1].
 * null for no values. O(1). Source: Hyndman & Fan 1996, doi 10.1080/00031305.1996.10473566.
 */
export function quantileSorted(ascending: ArrayLike<number>, q: number): number | null {
  const n = ascending.length;
  if (n === 0) return null;
  const place = (n - 1) * Math.min(1, Math.max(0, q));
  const below = Math.floor(place);
  const low = ascending[below] as number;
  const high = ascending[Math.min(n - 1, below + 1)] as number;
  const share = place - below;
  // Weighted this way two huge values of opposite sign do not overflow in their difference.
  return share === 0 || low === high ? low : low * (1 - share) + high * share;
}

/** Quantile, type 7, of values in any order; see `quantileSorted`. O(n log n). */
export function quantile(values: ArrayLike<number>, q: number): number | null {
  return quantileSorted(sorted(values), q);
}

/** Middle value, or the mean of the two middle ones; the unit of the values. null for no values. O(n log n). */
export function median(values: ArrayLike<number>): number | null {
  return quantileSorted(sorted(values), 0.5);
}
