import { describe, expect, test } from "vitest";
import { compareFamily } from "@/lib/compare";
import { chanceAbove, chanceBelow, chanceStep, chanceText } from "./chances";

const side = (level: number) => [1, 1.02, 0.98, 1.01, 0.99].map((noise) => [level * noise]);
const [row] = compareFamily([
  { workload: "w", metric: "duration", better: "lower", baseline: side(10), contender: side(11) },
]);

describe("the chance that a change passes a threshold", () => {
  test("is 2.5 and 97.5 % at the ends of the row's own interval, and a half at the change", () => {
    if (!row?.interval || row.change === null) throw new Error("no interval");
    const [lo, hi] = row.interval;
    expect(chanceAbove(row, lo)).toBeCloseTo(0.975, 6);
    expect(chanceAbove(row, hi)).toBeCloseTo(0.025, 6);
    expect(chanceAbove(row, row.change)).toBeCloseTo(0.5, 6);
  });

  test("falls as the threshold grows, and above and below add up to 1", () => {
    if (!row) throw new Error("no row");
    const chances = [-0.2, 0, 0.05, 0.1, 0.3].map((threshold) => chanceAbove(row, threshold) ?? Number.NaN);
    expect(chances).toEqual(chances.toSorted((a, b) => b - a));
    expect((chanceAbove(row, 0.08) ?? 0) + (chanceBelow(row, 0.08) ?? 0)).toBeCloseTo(1, 12);
  });

  test("is 0 or 1 where the values do not vary, and unknown without a ratio or a noise", () => {
    const exact = { change: 0.1, variance: null, exact: true };
    expect([chanceAbove(exact, 0.05), chanceAbove(exact, 0.2), chanceBelow(exact, 0.1)]).toEqual([1, 0, 0]);
    expect(chanceAbove({ change: null, variance: null, exact: false }, 0)).toBeNull();
    expect(chanceBelow({ change: 0.1, variance: null, exact: false }, 0)).toBeNull();
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
