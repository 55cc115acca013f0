import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { binsOf, placeIn, sampleDomain } from "./distribution";

describe("the axis of samples", () => {
  test("holds them all, with some room, and does not begin below 0 where none is", () => {
    const { lo, hi } = sampleDomain([1, 2, 3]);
    expect(lo).toBeLessThan(1);
    expect(hi).toBeGreaterThan(3);
    expect(sampleDomain([0, 0.01, 5]).lo).toBe(0);
  });

  test("a spike a hundred times as large stands at the edge", () => {
    const domain = sampleDomain([...Array.from({ length: 20 }, (_, i) => 10 + i / 10), 1000]);
    expect(domain.hi).toBeLessThan(30);
    expect(placeIn(domain, 1000)).toEqual({ at: 1, beyond: "high" });
    expect(placeIn(domain, 11).beyond).toBeNull();
  });

  test("one value and none give an axis too", () => {
    for (const values of [[], [7], [0], [5, 5, 5]]) {
      const { lo, hi } = sampleDomain(values);
      expect(hi).toBeGreaterThan(lo);
    }
  });
});

describe("bins", () => {
  test("count every sample once, in its run, off the axis too", () => {
    const sizes = fc.array(fc.double({ min: 0.001, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.array(sizes, { minLength: 1, maxLength: 5 }), (runs) => {
        const all = runs.flat();
        const bins = binsOf(runs, sampleDomain(all), all.length);
        expect(bins.reduce((sum, { total }) => sum + total, 0)).toBe(all.length);
        runs.forEach((run, i) => {
          expect(bins.reduce((sum, { counts }) => sum + (counts[i] ?? 0), 0)).toBe(run.length);
        });
        expect(bins.length).toBeLessThan(100);
      }),
    );
  });

  test("have round borders in the unit that is shown", () => {
    const mebi = 2 ** 20;
    const bins = binsOf([[500 * mebi, 520 * mebi]], { lo: 498 * mebi, hi: 522 * mebi }, 2, mebi);
    for (const { from } of bins) expect(Number.isInteger(from / mebi)).toBe(true);
  });
});
