/**
 * The value below and above which at most half of the weight lies; the mean of two where half lies exactly between them.
 * `weights` > 0, as many as `values`. null for no values. O(n) on average; both arrays are left as they were.
 * Source: Hoare's selection (1961), counting weight instead of places.
 */
export function weightedMedian(values: ArrayLike<number>, weights: ArrayLike<number>): number | null {
  return weightedMedianInPlace(new Float64Array(values), new Float64Array(weights));
}

/** The same where both arrays may be put in another order. */
export function weightedMedianInPlace(value: Float64Array, weight: Float64Array): number | null {
  const n = value.length;
  if (n === 0) return null;
  let half = 0;
  for (let i = 0; i < n; i++) half += (weight[i] as number) / 2;
  let from = 0;
  let to = n; // what is sought lies in [from, to); the weight before it is `before`
  let before = 0;
  for (;;) {
    const pivot = value[(from + to) >> 1] as number;
    const { low, high, lower, equal } = partition(value, weight, from, to, pivot);
    if (low > from && before + lower >= half) {
      to = low;
      continue;
    }
    const reached = before + lower + equal;
    if (reached > half || high === n) return pivot;
    if (reached === half) return (pivot + least(value, high)) / 2;
    if (high === to) return pivot; // the sums differ in their last digit
    before = reached;
    from = high;
  }
}

/** Puts smaller values before `low`, larger ones from `high` on, and gives the weight of the smaller and the equal. */
function partition(value: Float64Array, weight: Float64Array, from: number, to: number, pivot: number) {
  let low = from;
  let high = to;
  let lower = 0;
  let equal = 0;
  for (let i = from; i < high; ) {
    const here = value[i] as number;
    if (here < pivot) {
      lower += weight[i] as number;
      swap(value, weight, i++, low++);
    } else if (here > pivot) swap(value, weight, i, --high);
    else equal += weight[i++] as number;
  }
  return { low, high, lower, equal };
}

function swap(value: Float64Array, weight: Float64Array, i: number, j: number): void {
  const a = value[i] as number;
  value[i] = value[j] as number;
  value[j] = a;
  const b = weight[i] as number;
  weight[i] = weight[j] as number;
  weight[j] = b;
}

function least(value: Float64Array, from: number): number {
  let found = value[from] as number;
  for (let i = from + 1; i < value.length; i++) found = Math.min(found, value[i] as number);
  return found;
}
