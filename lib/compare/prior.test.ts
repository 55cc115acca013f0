import { expect, test } from "vitest";
import { normalDraw } from "@/lib/changepoint/testing/random";
import { seeded } from "@/lib/stats/random";
import { fitPrior, type Spread, shrink } from "./prior";

/** Chi-square over df, df whole. */
function chi(df: number, random: () => number): number {
  let sum = 0;
  for (let i = 0; i < df; i++) sum += normalDraw(random) ** 2;
  return sum / df;
}

/** Variances of rows whose true variances are 2 times df0 over chi-square: the model of Smyth 2004. */
function family(rows: number, df0: number, random: () => number, dfOf: (i: number) => number = () => 4): Spread[] {
  return Array.from({ length: rows }, (_, i) => ({
    df: dfOf(i),
    variance: (2 * chi(dfOf(i), random)) / chi(df0, random),
  }));
}

test("finds the variance and the degrees of freedom that the family was made with", () => {
  for (const df0 of [3, 8, 20]) {
    const prior = fitPrior(family(20_000, df0, seeded(df0)));
    expect(prior.variance).toBeGreaterThan(2 * 0.96);
    expect(prior.variance).toBeLessThan(2 * 1.04);
    expect(prior.df / df0).toBeGreaterThan(0.9);
    expect(prior.df / df0).toBeLessThan(1.1);
  }
});

test("also where rows have different degrees of freedom", () => {
  const prior = fitPrior(family(20_000, 8, seeded(5), (i) => [2, 4, 18][i % 3] as number));
  expect(Math.abs(Math.log(prior.variance / 2))).toBeLessThan(0.08);
  expect(Math.abs(Math.log(prior.df / 8))).toBeLessThan(0.25);
});

test("rows of one variance are one: the prior decides", () => {
  const random = seeded(2);
  const spreads = Array.from({ length: 400 }, () => ({ df: 4, variance: chi(4, random) }));
  expect(fitPrior(spreads).df).toBeGreaterThan(40);
});

test("a few rows with a noise of their own neither make the family noisy nor are made quiet by it", () => {
  const quiet = family(300, 10, seeded(3));
  const wild = quiet.map((one, i) => (i < 12 ? { ...one, variance: 500 } : one));
  const prior = fitPrior(wild);
  expect(prior.variance / fitPrior(quiet).variance).toBeLessThan(1.25);
  const [first] = shrink(wild, prior);
  expect(first?.variance).toBeGreaterThan(200);
  const [, other] = shrink(quiet.slice(0, 50), fitPrior(quiet));
  expect(other?.df).toBeGreaterThan(10);
});

test("a row without an own variance has the family's; df never exceed what all rows have together", () => {
  const spreads: Spread[] = [
    { variance: 0, df: 0 },
    { variance: 1, df: 4 },
    { variance: 1.1, df: 4 },
  ];
  const [none] = shrink(spreads, { variance: 1, df: Number.POSITIVE_INFINITY });
  expect(none?.variance).toBeCloseTo(1, 9);
  expect(none?.df).toBe(8);
});
