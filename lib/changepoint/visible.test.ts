import { describe, expect, test } from "vitest";
import { seeded } from "@/lib/stats/random";
import { detect, visibleChange } from "./index";
import { KINDS, quietSeries } from "./testing/generate";
import { scoreVisible } from "./testing/measure";

const values = quietSeries("normal", 60, seeded(1), 0.02);
const detection = detect(values);
const size = (k: number, options = {}, of = detection) => visibleChange(of, k, options)?.difference ?? Number.NaN;

describe("the change that further points would show", () => {
  test("is smaller for more points, and for a higher sensitivity", () => {
    const sizes = [3, 4, 6, 10, 20, 40].map((k) => size(k));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    const by = [0.5, 0.7, 1].map((sensitivity) => size(5, { sensitivity }));
    expect(by).toEqual([...by].sort((a, b) => b - a));
    expect(size(5, { sensitivity: 1.5 })).toBeLessThan(size(5));
  });

  test("is relative to the newest level, and in its unit", () => {
    const visible = visibleChange(detection, 5);
    expect(visible?.change).toBeCloseTo((visible?.difference ?? 0) / (detection.segments[0]?.level ?? 0), 12);
    const scaled = visibleChange(detect(values.map((value) => value * 8)), 5);
    expect(scaled?.difference).toBeCloseTo(8 * (visible?.difference ?? 0), 9);
    expect(scaled?.change).toBeCloseTo(visible?.change ?? 0, 12);
  });

  test("is not under the smallest effect", () => {
    expect(visibleChange(detection, 30, { smallestEffect: 0.5 })?.change).toBeCloseTo(0.5, 12);
  });

  test("has no ratio where the level is zero", () => {
    expect(visibleChange(detect(new Array(20).fill(0)), 5)).toMatchObject({ change: null });
  });

  test("is null where nothing can be told: two points, a level that has just begun, an empty series", () => {
    expect(visibleChange(detection, 2)).toBeNull();
    expect(visibleChange(detect([]), 5)).toBeNull();
    expect(visibleChange(detect([1, 2, 1, 2]), 5)).toBeNull();
  });

  test.each([0, -1, 1.5, Number.NaN])("%d further points are refused", (k) => {
    expect(() => visibleChange(detection, k)).toThrow(RangeError);
  });

  test("a sensitivity that the detector refuses is refused", () => {
    expect(() => visibleChange(detection, 5, { sensitivity: 3 })).toThrow(RangeError);
  });
});

/** 80 % is meant; it is an estimate from as few as 20 points. */
describe("a change of that size is told in 70 to 92 of 100 of 300 series of all kinds", () => {
  test.each([3, 5, 10, 30])("%d points after it", (k) => {
    const seen = scoreVisible(KINDS, 300, 40 + k, k);
    expect(seen).toBeGreaterThanOrEqual(0.7);
    expect(seen).toBeLessThanOrEqual(0.92);
  });

  test("at sensitivity 1.5, 5 points after it", () => {
    const seen = scoreVisible(KINDS, 300, 50, 5, 1.5);
    expect(seen).toBeGreaterThanOrEqual(0.68);
    expect(seen).toBeLessThanOrEqual(0.92);
  });
});
