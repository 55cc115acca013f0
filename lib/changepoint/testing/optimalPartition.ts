/**
 * The textbook's optimal partitioning (Jackson et al. 2005, doi 10.1109/LSP.2001.838216), every segment's cost found by
 * trying all levels that can be best: slow, obvious, and the second opinion on `segment`. O(n^4).
 */
export function optimalPartition(values: number[], penalty: number, cap: number, weights = values.map(() => 1)) {
  const best = [-penalty];
  const from: number[] = [];
  for (let end = 1; end <= values.length; end++) {
    best[end] = Number.POSITIVE_INFINITY;
    for (let start = 0; start < end; start++) {
      const cost =
        (best[start] as number) + segmentCost(values.slice(start, end), cap, weights.slice(start, end)) + penalty;
      if (cost < (best[end] as number)) {
        best[end] = cost;
        from[end] = start;
      }
    }
  }
  const ends: number[] = [];
  for (let end = values.length; end > 0; end = from[end] as number) ends.unshift(end);
  return { ends, cost: best[values.length] as number };
}

/** Cost of a given segmentation: what `optimalPartition` minimises. */
export function partitionCost(values: number[], ends: number[], penalty: number, cap: number): number {
  let start = 0;
  return ends.reduce((cost, end) => {
    const own = segmentCost(
      values.slice(start, end),
      cap,
      values.slice(start, end).map(() => 1),
    );
    start = end;
    return cost + own + (end === ends[0] ? 0 : penalty);
  }, 0);
}

/** The best level is the weighted mean of the values within `cap` of some level between two breakpoints. */
function segmentCost(values: number[], cap: number, weights: number[]): number {
  const breaks = values.flatMap((value) => [value - cap, value + cap]).sort((a, b) => a - b);
  const middles = breaks.slice(1).map((right, k) => (right + (breaks[k] as number)) / 2);
  const costAt = (level: number) =>
    values.reduce((sum, value, i) => sum + (weights[i] as number) * Math.min((value - level) ** 2, cap ** 2), 0);
  const levels = [...values, ...middles].map((level) => {
    const near = values.map((value, i) => (Math.abs(value - level) <= cap ? (weights[i] as number) : 0));
    const total = near.reduce((a, b) => a + b, 0);
    return total === 0 ? level : near.reduce((sum, weight, i) => sum + weight * (values[i] as number), 0) / total;
  });
  return Math.min(...levels.map(costAt));
}
