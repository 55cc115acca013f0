import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { costOf, probabilityReal } from "./cost";

const shares = new Map([
  ["vm-a", 0.25],
  ["vm-b", 0.75],
]);
const on = (name: string, costSeconds: number | null) => ({ name, costSeconds });

describe("the probability that a step is real", () => {
  test("is what the table of Sellke, Bayarri and Berger says", () => {
    // Their alpha(p) is the probability of no effect: 0.289 at 0.05, 0.111 at 0.01, 0.0184 at 0.001.
    expect(1 - probabilityReal(0.05)).toBeCloseTo(0.289, 3);
    expect(1 - probabilityReal(0.01)).toBeCloseTo(0.111, 3);
    expect(1 - probabilityReal(0.001)).toBeCloseTo(0.0184, 4);
  });
  test("falls with p from one to one half, without a jump", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(probabilityReal(low)).toBeGreaterThanOrEqual(probabilityReal(high) - 1e-12);
        expect(probabilityReal(a)).toBeGreaterThanOrEqual(0.5);
        expect(probabilityReal(a)).toBeLessThanOrEqual(1);
      }),
    );
    expect(probabilityReal(1 / Math.E - 1e-9)).toBeCloseTo(0.5, 6);
  });
});

describe("the cost of a shift", () => {
  test("is the product of its parts", () => {
    const { seconds, certainty, reach, cost } = costOf(
      { environments: [on("vm-a", 4), on("vm-b", 2)], p: 0.01 },
      shares,
    );
    expect(seconds).toBeCloseTo(2.5, 12);
    expect(reach).toBe(1);
    expect(cost).toBeCloseTo((seconds ?? 0) * certainty * reach, 12);
  });
  test("counts an environment by its share of the recent runs, and one that ended not at all", () => {
    expect(costOf({ environments: [on("vm-a", 4)], p: 0 }, shares).cost).toBe(1);
    expect(costOf({ environments: [on("ended", 4)], p: 0 }, shares)).toEqual({
      seconds: 4,
      certainty: 1,
      reach: 0,
      cost: 0,
    });
  });
  test("is negative where a pass became shorter, and unknown where no duration moved", () => {
    expect(costOf({ environments: [on("vm-b", -2)], p: 0 }, shares).cost).toBe(-1.5);
    expect(costOf({ environments: [on("vm-b", null)], p: 0.001 }, shares)).toMatchObject({
      seconds: null,
      reach: 0.75,
      cost: null,
    });
  });
  test("is not moved by an environment in which no duration moved", () => {
    expect(costOf({ environments: [on("vm-a", 4), on("vm-b", null)], p: 0 }, shares)).toMatchObject({
      seconds: 4,
      reach: 0.25,
      cost: 1,
    });
  });
});
