import { expect, test } from "vitest";
import { errorOfLook, lookOf } from "./looks";

test("the first look is that with the planned runs, each further run is one more; before it there is none", () => {
  expect([3, 4, 5, 6, 9].map((runs) => lookOf({ planned: 5, runs }))).toEqual([0, 0, 1, 2, 5]);
});

test("all looks together spend the error and no more, the first most of it", () => {
  const spent = Array.from({ length: 10_000 }, (_, k) => errorOfLook(0.05, k + 1));
  expect(spent.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(0.05);
  expect(spent.reduce((sum, one) => sum + one, 0)).toBeCloseTo(0.05, 4);
  expect(spent).toEqual(spent.toSorted((a, b) => b - a));
  expect(errorOfLook(0.05, 0)).toBe(0);
});
