import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seeded } from "./random";
import { wilson } from "./wilson";

/** From SciPy: binomtest(hits, of).proportion_ci(method="wilson") */
test.each([
  [8, 10, 0.49016247153664183, 0.9433178485456247],
  [0, 10, 0, 0.2775327998628892],
  [10, 10, 0.722467200137111, 1],
  [1, 1, 0.20654931437723734, 1],
  [81, 263, 0.2552885198782742, 0.36620957698280004],
])("%d of %d", (hits, of, low, high) => {
  const [lo, hi] = wilson(hits, of) ?? [];
  expect(lo).toBeCloseTo(low, 12);
  expect(hi).toBeCloseTo(high, 12);
});

describe("an interval of a share", () => {
  test("there is none without a case", () => {
    expect(wilson(0, 0)).toBeNull();
  });

  test("it holds the share, lies within 0 to 1, and is turned over with what is counted", () => {
    const cases = fc
      .integer({ min: 1, max: 10_000 })
      .chain((of) => fc.tuple(fc.integer({ min: 0, max: of }), fc.constant(of)));
    fc.assert(
      fc.property(cases, ([hits, of]) => {
        const [low = 1, high = 0] = wilson(hits, of) ?? [];
        const [otherLow = 0, otherHigh = 0] = wilson(of - hits, of) ?? [];
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(hits / of);
        expect(high).toBeGreaterThanOrEqual(hits / of);
        expect(low).toBeCloseTo(1 - otherHigh, 10);
        expect(high).toBeCloseTo(1 - otherLow, 10);
      }),
    );
  });

  test("among 2000 draws of 20 cases with a share of 0.3 it holds the share in 93 to 98 %", () => {
    const next = seeded(1);
    let held = 0;
    for (let draw = 0; draw < 2000; draw++) {
      let hits = 0;
      for (let i = 0; i < 20; i++) if (next() < 0.3) hits++;
      const [low = 1, high = 0] = wilson(hits, 20) ?? [];
      if (low <= 0.3 && 0.3 <= high) held++;
    }
    expect(held / 2000).toBeGreaterThan(0.93);
    expect(held / 2000).toBeLessThan(0.985);
  });
});
