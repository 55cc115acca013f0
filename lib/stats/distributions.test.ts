import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalCdf, normalCdfRough, normalDensity, normalQuantile, normalTail } from "./normal";
import { logGamma, studentCdf, studentQuantile, studentTail, studentToNormal } from "./student";

/** Relative closeness, for tails. */
function expectNear(actual: number, wanted: number, relative = 1e-9): void {
  expect(Math.abs(actual / wanted - 1)).toBeLessThan(relative);
}

describe("the normal distribution", () => {
  test("agrees with R's pnorm and qnorm", () => {
    expectNear(normalCdf(1.96), 0.9750021048517795);
    expectNear(normalTail(3), 0.0013498980316301);
    expectNear(normalTail(6), 9.865876450376946e-10);
    expectNear(normalQuantile(0.975), 1.959963984540054);
    expectNear(normalQuantile(1e-10), -6.361340902404056);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 12);
  });

  test("its quick form is within 1e-7 of it", () => {
    for (let z = -9; z <= 9; z += 0.01) expect(Math.abs(normalCdfRough(z) - normalCdf(z))).toBeLessThan(1e-7);
  });

  test("has its ends at infinity and no quantile outside [0, 1]", () => {
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    expect(normalQuantile(1.1)).toBeNaN();
  });

  test("agrees with the sum of its density (trapezoids of 1/1000)", () => {
    let sum = 0;
    for (let i = 0; i < 2000; i++) sum += (normalDensity(i / 1000) + normalDensity((i + 1) / 1000)) / 2000;
    expect(normalCdf(2)).toBeCloseTo(0.5 + sum, 6);
  });

  test("the quantile undoes the distribution", () => {
    fc.assert(
      fc.property(fc.double({ min: -7, max: 5, noNaN: true }), (z) => {
        expect(normalQuantile(normalCdf(z))).toBeCloseTo(z, 6);
      }),
    );
  });
});

describe("Student's t distribution", () => {
  test("agrees with the printed tables: t(0.975) is 12.706, 4.303, 2.228, 2.042 for 1, 2, 10, 30 degrees of freedom", () => {
    const wanted = [12.7062047362, 4.30265272975, 2.22813885199, 2.0422724563];
    [1, 2, 10, 30].forEach((df, k) => {
      expectNear(studentQuantile(0.975, df), wanted[k] as number, 1e-8);
    });
  });

  test("is the Cauchy distribution for one degree of freedom, and has a closed form for two", () => {
    expectNear(studentCdf(3, 1), 0.5 + Math.atan(3) / Math.PI);
    expectNear(studentCdf(-3, 2), 0.5 - 3 / (2 * Math.sqrt(2 + 9)));
    expectNear(studentTail(0, 5), 0.5);
  });

  test("the quantile undoes the distribution, for any degrees of freedom", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.double({ min: 0.5, max: 500, noNaN: true }),
        (p, df) => {
          expect(studentCdf(studentQuantile(p, df), df)).toBeCloseTo(p, 8);
        },
      ),
    );
  });

  test("has no answer without degrees of freedom", () => {
    expect(studentCdf(1, 0)).toBeNaN();
    expect(studentQuantile(0.9, -1)).toBeNaN();
  });

  test("the step to the normal scale keeps the tail", () => {
    for (const [t, df] of [
      [2, 10],
      [4, 30],
      [5, 12],
    ] as const) {
      expect(Math.abs(studentToNormal(t, df) + normalQuantile(studentTail(t, df)))).toBeLessThan(0.01);
    }
    expect(studentToNormal(-2, 10)).toBe(-studentToNormal(2, 10));
    expect(studentToNormal(4, Number.POSITIVE_INFINITY)).toBe(4);
  });

  test("the gamma function gives factorials", () => {
    expectNear(Math.exp(logGamma(6)), 120, 1e-12);
    expectNear(Math.exp(logGamma(0.5)), Math.sqrt(Math.PI), 1e-12);
  });
});
