import { expect, test } from "vitest";
import { compareFamily } from "./compareFamily";
import { exceeds } from "./exceeds";

const single = (...values: number[]): number[][] => values.map((value) => [value]);
const rowOf = (baseline: number[][], contender: number[][]) =>
  compareFamily([{ workload: "w", metric: "duration", better: "lower", baseline, contender }])[0] as ReturnType<
    typeof compareFamily
  >[number];

test("at the ends of the 95 % interval the chance to be above is 97.5 and 2.5 %, at the change itself a half", () => {
  const row = rowOf(single(100, 104, 98), single(104, 109, 101));
  const [lo, hi] = row.interval as readonly [number, number];
  const found = exceeds(row, [lo, row.change as number, hi])?.map(({ probability }) => probability);
  expect(found?.[0]).toBeCloseTo(0.975, 6);
  expect(found?.[1]).toBeCloseTo(0.5, 6);
  expect(found?.[2]).toBeCloseTo(0.025, 6);
});

test("chances fall with the threshold", () => {
  const chances =
    exceeds(rowOf(single(1, 1.1, 1.2), single(1.3, 1.2, 1.5)))?.map(({ probability }) => probability) ?? [];
  expect(chances).toEqual(chances.toSorted((a, b) => b - a));
});

test("without noise a chance is 0 or 1; without a ratio, or where the noise is unknown, there is none", () => {
  expect(exceeds(rowOf(single(1, 1), single(1.1, 1.1)), [0.05, 0.2])).toEqual([
    { threshold: 0.05, probability: 1 },
    { threshold: 0.2, probability: 0 },
  ]);
  expect(exceeds(rowOf(single(0, 0), single(5, 5)))).toBeNull();
  expect(exceeds(rowOf(single(1), single(2)))).toBeNull();
});
