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

/**
 * q values for a rate that is held: the number of tests without an effect is first estimated by a stage at rate / (1 + rate),
 * whose calls are taken for effects. A q is at most `rate` exactly where the two stages call the test. Never more calls
 * than Benjamini and Hochberg where they would call none; more of them where many tests have an effect. As above otherwise.
 * `weights` > 0 (mean 1 over the tests; default all 1) say which tests the error is spent on: p / weight stands for p, and
 * the tests without an effect count with their weights. They may rest on anything that does not depend on the p of tests
 * without an effect.
 * Sources: Benjamini, Krieger & Yekutieli 2006, doi 10.1093/biomet/93.3.491, definition 6; Genovese, Roeder & Wasserman 2006,
 * doi 10.1093/biomet/93.3.509.
 */
export function adaptiveRates(
  ps: readonly (number | null)[],
  rate: number,
  weights: ArrayLike<number> | null = null,
): (number | null)[] {
  const first = falseDiscoveryRates(ps.map((p, i) => (p === null ? null : p / (weights?.[i] ?? 1))));
  let tests = 0;
  let uncalled = 0;
  let largest = 0;
  first.forEach((q, i) => {
    if (q === null) return;
    const weight = weights?.[i] ?? 1;
    tests++;
    largest = Math.max(largest, weight);
    if (q > rate / (1 + rate)) uncalled += weight;
  });
  // All called: each test is the last one that could be without an effect.
  const quiet = Math.max(largest, uncalled) / Math.max(1, tests);
  return first.map((q) => (q === null ? null : Math.min(1, q * (1 + rate) * quiet)));
}
