import { describe, expect, test } from "vitest";
import { yDomain } from "./domain";

const hundred = Array.from({ length: 101 }, (_, i) => 100 + i);

describe("the y domain", () => {
  test("spans the 2nd to 96.5th percentile and 14 % on either side", () => {
    const { lo, hi } = yDomain(hundred, [], "fit");
    expect(lo).toBeCloseTo(102 - 94.5 * 0.14, 9);
    expect(hi).toBeCloseTo(196.5 + 94.5 * 0.14, 9);
  });
  test("one spike among many points does not stretch it", () => {
    expect(yDomain([...hundred, 1e6], [], "fit").hi).toBeLessThan(215);
  });
  test("every level is inside, also one beyond the percentiles", () => {
    expect(yDomain(hundred, [300], "fit").hi).toBeGreaterThan(300);
    expect(yDomain(hundred, [20], "fit").lo).toBeLessThan(20);
  });
  test("does not go below zero when no value does", () => {
    expect(yDomain([0, 1, 2, 3], [], "fit").lo).toBe(0);
    expect(yDomain([-3, 1], [], "fit").lo).toBeLessThan(-3);
  });
  test("one value, and a flat line, get room around them", () => {
    expect(yDomain([5], [5], "fit")).toMatchObject({ lo: 4.5, hi: 5.5 });
    const zero = yDomain([0, 0], [0], "fit");
    expect(zero.hi).toBeGreaterThan(zero.lo);
  });
  test("from zero starts at zero, whichever side the data lie on", () => {
    expect(yDomain(hundred, [], "zero").lo).toBe(0);
    expect(yDomain([-5, -4, -3], [], "zero").hi).toBe(0);
  });
  test("a logarithmic axis is refused, and says so, where a value is zero", () => {
    expect(yDomain([0, 1, 10], [], "log")).toMatchObject({ log: false, logRefused: true });
    const drawn = yDomain([1, 10, 100], [], "log");
    expect(drawn).toMatchObject({ log: true, logRefused: false });
    expect(drawn.lo).toBeGreaterThan(0);
  });
  test("nothing measured is an axis from 0 to 1", () => {
    expect(yDomain([], [], "fit")).toMatchObject({ lo: 0, hi: 1 });
  });
});
