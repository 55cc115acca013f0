import { describe, expect, test } from "vitest";
import { seeded } from "@/lib/stats/random";
import { compareFamily, compareFamilyWithRuns } from "./compareFamily";
import { makeFamily } from "./testing/generate";
import { scoreFamilies, usualShape } from "./testing/measure";
import type { ComparedRow, FamilyRow, RunSamples } from "./types";

function row(baseline: RunSamples[], contender: RunSamples[], more: Partial<FamilyRow> = {}): FamilyRow {
  return { workload: "w", metric: "m", better: "lower", baseline, contender, ...more };
}

function only(one: FamilyRow): ComparedRow {
  return compareFamily([one])[0] as ComparedRow;
}

const single = (...values: number[]): number[][] => values.map((value) => [value]);

describe("a row alone", () => {
  test("is Student's t on the logs of run medians: the sleep data of 1908 (R: t = -1.8608, df = 18, p = 0.07919)", () => {
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2].map(Math.exp);
    const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4].map(Math.exp);
    const { p, df, interval, change } = only(row(single(...second), single(...first)));
    expect(p).toBeCloseTo(0.07919, 5);
    expect(df).toBeCloseTo(18, 9);
    expect(Math.log1p(interval?.[0] as number)).toBeCloseTo(-3.363874, 5);
    expect(Math.log1p(interval?.[1] as number)).toBeCloseTo(0.203874, 5);
    expect(Math.log1p(change as number)).toBeCloseTo(-1.58, 9);
  });

  test("counts a run once, however many samples it has", () => {
    const few = only(row(single(1, 1.1, 1.05), single(1.2, 1.25, 1.3)));
    const many = only(
      row(
        [
          [1, 1, 1],
          [1.1, 1.1],
          [1, 1.05, 9],
        ],
        [[1.2], [1.2, 1.25, 1.3], [1.3, 1.3]],
      ),
    );
    expect(many.p).toBeCloseTo(few.p as number, 12);
    expect(many.baseline).toMatchObject({ runs: 3, samples: 8 });
  });

  test("change is contender / baseline - 1 of the values shown, difference theirs", () => {
    const { change, difference, baseline, contender } = only(row(single(2, 3, 4), single(5, 4, 7)));
    expect(change).toBeCloseTo((contender.value as number) / (baseline.value as number) - 1, 12);
    expect(difference).toBeCloseTo((contender.value as number) - (baseline.value as number), 12);
  });

  test("history adds its degrees of freedom and nothing to the levels", () => {
    const without = only(row(single(1, 1.1), single(1.3, 1.2)));
    const withHistory = only(row(single(1, 1.1), single(1.3, 1.2), { history: single(5, 5.5, 5.2, 5.1) }));
    expect(withHistory.change).toBeCloseTo(without.change as number, 12);
    expect([without.df, withHistory.df].map((df) => Math.round(df as number))).toEqual([2, 5]);
  });

  test("one run a side is decided with a history, and asks for more runs without", () => {
    const history = single(10, 10.1, 9.9, 10.2, 9.8, 10, 10.1, 9.9);
    expect(only(row(single(10), single(13), { history })).verdict).toBe("regression");
    expect(only(row(single(10), single(13)))).toMatchObject({
      verdict: "inconclusive",
      interval: null,
      p: null,
      q: null,
      noise: null,
      needsRuns: 2,
    });
  });

  test("a spike in one of two runs is no change, however quiet the history is; two runs that agree are", () => {
    const history = single(10, 10.1, 9.9, 10.2, 9.8, 10, 10.1, 9.9, 10, 10.1);
    expect(only(row(single(10, 10.1), single(10, 14), { history })).verdict).toBe("inconclusive");
    expect(only(row(single(10, 10.1), single(12, 12.1), { history })).verdict).toBe("regression");
  });

  test("a side without runs is inconclusive and has no numbers", () => {
    expect(only(row(single(1, 2), []))).toMatchObject({
      verdict: "inconclusive",
      change: null,
      difference: null,
      interval: null,
      contender: { value: null, runs: 0, samples: 0 },
    });
  });

  test("where the direction is unknown it rose or fell; higher is better turns the words", () => {
    const sides = [single(1, 1.01, 1.02), single(2, 2.01, 2.02)] as const;
    const verdicts = (["lower", "higher", "unknown"] as const).map((better) => only(row(...sides, { better })).verdict);
    expect(verdicts).toEqual(["regression", "improvement", "rose"]);
  });
});

describe("size", () => {
  test("a tiny certain change is unchanged and small; a smaller smallest effect makes it a regression", () => {
    const sides = [single(100, 100.1, 99.9, 100.05), single(102, 102.1, 101.9, 102.05)] as const;
    expect(only(row(...sides))).toMatchObject({ verdict: "unchanged", small: true });
    expect(only(row(...sides, { smallestEffect: 0.01 }))).toMatchObject({ verdict: "regression", small: false });
  });

  test("the limits are a ratio and its inverse: 1.05 and 1 / 1.05", () => {
    const base = single(100, 100, 100.0001);
    expect(only(row(base, single(95.3, 95.3, 95.3001))).verdict).toBe("unchanged");
    expect(only(row(base, single(95.1, 95.1, 95.1001))).verdict).toBe("improvement");
    expect(only(row(base, single(104.9, 104.9, 104.9001))).verdict).toBe("unchanged");
  });

  test("noise too large for a verdict says how many more runs would settle it", () => {
    const noisy = only(row(single(100, 112, 95), single(108, 120, 103)));
    expect(noisy.verdict).toBe("inconclusive");
    expect(noisy.needsRuns).toBeGreaterThan(3);
    expect(only(row(single(100, 300, 20), single(103, 250, 30))).needsRuns).toBeNull();
  });
});

describe("zeros and equal values", () => {
  test.each([
    [
      "0 to 0 is unchanged",
      single(0, 0),
      single(0, 0),
      { verdict: "unchanged", change: null, difference: 0, exact: true },
    ],
    [
      "0 to 5 is a regression told as a difference",
      single(0, 0),
      single(5, 5),
      { verdict: "regression", change: null, difference: 5 },
    ],
    [
      "also with one run of several samples",
      [[0, 0, 0]],
      [[5, 5, 5]],
      { verdict: "regression", change: null, difference: 5 },
    ],
    [
      "equal values are unchanged",
      single(7, 7),
      single(7, 7),
      { verdict: "unchanged", change: 0, small: false, p: null },
    ],
    ["an exact large difference is called", single(7, 7), single(8, 8), { verdict: "regression", exact: true }],
    ["an exact small difference is small", single(100, 100), single(101, 101), { verdict: "unchanged", small: true }],
    ["one equal run a side shows nothing", single(7), single(7), { verdict: "inconclusive", needsRuns: 2 }],
  ] as const)("%s", (_, baseline, contender, wanted) => {
    const found = only(row([...baseline], [...contender]));
    for (const [name, value] of Object.entries(wanted)) {
      const got = found[name as keyof ComparedRow];
      if (typeof value === "number") expect(got).toBeCloseTo(value, 12);
      else expect(got).toEqual(value);
    }
  });

  test("values around zero are compared by their difference, in the metric's unit", () => {
    const found = only(row(single(-1, 0, 1), single(9, 10, 11)));
    expect(found).toMatchObject({ verdict: "regression", change: null, difference: 10 });
    expect(found.interval?.[0]).toBeGreaterThan(5);
  });
});

describe("a family", () => {
  const rows = makeFamily({ ...usualShape(3, 0.3, 5), samples: 1 }, seeded(11));
  const compared = compareFamily(rows);

  function expectSame(other: ComparedRow[], wanted = compared): void {
    other.forEach((one, i) => {
      expect(one.verdict).toBe(wanted[i]?.verdict);
      expect(Math.abs((one.p as number) / (wanted[i]?.p as number) - 1)).toBeLessThan(1e-6);
    });
  }

  test("the sides swapped turn every verdict and invert every ratio", () => {
    const swapped = compareFamily(rows.map((one) => ({ ...one, baseline: one.contender, contender: one.baseline })));
    const turned = { regression: "improvement", improvement: "regression" } as Record<string, string>;
    swapped.forEach((one, i) => {
      const before = compared[i] as ComparedRow;
      expect(one.verdict).toBe(turned[before.verdict] ?? before.verdict);
      expect(1 + (one.change as number)).toBeCloseTo(1 / (1 + (before.change as number)), 9);
      expect(one.q).toBeCloseTo(before.q as number, 9);
    });
  });

  test("another unit changes no verdict, whichever rows have it", () => {
    const times = (runs: readonly RunSamples[]) => runs.map((run) => run?.map((value) => value * 1e-9) ?? null);
    expectSame(
      compareFamily(
        rows.map((one, i) =>
          i % 3 ? one : { ...one, baseline: times(one.baseline), contender: times(one.contender) },
        ),
      ),
    );
  });

  test("the order of runs, the same in all rows, and the order of rows change nothing", () => {
    const turn = (runs: readonly RunSamples[]) => [...runs].reverse();
    expectSame(compareFamily(rows.map((one) => ({ ...one, contender: turn(one.contender) }))));
    expectSame(compareFamily([...rows].reverse()).reverse());
  });

  test("environments and metrics do not lend each other their noise", () => {
    const elsewhere = rows.map((one) => ({ ...one, environment: "other", contender: one.baseline }));
    const both = compareFamily([...rows, ...elsewhere]).slice(0, rows.length);
    both.forEach((one, i) => {
      expect(one.p).toBeCloseTo(compared[i]?.p as number, 9);
    });
  });

  test("a run slow as a whole is named, and costs no verdict of a large change", () => {
    const shape = { ...usualShape(3, 0.3, 0), slowRun: true, factor: 0.005 };
    const slow = makeFamily(shape, seeded(3));
    const { rows: judged, runFactors } = compareFamilyWithRuns(slow);
    const named = runFactors.filter((factor) => factor.slow && factor.metric === "duration");
    expect(named).toHaveLength(1);
    expect(named[0]?.factor).toBeCloseTo(0.15, 1);
    const large = judged.filter((_, i) => Math.abs(slow[i]?.truth ?? 0) > 0.2);
    expect(large.every(({ verdict }) => verdict === "regression" || verdict === "improvement")).toBe(true);
  });

  test("a row that a run did not measure takes no harm from that run's factor", () => {
    const level = (run: number) => (run === 2 ? 1.3 : 1);
    const random = seeded(8);
    const noisy = (value: number) => [value * (1 + 0.01 * (random() - 0.5))];
    const family = Array.from({ length: 20 }, (_, w) =>
      row(
        [0, 1, 2].map((run) => (w === 0 && run === 2 ? null : noisy(level(run)))),
        [0, 1, 0].map((run) => noisy(level(run))),
        {
          workload: `w${w}`,
        },
      ),
    );
    const [first, second] = compareFamily(family);
    expect(Math.abs(first?.change ?? 1)).toBeLessThan(0.02);
    expect(Math.abs(second?.change ?? 1)).toBeLessThan(0.02);
    expect(first?.baseline.runs).toBe(2);
  });

  test("no NaN, no Infinity, whatever is missing: the answer is JSON", () => {
    const odd = compareFamily([
      ...rows.slice(0, 20),
      row([], []),
      row([null, null], [null]),
      row([[0]], [[1]]),
      row(single(1e-300, 1e300), single(1e300, 1e-300)),
      row(single(5), single(5), { history: [null, [5]] }),
    ]);
    expect(JSON.parse(JSON.stringify(odd))).toEqual(odd);
  });

  test("no rows, no answer", () => {
    expect(compareFamily([])).toEqual([]);
  });
});

test("two runs a side with a history, one run slow as a whole: no more quiet families have a call than 5 % allows", () => {
  const shape = (i: number) => ({ ...usualShape(2, 0, i), history: 30, slowRun: true });
  const { familiesWithFalseCall, coverage } = scoreFamilies(60, 21, shape);
  // A chance of 5 % gives more than 8 of 60 in fewer than 1 of 100 draws.
  expect(familiesWithFalseCall).toBeLessThanOrEqual(8 / 60);
  expect(coverage).toBeGreaterThan(0.93);
});
