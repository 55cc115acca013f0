import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { levelSpans } from "./levels";
import { nearest, walk } from "./nearest";
import { tracePath } from "./paths";
import { joins, usualStep } from "./pieces";

const points = (...positions: number[]) => positions.map((position) => ({ position, track: 0 }));

describe("the trace", () => {
  test("joins neighbours in the usual step", () => {
    expect(joins(points(0, 7, 14, 21), []).map((j) => j.kind)).toEqual(["solid", "solid", "solid"]);
  });
  test("bridges commits that usually are measured and were not", () => {
    expect(joins(points(0, 7, 14, 28, 35), []).map((j) => j.kind)).toEqual(["solid", "solid", "bridge", "solid"]);
  });
  test("breaks over a failure, also a long one, and only there", () => {
    expect(joins(points(0, 1, 3, 4, 5, 6), [2]).map((j) => j.kind)).toEqual([
      "solid",
      "gap",
      "solid",
      "solid",
      "solid",
    ]);
    expect(joins(points(10, 11), [3, 12]).map((j) => j.kind)).toEqual(["solid"]);
  });
  test("breaks where version or facts changed", () => {
    const changed = [
      { position: 0, track: 0 },
      { position: 1, track: 1 },
      { position: 2, track: 1 },
    ];
    expect(joins(changed, []).map((j) => j.kind)).toEqual(["break", "solid"]);
  });
  test("the usual step is the median one, and 1 for a single point", () => {
    expect(usualStep(points(0, 7, 14, 15, 16, 23))).toBe(7);
    expect(usualStep(points(4))).toBe(1);
  });
  test("becomes one path per stretch", () => {
    const dots = [0, 1, 2, 3].map((x) => ({ x, y: x / 3 }));
    const kinds = joins(points(0, 1, 3, 4), [2]);
    expect(tracePath(dots, kinds, "solid")).toBe("M0 0L1 0.3M2 0.7L3 1");
    expect(tracePath(dots, kinds, "bridge")).toBe("");
  });
});

describe("levels", () => {
  const segment = (first: number, last: number, level: number, track = 0) => ({
    first,
    last,
    level,
    track,
    lo: level - 1,
    hi: level + 1,
  });
  test("run to the first point of the next segment, so that the step meets its line", () => {
    expect(levelSpans([segment(0, 9, 5), segment(10, 20, 7)], [0, 20])).toMatchObject([
      { from: 0, to: 10, level: 5, isFirst: true },
      { from: 10, to: 20, level: 7, isFirst: false },
    ]);
  });
  test("end at their last point where the line breaks", () => {
    expect(levelSpans([segment(0, 9, 5, 0), segment(12, 20, 7, 1)], [0, 20])[0]?.to).toBe(9);
  });
  test("are cut to the window", () => {
    expect(levelSpans([segment(0, 9, 5), segment(10, 20, 7)], [12, 15])).toMatchObject([
      { from: 12, to: 15, isFirst: true },
    ]);
  });
});

describe("the point under the cursor", () => {
  test("is the nearest, the earlier one on a tie", () => {
    expect(nearest([0, 10, 20], 14)).toBe(1);
    expect(nearest([0, 10, 20], 15)).toBe(1);
    expect(nearest([0, 10, 20], 16)).toBe(2);
    expect(nearest([0, 10, 20], -5)).toBe(0);
    expect(nearest([0, 10, 20], 99)).toBe(2);
    expect(nearest([], 1)).toBe(-1);
  });
  test("agrees with looking at all of them", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { minLength: 1 }), fc.integer(), (values, x) => {
        const xs = values.toSorted((a, b) => a - b);
        const distances = xs.map((other) => Math.abs(other - x));
        expect(distances[nearest(xs, x)]).toBe(Math.min(...distances));
      }),
    );
  });
  test("walks with the arrows from the newest, and stays at the ends", () => {
    expect(walk([1, 5, 9], null, -1)).toBe(9);
    expect(walk([1, 5, 9], 9, -1)).toBe(5);
    expect(walk([1, 5, 9], 9, 1)).toBe(9);
    expect(walk([1, 5, 9], 1, -1)).toBe(1);
    expect(walk([], 1, 1)).toBeNull();
  });
});
