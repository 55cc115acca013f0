import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { heatStep, medianOfThree } from "./heat";

describe("a cell's colour", () => {
  test("takes three steps each way, worse from 7, 20 and 50 %, better from 5, 15 and 30 %", () => {
    const steps = [1.06, 1.07, 1.2, 1.5, 0.96, 0.95, 0.85, 0.7].map((value) => heatStep(value * 100, 100, "lower"));
    expect(steps).toEqual([0, 1, 2, 3, 0, -1, -2, -3]);
  });

  test("turns with the direction of the metric and has no verdict without one", () => {
    expect([heatStep(70, 100, "higher"), heatStep(140, 100, "higher"), heatStep(70, 100, "unknown")]).toEqual([
      2, -3, 0,
    ]);
  });

  test("a level of zero knows only equal and different", () => {
    expect([heatStep(0, 0, "lower"), heatStep(5, 0, "lower"), heatStep(5, 0, "higher")]).toEqual([0, 3, -3]);
  });
});

describe("the median of three neighbours", () => {
  test("takes a single spike away and keeps a step", () => {
    expect(medianOfThree([10, 10, 90, 10, 10])).toEqual([10, 10, 10, 10, 10]);
    expect(medianOfThree([10, 10, 10, 20, 20, 20])).toEqual([10, 10, 10, 20, 20, 20]);
  });

  test("looks over gaps and leaves them", () => {
    expect(medianOfThree([1, null, 2, 9])).toEqual([1.5, null, 2, 5.5]);
    expect(medianOfThree([null, 4, null])).toEqual([null, 4, null]);
    expect(medianOfThree([])).toEqual([]);
  });

  test("never leaves the range of the values", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { nil: null })), (values) => {
        const known = values.filter((value) => value !== null);
        for (const value of medianOfThree(values)) {
          if (value === null) continue;
          expect(value).toBeGreaterThanOrEqual(Math.min(...known));
          expect(value).toBeLessThanOrEqual(Math.max(...known));
        }
      }),
    );
  });
});
