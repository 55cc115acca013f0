import { expect, test } from "vitest";
import { jsonContains } from "./jsonContains";

test("a set holds a part of itself with equal values, and the empty part", () => {
  const whole = { size: 5, format: "csv", nested: { b: 1, a: 2 } };
  expect(jsonContains(whole, {})).toBe(true);
  expect(jsonContains(whole, { size: 5 })).toBe(true);
  expect(jsonContains(whole, { nested: { a: 2, b: 1 } })).toBe(true);
  expect(jsonContains(whole, whole)).toBe(true);
});

test("another value, another type and another key are not held", () => {
  expect(jsonContains({ size: 5 }, { size: 6 })).toBe(false);
  expect(jsonContains({ size: 5 }, { size: "5" })).toBe(false);
  expect(jsonContains({ size: 5 }, { other: 5 })).toBe(false);
  expect(jsonContains({}, { constructor: 1 })).toBe(false);
});

test("what is no object holds nothing and is held by nothing", () => {
  expect(jsonContains([1], {})).toBe(false);
  expect(jsonContains({ a: 1 }, null)).toBe(false);
});
