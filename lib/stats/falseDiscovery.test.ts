import fc from "fast-check";
import { expect, test } from "vitest";
import { seeded } from "@/lib/stats/random";
import { adaptiveRates, falseDiscoveryRates } from "./falseDiscovery";

/** The fifteen p values of Benjamini & Hochberg 1995, section 3.2. */
const PAPER = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
];

test("the paper's example: four of fifteen at 5 %", () => {
  const qs = falseDiscoveryRates(PAPER);
  expect(qs.filter((q) => q !== null && q <= 0.05)).toHaveLength(4);
  expect(qs[3]).toBeCloseTo((0.0095 * 15) / 4, 12);
});

test("no test, no q, and no part in the count", () => {
  expect(falseDiscoveryRates([0.04, null, 0.02])).toEqual([0.04, null, 0.04]);
  expect(falseDiscoveryRates([])).toEqual([]);
});

test("agrees with the definition, for any p in any order: least p m / rank over all that are no smaller", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), (ps) => {
      const q = falseDiscoveryRates(ps);
      ps.forEach((p, i) => {
        const rates = ps
          .filter((other) => other >= p)
          .map((other) => (other * ps.length) / ps.filter((x) => x <= other).length);
        expect(q[i]).toBeCloseTo(Math.min(1, ...rates), 12);
      });
    }),
  );
});

test("with a rate that is held, what two stages call has a q of at most that rate, and nothing else", () => {
  // Ten tests: five with an effect beyond doubt, then one that Benjamini and Hochberg alone would not call.
  const ps = [1e-9, 1e-9, 1e-9, 1e-9, 1e-9, 0.045, 0.3, 0.5, 0.7, 0.9];
  expect(falseDiscoveryRates(ps).filter((q) => q !== null && q <= 0.05)).toHaveLength(5);
  expect(adaptiveRates(ps, 0.05).filter((q) => q !== null && q <= 0.05)).toHaveLength(6);
});

test("where the first stage calls nothing it is stricter than one stage by 1 + rate", () => {
  const ps = [0.02, 0.4, null, 0.8];
  const [first] = falseDiscoveryRates(ps);
  expect(adaptiveRates(ps, 0.05)[0]).toBeCloseTo((first ?? 0) * 1.05, 12);
  expect(adaptiveRates(ps, 0.05)[2]).toBeNull();
});

test("weights say where the error is spent: the same p is called with a large weight and not with a small one", () => {
  const ps = [0.02, 0.02, 0.5, 0.9];
  const [large, small] = adaptiveRates(ps, 0.05, [2.5, 0.5, 0.5, 0.5]);
  expect(large).toBeLessThanOrEqual(0.05);
  expect(small).toBeGreaterThan(0.05);
  expect(adaptiveRates(ps, 0.05, [1, 1, 1, 1])).toEqual(adaptiveRates(ps, 0.05));
});

test("weights that do not depend on the p of tests without an effect hold the rate where nothing differs", () => {
  const random = seeded(12);
  let withCall = 0;
  for (let i = 0; i < 2000; i++) {
    const ps = Array.from({ length: 40 }, () => random());
    const weights = ps.map((_, k) => (k % 2 === 0 ? 1.5 : 0.5));
    if (adaptiveRates(ps, 0.05, weights).some((q) => q !== null && q <= 0.05)) withCall++;
  }
  // 5 % of 2,000 are 100; more than 123 in fewer than 1 of 100 draws.
  expect(withCall).toBeLessThanOrEqual(123);
});
