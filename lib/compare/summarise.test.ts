import { expect, test } from "vitest";
import { compareFamily, type FamilyRow, overallBy, summarise } from "./index";

const single = (...values: number[]): number[][] => values.map((value) => [value]);

function row(workload: string, baseline: number[][], contender: number[][], more: Partial<FamilyRow> = {}): FamilyRow {
  return { workload, metric: "duration", better: "lower", baseline, contender, ...more };
}

test("verdicts are counted, the geometric mean is over complete pairs, the others are counted too", () => {
  const rows = compareFamily([
    row("a", single(1, 1.001), single(2, 2.001)),
    row("b", single(2, 2.001), single(1, 1.001)),
    row("c", single(0, 0), single(5, 5)),
    row("d", single(1, 2), []),
  ]);
  const summary = summarise(rows);
  expect(summary).toMatchObject({
    total: 4,
    regressions: 2,
    improvements: 1,
    unchanged: 0,
    inconclusive: 1,
    rose: 0,
    fell: 0,
  });
  expect(summary.metrics).toHaveLength(1);
  expect(summary.metrics[0]).toMatchObject({ metric: "duration", pairs: 2, leftOut: 2 });
  expect(summary.metrics[0]?.change).toBeCloseTo(0, 9);
});

test("changes that are each doubtful are certain together", () => {
  const rows = compareFamily(
    Array.from({ length: 7 }, (_, i) => row(`w${i}`, single(100, 104, 98), single(104, 109, 101))),
  );
  expect(rows.every(({ verdict }) => verdict === "inconclusive")).toBe(true);
  const [duration] = summarise(rows).metrics;
  expect(duration?.interval?.[0]).toBeGreaterThan(0);
});

test("one pair has the interval of its row; a pair of unknown noise leaves none", () => {
  const rows = compareFamily([row("a", single(1, 1.1, 1.2), single(2, 2.1, 2.3))]);
  const [alone] = summarise(rows).metrics;
  expect(alone?.interval?.[0]).toBeCloseTo(rows[0]?.interval?.[0] as number, 9);
  const unknown = compareFamily([row("a", single(1, 1.1), single(2, 2.1)), row("b", single(1), single(2))]);
  expect(summarise(unknown).metrics[0]?.interval).toBeNull();
});

test("nothing compared is nothing, not zero", () => {
  expect(summarise([])).toMatchObject({ total: 0, metrics: [] });
  expect(summarise(compareFamily([row("a", [], [])])).metrics[0]).toMatchObject({
    pairs: 0,
    change: null,
    interval: null,
  });
});

test("what is on one side only is counted as left out of its metrics, with why; a case without any value out of all", () => {
  const rows = compareFamily([
    row("a", single(1, 1.1, 1.2), single(2, 2.1, 2.3)),
    row("z", single(0, 0), single(5, 5)),
  ]);
  const summary = summarise(rows, [
    { kind: "failed", leftOut: ["duration", "peak_memory"] },
    { kind: "missing", leftOut: ["peak_memory"] },
    { kind: "failed", leftOut: [] },
  ]);
  expect(summary.metrics[0]).toMatchObject({ pairs: 1, leftOut: 3, leftOutBy: { "no ratio": 1, failed: 2 } });
});

test("each group of rows has its own mean", () => {
  const rows = compareFamily([row("a", single(1, 1), single(2, 2)), row("b", single(1, 1), single(4, 4))]);
  const found = overallBy(rows, ({ workload }) => workload);
  expect([...found].map(([key, { change }]) => [key, Math.round((change ?? 0) * 1e6) / 1e6])).toEqual([
    ["a", 1],
    ["b", 3],
  ]);
});
