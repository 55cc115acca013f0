import fc from "fast-check";
import { expect, test } from "vitest";
import { clip, huberLocation } from "./huber";
import { median } from "./quantile";

test("a wide bound gives the mean, a narrow one the median", () => {
  expect(huberLocation([1, 2, 3, 10], 1e6)).toBeCloseTo(4, 6);
  expect(huberLocation([1, 2, 3, 4, 100], 1e-9)).toBeCloseTo(3, 6);
  expect(huberLocation([], 1)).toBeNull();
});

test("at the answer the clipped residuals sum to nothing", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 5, maxLength: 40 }), (values) => {
      const centre = huberLocation(values, 8) as number;
      const sum = values.reduce((total, value) => total + clip(value - centre, 8), 0);
      expect(Math.abs(sum)).toBeLessThan(0.5);
    }),
  );
});

test("values beyond the rejection do not count at all", () => {
  const values = [1, 2, 3, 2, 1, 3, 2];
  expect(huberLocation([...values, 1000], 2, 5)).toBeCloseTo(huberLocation(values, 2, 5) as number, 3);
  expect(huberLocation([...values, 1000], 2)).toBeGreaterThan((median(values) as number) + 0.1);
});
