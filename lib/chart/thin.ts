/**
 * Indices of at most about `most` of the `values`, in order: of each stretch the lowest and the highest, so that no spike
 * vanishes; the first, the last and those in `keep` always stay. O(n).
 */
export function thin(values: readonly number[], most: number, keep: Iterable<number> = []): number[] {
  if (values.length <= most) return values.map((_, i) => i);
  const chosen = new Set<number>([0, values.length - 1, ...keep]);
  const stretches = Math.max(1, Math.floor(most / 2));
  for (let s = 0; s < stretches; s++) {
    const from = Math.floor((s * values.length) / stretches);
    const to = Math.floor(((s + 1) * values.length) / stretches);
    let low = from;
    let high = from;
    for (let i = from + 1; i < to; i++) {
      if ((values[i] as number) < (values[low] as number)) low = i;
      if ((values[i] as number) > (values[high] as number)) high = i;
    }
    chosen.add(low).add(high);
  }
  return [...chosen].filter((i) => i >= 0 && i < values.length).sort((a, b) => a - b);
}
