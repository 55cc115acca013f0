/**
 * q values of Benjamini and Hochberg: q of a row is the smallest false-discovery rate at which it is among the called.
 * `ps` in [0, 1], in any order; the answer has the same order. null (no test was made) stays null and is not counted.
 * O(n log n). Source: Benjamini & Hochberg 1995, doi 10.1111/j.2517-6161.1995.tb02031.x.
 */
export function falseDiscoveryRates(ps: readonly (number | null)[]): (number | null)[] {
  const order = ps.flatMap((p, i) => (p === null ? [] : [{ p, i }])).sort((a, b) => a.p - b.p);
  const q: (number | null)[] = ps.map(() => null);
  let least = 1;
  for (let rank = order.length; rank >= 1; rank--) {
    const { p, i } = order[rank - 1] as { p: number; i: number };
    least = Math.min(least, (p * order.length) / rank);
    q[i] = least;
  }
  return q;
}
