import { expect, test } from "vitest";
import { normalDraw } from "@/lib/changepoint/testing/random";
import { median } from "@/lib/stats/quantile";
import { seeded } from "@/lib/stats/random";
import { groupFactor, separateSlowRuns } from "./runFactor";

const USUAL = { variance: 0.01 ** 2, df: 3 };

function rowsWith(factors: number[], count: number, sd: number, random: () => number): Float64Array[] {
  return Array.from({ length: count }, () => {
    const level = 10 * random();
    return Float64Array.from(factors, (factor) => level + factor + sd * normalDraw(random));
  });
}

test("where every row has every run it is the median of the distances from the rows' means, centred", () => {
  const values = rowsWith([0, 0.1, -0.04, 0.02], 21, 0.03, seeded(1));
  const naive = [0, 1, 2, 3].map(
    (run) => median(values.map((row) => (row[run] as number) - row.reduce((a, b) => a + b, 0) / 4)) as number,
  );
  const mean = naive.reduce((a, b) => a + b, 0) / 4;
  const found = groupFactor({ values, runs: 4 }, new Array(21).fill(1));
  found.forEach((factor, run) => {
    expect(factor).toBeCloseTo((naive[run] as number) - mean, 2);
  });
});

test("runs that some rows miss are told from the rows that have them", () => {
  const values = rowsWith([0, 0.2, -0.2], 30, 0.001, seeded(2));
  values.forEach((row, i) => {
    row[i % 3] = i % 2 === 0 ? Number.NaN : (row[i % 3] as number);
  });
  const found = groupFactor({ values, runs: 3 }, new Array(30).fill(1));
  [0, 0.2, -0.2].forEach((factor, run) => {
    expect(found[run]).toBeCloseTo(factor, 2);
  });
});

test("seven rows tell no factor", () => {
  const values = rowsWith([0, 0.2, -0.2], 7, 0.001, seeded(3));
  expect([...groupFactor({ values, runs: 3 }, new Array(7).fill(1))]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});

test("a slow run is set apart, and its side is centred on the others", () => {
  const factors = [Float64Array.from([-0.05, 0.1, -0.05]), Float64Array.from([0.004, -0.006, 0.002])];
  const { groups, variance, df } = separateSlowRuns(factors, USUAL, true);
  expect(groups[0]?.slow).toEqual([false, true, false]);
  expect([...(groups[0]?.factor ?? [])].map((x) => Math.round(x * 1000))).toEqual([0, 150, 0]);
  expect(Math.sqrt(variance)).toBeLessThan(0.01);
  expect(df).toBe(3);
});

test("of two runs neither can be called the slow one", () => {
  const factors = [Float64Array.from([-0.1, 0.1]), Float64Array.from([0.001, -0.001])];
  expect(separateSlowRuns(factors, USUAL, true).groups[0]?.slow).toEqual([false, false]);
});

test("runs without a slow one among them: one is called slow in at most 3 % of 2,000 draws", () => {
  const random = seeded(4);
  let called = 0;
  for (let i = 0; i < 2000; i++) {
    const side = () => Float64Array.from([1, 2, 3], () => 0.02 * normalDraw(random));
    const { groups } = separateSlowRuns([side(), side()], USUAL, true);
    if (groups.some(({ slow }) => slow.includes(true))) called++;
  }
  expect(called).toBeLessThanOrEqual(60);
});
