import { expect, test } from "vitest";
import { normalDraw } from "@/lib/changepoint/testing/random";
import { seeded } from "@/lib/stats/random";
import { quantileShifts } from "./quantileShifts";

/** Runs with a factor of their own, each with some samples. */
function side(runs: number, samples: number, random: () => number, level = 100): number[][] {
  return Array.from({ length: runs }, () => {
    const factor = 1 + 0.02 * normalDraw(random);
    return Array.from({ length: samples }, () => level * factor * (1 + 0.03 * normalDraw(random)));
  });
}

test("a shift of everything is the same at every quantile; a longer tail shows at the top alone", () => {
  const base = [
    [10, 11, 12, 13, 14],
    [10, 11, 12, 13, 14],
    [10, 11, 12, 13, 14],
  ];
  for (const { change } of quantileShifts(
    base,
    base.map((run) => run.map((x) => 1.2 * x)),
  ))
    expect(change).toBeCloseTo(0.2, 9);
  const [low, , middle, , high] = quantileShifts(
    base,
    base.map((run) => [...run.slice(0, 4), 28]),
  );
  expect(Math.abs(low?.change ?? 1)).toBeLessThan(0.02);
  expect(high?.change ?? 0).toBeGreaterThan(5 * Math.abs(middle?.change ?? 1));
});

test("every run weighs the same, however many samples it has", () => {
  const even = quantileShifts(
    [
      [10, 10],
      [20, 20],
    ],
    [[10], [20]],
  );
  const uneven = quantileShifts([Array(50).fill(10), [20, 20]], [[10], [20]]);
  expect(uneven[2]?.baseline).toBeGreaterThan(12);
  expect(even[2]?.baseline).toBeCloseTo(Math.sqrt(200), 6);
});

test("under three runs a side, or with values of 0, there is no interval or no ratio; without samples nothing", () => {
  expect(
    quantileShifts(
      [
        [1, 2],
        [1, 2],
      ],
      [[1, 2], [1, 2], [2]],
    )[0]?.interval,
  ).toBeNull();
  const plain = quantileShifts([[0, 1], [0, 2], [1]], [[3, 4], [3, 5], [4]])[2];
  expect(plain).toMatchObject({ change: null, difference: expect.any(Number), interval: expect.any(Array) });
  expect(quantileShifts([], [[1]])).toEqual([]);
});

test("intervals of the median hold no change in 92 to 99 of 100 draws of equal sides with run factors", () => {
  const random = seeded(11);
  let covered = 0;
  for (let i = 0; i < 300; i++) {
    const [middle] = quantileShifts(side(5, 5, random), side(5, 5, random), [0.5]);
    const [lo, hi] = middle?.interval ?? [1, 1];
    if (lo <= 0 && hi >= 0) covered++;
  }
  expect(covered / 300).toBeGreaterThan(0.92);
  expect(covered / 300).toBeLessThan(0.99);
});
