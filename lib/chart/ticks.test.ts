import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linearTicks, logTicks } from "./ticks";

const labels = (lo: number, hi: number, target = 3) => {
  const { values, decimals } = linearTicks(lo, hi, target);
  return values.map((value) => value.toFixed(decimals));
};

describe("linear ticks", () => {
  test("stand at round numbers", () => {
    expect(labels(5.2, 9.1)).toEqual(["6", "8"]);
    expect(labels(630, 850)).toEqual(["700", "800"]);
    expect(labels(0, 1)).toEqual(["0.0", "0.5", "1.0"]);
  });
  test("are distinct for a nanosecond in seconds, for 1e15 and for a range of 0.1 %", () => {
    for (const [lo, hi] of [
      [1.1e-9, 1.9e-9],
      [1e15, 1.4e15],
      [999.5, 1000.5],
      [1e9, 1.001e9],
    ] as const) {
      const drawn = labels(lo, hi);
      expect(drawn.length).toBeGreaterThanOrEqual(2);
      expect(new Set(drawn).size).toBe(drawn.length);
    }
  });
  test("do not carry the tail of binary fractions", () => {
    expect(linearTicks(0, 0.45, 4).values).toEqual([0, 0.2, 0.4]);
    expect(linearTicks(0.05, 0.35, 3).values).toEqual([0.1, 0.2, 0.3]);
  });
  test("lie inside, ascend, differ, and their labels are exact, whatever the range", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e12, max: 1e12, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e12, noNaN: true }),
        fc.integer({ min: 1, max: 8 }),
        (lo, size, target) => {
          const hi = lo + size;
          if (size < Math.abs(lo) * 1e-9) return;
          const { values, decimals } = linearTicks(lo, hi, target);
          expect(values.length).toBeGreaterThanOrEqual(1);
          const step = (values[1] ?? hi) - (values[0] ?? lo);
          for (const [i, value] of values.entries()) {
            expect(value).toBeGreaterThanOrEqual(lo - step * 1e-6);
            expect(value).toBeLessThanOrEqual(hi + step * 1e-6);
            if (i > 0) expect(value).toBeGreaterThan(values[i - 1] as number);
            expect(Math.abs(Number(value.toFixed(decimals)) - value)).toBeLessThanOrEqual(step * 1e-3);
          }
        },
      ),
    );
  });
  test("a range of nothing has one tick", () => {
    expect(linearTicks(5, 5, 3).values).toEqual([5]);
  });
});

describe("logarithmic ticks", () => {
  test("are powers of ten over several decades", () => {
    expect(logTicks(0.5, 5000, 3).values).toEqual([1, 10, 100, 1000]);
  });
  test("are 1, 2, 5 inside one decade", () => {
    expect(logTicks(1.5, 9, 3).values).toEqual([2, 5]);
  });
  test("are linear where the range is narrow", () => {
    expect(logTicks(5.85, 7.94, 3).values).toEqual([6, 7]);
  });
});
