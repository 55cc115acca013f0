import { describe, expect, test } from "vitest";
import { chanceStep, chancesOf, chanceText } from "./chances";

const variance = { own: { variance: 0.0004, df: 8 }, shared: { variance: 0.0001, df: 8 } };

describe("the chances of a row", () => {
  test("grow towards 0 on either side, and at 0 the two sides add up to 1", () => {
    const chances = chancesOf({ change: 0.08, variance, exact: false });
    if (!chances) throw new Error("no chances");
    const { less, more } = chances;
    expect(less).toEqual(less.toSorted((a, b) => a - b));
    expect(more).toEqual(more.toSorted((a, b) => b - a));
    expect((less.at(-1) ?? 0) + (more[0] ?? 0)).toBeCloseTo(1, 12);
    expect(more[1]).toBeGreaterThan(0.8);
    expect(more[2]).toBeLessThan(0.5);
  });

  test("are 0 or 1 where the values do not vary, and unknown without a ratio or a noise", () => {
    expect(chancesOf({ change: 0.1, variance: null, exact: true })).toEqual({
      less: [0, 0, 0, 0, 0],
      more: [1, 1, 0, 0, 0],
    });
    expect(chancesOf({ change: 0, variance: null, exact: true })).toEqual({
      less: [0, 0, 0, 0, 0],
      more: [0, 0, 0, 0, 0],
    });
    expect(chancesOf({ change: null, variance: null, exact: false })).toBeNull();
    expect(chancesOf({ change: 0.1, variance: null, exact: false })).toBeNull();
  });
});

test("colours begin at a half and are full from 95 %", () => {
  expect([0.49, 0.5, 0.8, 0.949, 0.95, 1].map(chanceStep)).toEqual([0, 1, 2, 2, 3, 3]);
});

test("nothing measured is certain, nothing impossible", () => {
  expect([0, 0.004, 0.5, 0.9949, 1].map((chance) => chanceText(chance, false))).toEqual([
    "<\u00a01",
    "<\u00a01",
    "50",
    ">\u00a099",
    ">\u00a099",
  ]);
  expect(chanceText(1, true)).toBe("100");
});
