import fc from "fast-check";
import { expect, test } from "vitest";
import { lineCount, linesBetween } from "./window";

const groups = [
  { prefix: "array", size: 3 },
  { prefix: "", size: 2 },
];

test("without groups every line is a row", () => {
  expect(linesBetween(1, 3, 5, null)).toEqual([
    { kind: "row", index: 1 },
    { kind: "row", index: 2 },
  ]);
});

test("a group has a head before its rows, and rows keep their place in the whole list", () => {
  expect(lineCount(5, groups)).toBe(7);
  expect(linesBetween(3, 6, 5, groups)).toEqual([
    { kind: "row", index: 2 },
    { kind: "group", prefix: "", size: 2 },
    { kind: "row", index: 3 },
  ]);
});

test("windows side by side give every line once", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 12 }), (all, step) => {
      const many = all.map((size, at) => ({ prefix: `p${at}`, size }));
      const total = all.reduce((sum, size) => sum + size, 0);
      const count = lineCount(total, many);
      const parts = Array.from({ length: Math.ceil(count / step) }, (_, at) =>
        linesBetween(at * step, Math.min(count, (at + 1) * step), total, many),
      ).flat();
      expect(parts).toEqual(linesBetween(0, count, total, many));
      expect(parts).toHaveLength(count);
    }),
  );
});
