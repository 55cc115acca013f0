import { describe, expect, test } from "vitest";
import { type Detection, type DetectOptions, detect, drift, visibleChange } from "./index";

/** Every number of a result, however deep. */
function numbersOf(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersOf) : [];
}

const wave = (n: number, level: number) => Array.from({ length: n }, (_, i) => level * (1 + 0.01 * (i % 3)));
const step = (before: number, after: number) => [...wave(15, before), ...wave(15, after)];
const first = (values: number[], options: DetectOptions = {}) => detect(values, options).changepoints[0];

const EXTREMES: Record<string, number[]> = {
  "1e-300": step(1e-300, 2e-300),
  "the smallest double": step(5e-324, 1e-322),
  "1e300": step(1e300, 1.5e300),
  "the largest double": step(1e308, 1.7e308),
  "from 1e-300 to 1e300, as a step": [...wave(15, 1e-300), ...wave(15, 1e300)],
  "from 1e-300 to 1e300, by turns": Array.from({ length: 30 }, (_, i) => (i % 2 ? 1e300 : 1e-300)),
  "from 1e-300 to 1e300, evenly": Array.from({ length: 31 }, (_, i) => 10 ** (-300 + 20 * i)),
  "of both signs, as large as can be": Array.from({ length: 40 }, (_, i) => (i % 2 ? 1.7e308 : -1.7e308)),
  "of both signs, as a step": [...wave(15, -1e308), ...wave(15, 1e308)],
};

describe.each(Object.entries(EXTREMES))("values of %s", (_, values) => {
  test.each([{}, { sensitivity: 2, explain: true, smallestEffect: 0.01 }, { sensitivity: 0.5 }])(
    "have an answer of finite numbers, with %j",
    (options: DetectOptions) => {
      const detection = detect(values, options);
      const results = [detection, drift(values, 0, options, detection), visibleChange(detection, 5)];
      expect(numbersOf(results).every(Number.isFinite)).toBe(true);
      for (const { p } of detection.changepoints) expect(p > 0 && p <= 1).toBe(true);
    },
  );
});

describe("a step in values far from 1 is found as any other", () => {
  test.each([1e-300, 1e-160, 1e-9, 1, 1e9, 1e160, 1e300])("in units of %d", (unit) => {
    const found = first(step(unit, 1.5 * unit));
    expect(found).toMatchObject({ index: 15, state: "confirmed" });
    expect(found?.change).toBeCloseTo(0.5, 9);
    expect((found?.difference ?? 0) / unit).toBeCloseTo(0.505, 9);
    expect((found?.before ?? 0) / unit).toBeCloseTo(1.01, 9);
  });
});

describe("where there is no ratio, the difference is the answer", () => {
  test("from zero, and across zero", () => {
    for (const values of [[...new Array(15).fill(0), ...wave(15, 5)], step(-5, 5), step(5, -5)]) {
      const found = first(values, { smallestEffect: 0.5 });
      expect(found).toMatchObject({ index: 15, change: null });
      const [lo, hi] = found?.interval ?? [0, 0];
      expect(lo < (found?.difference ?? 0) && (found?.difference ?? 0) < hi).toBe(true);
    }
  });

  test("beyond what a number can hold", () => {
    expect(first([...wave(15, 1e-300), ...wave(15, 1e300)])).toMatchObject({ change: null });
  });

  test("to zero the change is -1, from -5 to -7 it is 0.4", () => {
    expect(first([...wave(15, 5), ...new Array(15).fill(0)])?.change).toBe(-1);
    expect(first(step(-5, -7))?.change).toBeCloseTo(0.4, 9);
  });
});

describe("too little to tell", () => {
  const nothing = (values: (number | null)[]): Detection => detect(values, { explain: true });

  test("nothing is told of fewer than eight points, whatever they are", () => {
    for (let n = 0; n < 8; n++) {
      const values = Array.from({ length: n }, (_, i) => (i < n / 2 ? 1 : 100));
      expect(nothing(values).changepoints).toEqual([]);
      expect(drift(values, 0)).toBeNull();
    }
  });

  test("nothing is told of equal and of unmeasured points", () => {
    expect(nothing(new Array(40).fill(3))).toMatchObject({ changepoints: [], rejected: [], outliers: [] });
    expect(nothing(new Array(40).fill(null))).toMatchObject({ segments: [], noise: null, correlation: null });
    expect(visibleChange(nothing(new Array(40).fill(null)), 5)).toBeNull();
  });
});
