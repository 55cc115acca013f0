import { differenceNoise } from "@/lib/stats/spread";

/**
 * Changepoints as the textbook has them, to measure against: PELT with squared distances, noise from the MAD of
 * differences, penalty 3 log n. Indices of the first points of new levels. O(n) to O(n^2), by how many there are.
 * Source: Killick, Fearnhead & Eckley 2012, doi 10.1080/01621459.2012.737745.
 */
export function pelt(values: Float64Array): number[] {
  const n = values.length;
  const noise = differenceNoise(values) || 1;
  const penalty = 3 * Math.log(n);
  const sum = new Float64Array(n + 1);
  const square = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    const x = ((values[i] as number) - (values[0] as number)) / noise;
    sum[i + 1] = (sum[i] as number) + x;
    square[i + 1] = (square[i] as number) + x * x;
  }
  const best = new Float64Array(n + 1);
  best[0] = -penalty;
  const from = new Int32Array(n + 1);
  const candidates = new Int32Array(n + 1);
  const costs = new Float64Array(n + 1);
  let count = 1;
  for (let end = 1; end <= n; end++) {
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < count; k++) {
      const start = candidates[k] as number;
      const total = (sum[end] as number) - (sum[start] as number);
      const cost =
        (best[start] as number) + (square[end] as number) - (square[start] as number) - (total * total) / (end - start);
      costs[k] = cost;
      if (cost < least) {
        least = cost;
        from[end] = start;
      }
    }
    best[end] = least + penalty;
    let kept = 0;
    for (let k = 0; k < count; k++) {
      if ((costs[k] as number) <= (best[end] as number)) candidates[kept++] = candidates[k] as number;
    }
    candidates[kept++] = end;
    count = kept;
  }
  return placesFrom(from, n);
}

function placesFrom(from: Int32Array, n: number): number[] {
  const places: number[] = [];
  for (let end = from[n] as number; end > 0; end = from[end] as number) places.push(end);
  return places.reverse();
}
