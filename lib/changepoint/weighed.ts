/**
 * Values of which some are known better than others: distances from a level count times `root`, the square root of a
 * point's weight, 1 for the usual point. null where all are known equally well.
 */
export type Weighed = { value: Float64Array; root: Float64Array | null };

export function part({ value, root }: Weighed, start: number, end: number): Weighed {
  return { value: value.subarray(start, end), root: root?.subarray(start, end) ?? null };
}

/** What the variance of a level of these points is multiplied by, against as many usual ones. */
export function inflation({ value, root }: Weighed): number {
  if (!root) return 1;
  let weight = 0;
  for (const one of root) weight += one * one;
  return value.length / weight;
}
