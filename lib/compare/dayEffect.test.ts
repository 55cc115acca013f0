import { expect, test } from "vitest";
import { normalDraw } from "@/lib/changepoint/testing/random";
import { seeded } from "@/lib/stats/random";
import { compareFamily } from "./compareFamily";
import { apartOf, dayEffect, NO_DAY_EFFECT } from "./dayEffect";
import { scoreFamilies, usualShape } from "./testing/measure";
import type { FamilyRow } from "./types";

const numbers = (...all: number[]) => Int32Array.from(all);

/** Rows of 10 days with three runs each, of whose variance the day has `share`. */
function histories(share: number, rows: number, random: () => number): Float64Array[] {
  return Array.from({ length: rows }, () => {
    const days = Array.from({ length: 10 }, () => Math.sqrt(share) * normalDraw(random));
    return Float64Array.from({ length: 30 }, (_, run) => {
      return (days[Math.floor(run / 3)] as number) + Math.sqrt(1 - share) * normalDraw(random);
    });
  });
}

const DAYS = Int32Array.from({ length: 30 }, (_, run) => Math.floor(run / 3));

test.each([0, 0.3, 0.6])(
  "of 200 rows in which a day has %d of the variance, so much is found (within 0.05)",
  (share) => {
    const rows = histories(share, 200, seeded(7));
    const found = dayEffect(
      rows,
      rows.map(() => 1),
      DAYS,
    );
    expect(Math.abs(found.share - share)).toBeLessThan(0.05);
  },
);

test("the analysis of variance by hand: days 1, 3 and 5, 7 have a ratio of 8, so 7 of 9 is the day's", () => {
  const { share, df } = dayEffect([Float64Array.of(1, 3, 5, 7)], [1], numbers(0, 0, 1, 1));
  expect(share).toBeCloseTo((8 - 1) / (8 - 1 + 2), 12);
  expect(df).toBe(1);
});

test("without two runs of a day, two days, or a day that is known there is no day effect", () => {
  const row = Float64Array.of(1, 2, 3, Number.NaN);
  for (const days of [numbers(0, 1, 2, 3), numbers(0, 0, 0, 1), numbers(-1, -1, -1, -1)])
    expect(dayEffect([row], [1], days)).toEqual(NO_DAY_EFFECT);
});

test("sides are apart by 2 on a day each, by 1 / days each where they share none, and not at all on the same days", () => {
  const sides = { baseline: Float64Array.of(1, 1), contender: Float64Array.of(1, 1) };
  const apart = (baseline: Int32Array, contender: Int32Array) =>
    apartOf(sides, { baseline, contender, history: numbers() });
  expect(apart(numbers(0, 0), numbers(1, 1))).toBe(2);
  expect(apart(numbers(0, 1), numbers(2, 3))).toBe(1);
  expect(apart(numbers(0, 1), numbers(0, 1))).toBe(0);
  expect(apart(numbers(-1, -1), numbers(-1, -1))).toBe(1);
});

test("runs of one day a side make wider intervals where days differ in the history, and the same where sides share days", () => {
  const random = seeded(3);
  const [past] = histories(0.7, 1, random) as [Float64Array];
  const row = (days: FamilyRow["days"]): FamilyRow => ({
    workload: "w",
    metric: "duration",
    better: "lower",
    baseline: [[100], [101], [99.5]],
    contender: [[101], [102], [100.5]],
    historyMedians: [...past].map((noise) => 100 * Math.exp(0.01 * noise)),
    ...(days ? { days } : {}),
  });
  const history = [...DAYS].map((day) => `past ${day}`);
  const width = (days?: FamilyRow["days"]) => {
    const [lo, hi] = compareFamily([row(days)])[0]?.interval ?? [0, 0];
    return hi - lo;
  };
  const own = width({ baseline: ["a", "a", "a"], contender: ["b", "b", "b"], history });
  const mixed = width({ baseline: ["a", "b", "c"], contender: ["a", "b", "c"], history });
  expect(own).toBeGreaterThan(1.3 * width());
  expect(mixed).toBeGreaterThanOrEqual(width());
  expect(mixed).toBeLessThan(own);
});

test("sides that ran on days of their own, nothing changed: days halve the families with a call, and intervals cover", () => {
  const day = { factor: 0.01, row: 0.7, runs: 3 };
  const shape = (i: number) => ({ ...usualShape(3, 0, i), history: 30, factor: 0.01, slowRun: false, day });
  const known = scoreFamilies(30, 8, shape);
  const unknown = scoreFamilies(30, 8, shape, (rows) => compareFamily(rows.map(({ days: _, ...row }) => row)));
  expect(known.coverage).toBeGreaterThan(0.92);
  expect(unknown.coverage).toBeLessThan(known.coverage - 0.04);
  expect(known.familiesWithFalseCall).toBeLessThan(unknown.familiesWithFalseCall / 2);
});
