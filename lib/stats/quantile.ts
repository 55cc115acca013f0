/**
 * Ascending copy of the values. The input is left as it was.
 */
export function sorted(values: ArrayLike<number>): Float64Array {
  return new Float64Array(values).sort();
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

/** Middle value, or the mean of the two middle ones; the unit of the values. null for no values. O(n) on average. */
export function median(values: ArrayLike<number>): number | null {
  const n = values.length;
  if (n === 0) return null;
  const copy = new Float64Array(values); // Float64Array.from would go through an iterator
  const upper = select(copy, n >> 1);
  if (n % 2 === 1) return upper;
  let lower = Number.NEGATIVE_INFINITY; // the largest of those left of the place, all of them <= upper
  for (let i = 0; i < n >> 1; i++) lower = Math.max(lower, copy[i] as number);
  return lower === upper ? lower : lower / 2 + upper / 2;
}

/**
 * Puts the value that belongs at `place` in ascending order there, smaller or equal ones before it; reorders `values`.
 * Source: Hoare 1961 (algorithm 65), the pivot the median of three.
 */
function select(values: Float64Array, place: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = middleOf(values[low] as number, values[(low + high) >> 1] as number, values[high] as number);
    let i = low;
    let j = high;
    while (i <= j) {
      while ((values[i] as number) < pivot) i++;
      while ((values[j] as number) > pivot) j--;
      if (i > j) break;
      const swap = values[i] as number;
      values[i++] = values[j] as number;
      values[j--] = swap;
    }
    if (place <= j) high = j;
    else if (place >= i) low = i;
    else break;
  }
  return values[place] as number;
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
