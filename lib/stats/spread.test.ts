import fc from "fast-check";
import { expect, test } from "vitest";
import { seeded } from "@/lib/stats/random";
import { noise } from "../changepoint/testing/generate";
import { differenceLag1, differenceNoise, lag1, MAD_TO_SD, mad } from "./spread";

test("the MAD of 1, 1, 2, 2, 4, 6, 9 is 1 (the textbook example), times 1.4826 as R's mad() gives it", () => {
  expect(mad([1, 1, 2, 2, 4, 6, 9])).toBe(1);
  expect(MAD_TO_SD).toBeCloseTo(1.4826, 4);
  expect(mad([])).toBeNull();
});

test("scaling the values scales MAD and difference noise, a shift leaves them", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 3 }), (values) => {
      const moved = values.map((value) => 3 * value + 17);
      expect(mad(moved)).toBeCloseTo(3 * (mad(values) as number), 9);
      expect(differenceNoise(moved)).toBeCloseTo(3 * (differenceNoise(values) as number), 9);
    }),
  );
});

test("difference noise finds the sd of normal noise within 5 % although the level steps by 50 sds", () => {
  const values = noise("normal", 4000, seeded(1)).map((value, i) => value + (i > 1000 ? 50 : 0) + (i > 3000 ? 50 : 0));
  expect(differenceNoise(values)).toBeGreaterThan(0.95);
  expect(differenceNoise(values)).toBeLessThan(1.05);
});

test("difference noise needs more values than the lag", () => {
  expect(differenceNoise([1])).toBeNull();
  expect(differenceNoise([1, 2], 2)).toBeNull();
});

test("lag 1 of 1, -1, 1, -1 is -0.75 and of no variation is not defined", () => {
  expect(lag1([1, -1, 1, -1])).toBe(-0.75);
  expect(lag1([0, 0, 0, 0])).toBeNull();
  expect(lag1([1, 2])).toBeNull();
});

test("the lag-1 correlation of an autoregression is found through steps, within 0.1 of 0.4", () => {
  const random = seeded(2);
  const white = noise("normal", 5000, random);
  let last = 0;
  const values = white.map((value, i) => {
    last = 0.4 * last + value;
    return last + (i > 2000 ? 30 : 0);
  });
  expect(Math.abs((differenceLag1(values) as number) - 0.4)).toBeLessThan(0.1);
  expect(differenceLag1([1, 1, 1, 1, 1])).toBeNull();
});
