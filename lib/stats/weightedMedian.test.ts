import fc from "fast-check";
import { expect, test } from "vitest";
import { median } from "./quantile";
import { weightedMedian } from "./weightedMedian";

test("with whole weights it is the median of every value written so many times", () => {
  const item = fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 1, max: 4 }));
  fc.assert(
    fc.property(fc.array(item, { maxLength: 25 }), (items) => {
      const written = items.flatMap(([value, weight]) => new Array<number>(weight).fill(value));
      const found = weightedMedian(
        items.map(([value]) => value),
        items.map(([, weight]) => weight),
      );
      expect(found).toEqual(median(written));
    }),
  );
});

test("it is one of the values where no half is exact, whatever the digits of the weights", () => {
  const values = [3, 1, 2];
  expect(weightedMedian(values, [0.1, 0.2, 0.7])).toBe(2);
  expect(weightedMedian(values, [0.1, 0.3, 0.1])).toBe(1);
  expect(weightedMedian([], [])).toBeNull();
  expect(values).toEqual([3, 1, 2]);
});
