import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { median, quantile, quantileSorted } from "./quantile";

const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }), { minLength: 1 });

describe("quantile", () => {
  test("agrees with R: quantile(c(1, 2, 3, 4), c(0.05, 0.25, 0.5, 0.95)) is 1.15, 1.75, 2.5, 3.85", () => {
    expect([0.05, 0.25, 0.5, 0.95].map((q) => quantile([4, 2, 1, 3], q))).toEqual([
      expect.closeTo(1.15, 12),
      expect.closeTo(1.75, 12),
      2.5,
      expect.closeTo(3.85, 12),
    ]);
  });

  test("there is none of no values, and one value is all of its quantiles", () => {
    expect(quantile([], 0.5)).toBeNull();
    expect(quantile([7], 0)).toBe(7);
    expect(quantile([7], 1)).toBe(7);
  });

  test("lies between the smallest and the largest value and grows with q", () => {
    fc.assert(
      fc.property(numbers, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        const answer = quantile(values, q) as number;
        expect(answer).toBeGreaterThanOrEqual(Math.min(...values));
        expect(answer).toBeLessThanOrEqual(Math.max(...values));
        expect(quantile(values, Math.min(1, q + 0.1))).toBeGreaterThanOrEqual(answer - 1e-3);
      }),
    );
  });
});

describe("median", () => {
  test("is the middle value, or the mean of the two middle ones", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([])).toBeNull();
  });

  test("agrees with sorting, whatever the order and the ties", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 60 }), (values) => {
        const ascending = [...values].sort((a, b) => a - b);
        expect(median(values)).toBeCloseTo(quantileSorted(ascending, 0.5) as number, 12);
      }),
    );
  });

  test("of two values near the largest double does not overflow", () => {
    expect(median([1.7e308, 1.7e308 - 1e292])).toBeGreaterThan(1.6e308);
  });

  test("leaves its input as it was", () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});
