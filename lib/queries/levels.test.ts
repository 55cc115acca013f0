import { expect, test } from "vitest";
import { levelAt } from "./levels";

const level = (from: number, value: number, track = 0) => ({ from, track, level: value });

test("a change is against the level that was in force at the place", () => {
  const levels = [level(0, 10), level(20, 12), level(40, 9)];
  expect([0, 19, 20, 39, 99].map((place) => levelAt(levels, place)?.level)).toEqual([10, 10, 12, 12, 9]);
});

test("a place before the first point takes the first level", () => {
  expect(levelAt([level(5, 10), level(9, 12)], 0)?.level).toBe(10);
});

test("levels under another version or other facts are never compared with", () => {
  const levels = [level(0, 10, 0), level(20, 100, 1), level(40, 90, 1)];
  expect(levelAt(levels, 10)?.level).toBe(100);
  expect(levelAt([], 10)).toBeNull();
});
