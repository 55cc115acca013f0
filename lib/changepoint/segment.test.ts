import fc from "fast-check";
import { expect, test } from "vitest";
import { seeded } from "@/lib/stats/random";
import { segment } from "./segment";
import { optimalPartition, partitionCost } from "./testing/optimalPartition";
import { normalDraw } from "./testing/random";

const series = fc.array(fc.integer({ min: -12, max: 12 }), { minLength: 1, maxLength: 22 });

test("agrees with textbook optimal partitioning in cost, whatever the values, the penalty and the cap", () => {
  fc.assert(
    fc.property(
      series,
      fc.double({ min: 0.5, max: 40, noNaN: true }),
      fc.constantFrom(1.5, 3, 1e3),
      (values, penalty, cap) => {
        const ends = segment(values, { penalty, cap });
        expect(partitionCost(values, ends, penalty, cap)).toBeCloseTo(optimalPartition(values, penalty, cap).cost, 6);
      },
    ),
    { seed: 4, numRuns: 150 },
  );
});

test("agrees with it in the segments, on values without ties", () => {
  const random = seeded(8);
  for (let k = 0; k < 25; k++) {
    const values = Array.from({ length: 24 }, (_, i) => normalDraw(random) + (i > 7 + (k % 10) ? 6 : 0));
    expect(segment(values, { penalty: 8, cap: 3 })).toEqual(optimalPartition(values, 8, 3).ends);
  }
});

test("weights count as repeated evidence, as in the textbook's version", () => {
  const random = seeded(9);
  for (let k = 0; k < 15; k++) {
    const values = Array.from({ length: 18 }, (_, i) => normalDraw(random) + (i > 11 ? 2.5 : 0));
    const weights = values.map(() => 0.5 + 2 * random());
    expect(segment(values, { penalty: 6, cap: 3, weights })).toEqual(optimalPartition(values, 6, 3, weights).ends);
  }
});

test("joining pieces narrower than the resolution costs next to nothing", () => {
  const random = seeded(10);
  for (let k = 0; k < 10; k++) {
    const values = Array.from({ length: 60 }, (_, i) => normalDraw(random) + (i > 30 ? 1.5 : 0));
    const joined = partitionCost(values, segment(values, { penalty: 6, cap: 3, resolution: 0.03 }), 6, 3);
    expect(joined - partitionCost(values, segment(values, { penalty: 6, cap: 3 }), 6, 3)).toBeLessThan(0.02);
  }
});

test("one spike opens no segment however high it is, a step of the same points does", () => {
  const quiet = new Array<number>(20).fill(0);
  const spiked = quiet.map((value, i) => (i === 9 ? 1e9 : value));
  expect(segment(spiked, { penalty: 10, cap: 3 })).toEqual([20]);
  expect(
    segment(
      quiet.map((value, i) => (i >= 9 ? 5 : value)),
      { penalty: 10, cap: 3 },
    ),
  ).toEqual([9, 20]);
});

test("levels a billion noises away lose no digits", () => {
  const values = Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : 1e9) + (i % 2) * 0.5);
  expect(segment(values, { penalty: 10, cap: 3 })).toEqual([20, 40]);
});

test("no values have no segments, one value is one", () => {
  expect(segment([], { penalty: 1, cap: 3 })).toEqual([]);
  expect(segment([3], { penalty: 1, cap: 3 })).toEqual([1]);
});
