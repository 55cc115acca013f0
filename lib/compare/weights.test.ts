import { expect, test } from "vitest";
import { LEAST_WEIGHT } from "./constants";
import type { Judged } from "./judged";
import { weightsOf } from "./weights";

/** A row of which only the standard error matters. */
const row = (standardError: number | null): Judged =>
  ({ limit: Math.log1p(0.05), result: standardError === null ? null : { standardError } }) as Judged;

const weights = (...errors: (number | null)[]) => [...(weightsOf(errors.map(row)) ?? [])];

test("rows of equal noise weigh the same, 1", () => {
  for (const weight of weights(0.03, 0.03, 0.03, 0.03)) expect(weight).toBe(1);
});

test("a change that can just be told weighs most, one that is seen anyhow or cannot be seen least", () => {
  const all = weights(...Array.from({ length: 301 }, (_, i) => 0.001 * 1000 ** (i / 300)));
  const [quiet = 0, middle = 0, loud = 0] = [all[0], Math.max(...all), all.at(-1)];
  expect(quiet).toBeCloseTo(LEAST_WEIGHT, 1);
  expect(loud).toBeCloseTo(LEAST_WEIGHT, 1);
  expect(middle).toBeGreaterThan(1.3);
});

test("weights have the mean 1 at most, and are not below it by more than their step", () => {
  const all = weights(...Array.from({ length: 999 }, (_, i) => 0.0005 * 1.008 ** i));
  const mean = all.reduce((sum, weight) => sum + weight, 0) / all.length;
  expect(mean).toBeLessThanOrEqual(1);
  expect(mean).toBeGreaterThan(1 - 1 / 64);
  expect(Math.min(...all)).toBeGreaterThanOrEqual(LEAST_WEIGHT - 1 / 64);
});

test("a row without a test counts for nothing, and without any there are no weights", () => {
  expect(weights(0.03, null, 0.03)).toEqual([1, 1, 1]);
  expect(weightsOf([row(null)])).toBeNull();
});
