import { expect, test } from "vitest";
import { seeded } from "./random";

test("numbers are the same for the same seed, and others for another", () => {
  const draw = (seed: number) => Array.from({ length: 5 }, seeded(seed));
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});

test("numbers fill [0, 1) evenly", () => {
  const random = seeded(7);
  const counts = Array.from({ length: 10 }, () => 0);
  for (let k = 0; k < 100_000; k++) {
    const value = random();
    expect(value >= 0 && value < 1).toBe(true);
    counts[Math.floor(value * 10)] = (counts[Math.floor(value * 10)] ?? 0) + 1;
  }
  // Chi-squared with 9 degrees of freedom: 27.9 is passed once in a thousand.
  expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.9);
});
