import { expect, test } from "vitest";
import { fisherTail } from "./fisher";
import { digamma, trigamma, trigammaInverse } from "./gamma";
import { logGamma, studentQuantile } from "./student";
import { studentUpper, studentUpperRough } from "./studentInverse";

function expectNear(actual: number, wanted: number, relative: number): void {
  expect(Math.abs(actual / wanted - 1)).toBeLessThan(relative);
}

test("digamma and trigamma agree with their closed forms and with Abramowitz & Stegun, table 6.1", () => {
  expectNear(digamma(1), -0.5772156649015329, 1e-12);
  expectNear(digamma(0.5), -1.9635100260214235, 1e-12);
  expectNear(digamma(10), 2.251752589066721, 1e-12);
  expectNear(trigamma(1), Math.PI ** 2 / 6, 1e-11);
  expectNear(trigamma(0.5), Math.PI ** 2 / 2, 1e-11);
  expectNear(trigamma(10), 0.10516633568168575, 1e-11);
});

test("digamma is the slope of log gamma, trigamma the slope of digamma", () => {
  for (const x of [0.3, 1.7, 4, 30, 200]) {
    const h = 1e-4 * x;
    expectNear(digamma(x), (logGamma(x + h) - logGamma(x - h)) / (2 * h), 1e-5);
    expectNear(trigamma(x), (digamma(x + h) - digamma(x - h)) / (2 * h), 1e-5);
  }
});

test("the inverse undoes trigamma; nothing is so even that it has none", () => {
  for (const x of [0.05, 0.5, 1, 3, 50, 1e5]) expectNear(trigammaInverse(trigamma(x)), x, 1e-9);
  expect(trigammaInverse(0)).toBe(Number.POSITIVE_INFINITY);
});

test("the tail of F agrees with the printed 5 % points and the closed form for df1 = 2", () => {
  for (const [f, a, b] of [
    [3.47805, 4, 10],
    [5.31766, 1, 8],
    [2.2107, 9, 30],
  ] as const) {
    expect(fisherTail(f, a, b)).toBeCloseTo(0.05, 3);
  }
  expectNear(fisherTail(3, 2, 7), (1 + 6 / 7) ** -3.5, 1e-10);
  expectNear(fisherTail(2, 2, Number.POSITIVE_INFINITY), Math.exp(-2), 1e-6);
});

test("the quick t quantile agrees with the slow one, for whole and broken degrees of freedom and far tails", () => {
  for (const df of [0.7, 1, 2.5, 4.33, 12, 80, 3000]) {
    for (const tail of [0.4, 0.05, 0.025, 1e-4, 1e-8])
      expectNear(studentUpper(tail, df), studentQuantile(1 - tail, df), 1e-6);
  }
  expect(studentUpper(0.025, Number.POSITIVE_INFINITY)).toBeCloseTo(1.959963984540054, 9);
  expect(studentUpper(0.5, 3)).toBe(0);
  expect(studentUpper(0.6, 3)).toBeNaN();
});

test("the rough quantile of Student's t is within one percent, from 10 degrees of freedom on", () => {
  for (const tail of [1e-5, 0.001, 0.025, 0.2])
    for (const df of [10, 17.5, 40, 1e5]) {
      expect(Math.abs(studentUpperRough(tail, df) / studentUpper(tail, df) - 1)).toBeLessThan(0.01);
    }
  expect(studentUpperRough(0.6, 3)).toBeNaN();
});
