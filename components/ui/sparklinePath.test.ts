import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type SparklineData, sparklinePaths } from "./sparklinePath";

const finite = fc.double({ min: -1e12, max: 1e12, noNaN: true });
const data: fc.Arbitrary<SparklineData> = fc.record({
  points: fc.array(fc.record({ x: fc.nat(5000), y: fc.option(finite, { nil: null }) }), { maxLength: 300 }),
  segments: fc.array(fc.record({ from: fc.nat(5000), to: fc.nat(5000), level: finite }), { maxLength: 5 }),
});
const line = (ys: (number | null)[]) => ys.map((y, x) => ({ x, y }));

describe("a sparkline", () => {
  test("stays inside its box and is made of numbers only, whatever it is given", () => {
    fc.assert(
      fc.property(data, (given) => {
        const { trace, levels, steps } = sparklinePaths(given, 104, 28);
        const all = [trace, levels, ...steps.map(({ path }) => path)].join(" ");
        expect(all).not.toMatch(/NaN|Infinity|undefined|e[+-]/);
        for (const [, x, y] of trace.matchAll(/[ML](\S+?) ([\d.-]+)/g)) {
          expect(Number(x)).toBeGreaterThanOrEqual(0);
          expect(Number(x)).toBeLessThanOrEqual(104);
          expect(Number(y)).toBeGreaterThanOrEqual(0);
          expect(Number(y)).toBeLessThanOrEqual(28);
        }
      }),
    );
  });

  test("has nothing to draw without points and segments", () => {
    expect(sparklinePaths({ points: [], segments: [] }, 104, 28)).toEqual({ trace: "", levels: "", steps: [] });
  });

  test("a failure breaks the trace", () => {
    const { trace } = sparklinePaths({ points: line([1, 2, null, 2, 1]), segments: [] }, 104, 28);
    expect(trace.match(/M/g)).toHaveLength(2);
  });

  test("a step meets both levels", () => {
    const { steps, levels } = sparklinePaths(
      {
        points: [],
        segments: [
          { from: 0, to: 50, level: 10 },
          { from: 50, to: 100, level: 12 },
        ],
      },
      102,
      28,
    );
    expect(steps).toEqual([{ at: 1, path: "M51 26V2" }]);
    expect(levels).toBe("M1 26H51M51 2H101");
  });

  test("thousands of points become a short path that keeps a spike which the scale shows", () => {
    const quiet: number[] = Array.from({ length: 10_000 }, (_, x) => (x % 2 ? 10 : 11));
    quiet[5000] = 40;
    const { trace } = sparklinePaths({ points: line(quiet), segments: [{ from: 0, to: 9999, level: 30 }] }, 104, 28);
    expect(trace.length).toBeLessThan(1500);
    expect(trace).toMatch(/ 2(?=[LM]|$)/);
  });

  test("noise of a per cent does not fill the height", () => {
    const { levels } = sparklinePaths(
      { points: line([100, 100.5, 99.5]), segments: [{ from: 0, to: 2, level: 100 }] },
      104,
      28,
    );
    expect(levels).toBe("M1 14H103");
  });
});
