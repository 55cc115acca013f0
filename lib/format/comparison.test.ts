import { describe, expect, test } from "vitest";
import {
  changeText,
  comparisonHeadline,
  comparisonMark,
  comparisonMarkdown,
  falseCallsText,
  intervalText,
  overallText,
  rowCells,
  settleText,
  type ToldRow,
} from "./comparison";

const NONE = { total: 0, regressions: 0, improvements: 0, unchanged: 0, inconclusive: 0, rose: 0, fell: 0 };
const counts = (some: Partial<typeof NONE> & { missing?: number; failed?: number; new?: number }) => ({
  ...NONE,
  ...some,
});

const ROW: ToldRow = {
  workload: "anom_mean",
  params: { data: "compressible" },
  metric: "peak_memory",
  environment: "vm-b",
  unit: "B",
  verdict: "regression",
  change: 0.2,
  difference: 135e6,
  interval: [0.18, 0.22],
  q: 1e-9,
  needsRuns: null,
  baseline: { value: 678e6, runs: 5 },
  contender: { value: 813e6, runs: 5 },
};

describe("the headline of a comparison", () => {
  test("puts the larger number first and never leaves a regression out", () => {
    expect(
      comparisonHeadline(counts({ total: 50, improvements: 20, regressions: 5, unchanged: 17, inconclusive: 8 })),
    ).toBe("20 of 50 improved, 5 regressed; 17 unchanged, 8 cannot be told");
    expect(comparisonHeadline(counts({ total: 9, improvements: 1, regressions: 2, unchanged: 6 }))).toBe(
      "2 of 9 regressed, 1 improved; 6 unchanged",
    );
  });

  test("counts what is on one side only", () => {
    expect(comparisonHeadline(counts({ total: 18, unchanged: 18, missing: 1, failed: 2, new: 1 }))).toBe(
      "None of 18 moved; 18 unchanged; 1 missing, 2 failed, 1 new",
    );
    expect(comparisonHeadline(counts({ failed: 1 }))).toBe("Nothing could be compared; 1 failed");
  });

  test("rose and fell stand for metrics without a good direction", () => {
    expect(comparisonHeadline(counts({ total: 3, rose: 2, fell: 1 }))).toBe("2 of 3 rose, 1 fell");
  });

  test("both directions are mixed, and only a whole page without doubt is unchanged", () => {
    const words = [
      { total: 2, regressions: 1, improvements: 1 },
      { total: 2, regressions: 1, unchanged: 1 },
      { total: 2, improvements: 1, inconclusive: 1 },
      { total: 2, unchanged: 2 },
      { total: 2, unchanged: 1, inconclusive: 1 },
      {},
    ].map((some) => comparisonMark(counts(some)).word);
    expect(words).toEqual(["Mixed", "Regression", "Improvement", "Unchanged", "Inconclusive", "Inconclusive"]);
  });
});

test("false calls: a share of those made, and of comparisons where none was made", () => {
  expect(falseCallsText(counts({ total: 50, improvements: 20, regressions: 5 }), 0.05)).toContain("expect at most 1.3");
  expect(falseCallsText(counts({ total: 50, regressions: 1 }), 0.05)).toContain("less than 0.1");
  expect(falseCallsText(counts({ total: 50 }), 0.05)).toBe(
    "Where nothing differs, at most 5 of 100 such comparisons show a call at all.",
  );
});

describe("a row", () => {
  test("without a ratio is told in its unit, change and interval alike", () => {
    const plain = { ...ROW, change: null, interval: [120e6, 150e6] as const };
    expect(changeText(plain)).toBe("+129\u00a0MiB");
    expect(intervalText(plain)).toBe("+114\u00a0…\u00a0+143");
  });

  test("says what would settle it only while it is open", () => {
    const open = { ...ROW, verdict: "inconclusive" as const };
    expect([settleText({ ...open, needsRuns: 6 }), settleText(open), settleText(ROW)]).toEqual([
      "6\u00a0runs",
      ">\u00a050 runs",
      "",
    ]);
  });

  test("as cells: values in one unit, parameters with the name", () => {
    expect(rowCells(ROW)).toEqual([
      "regression",
      "anom_mean (data=compressible)",
      "peak memory",
      "vm-b",
      "+20.0\u00a0%",
      "+18.0\u00a0…\u00a0+22.0",
      "647",
      "775\u00a0MiB",
      "5 / 5",
      "<\u00a00.001",
      "",
    ]);
  });
});

test("the overall figure says over how many pairs, and what was left out", () => {
  const summary = {
    metric: "duration",
    pairs: 96,
    leftOut: 4,
    change: -0.041,
    interval: [-0.05, -0.032] as [number, number],
  };
  expect(overallText(summary)).toBe(
    "Duration −4.1\u00a0% [−5.0\u00a0…\u00a0−3.2] over 96\u00a0pairs, 4 left out: no ratio",
  );
  expect(overallText({ ...summary, change: null })).toBeNull();
});

describe("Markdown", () => {
  const told = { baseline: "2026.10.0", contender: "main", overall: [], notes: [], url: "https://perf.example/x" };

  test("has the sentence, the called rows and the link; what lies within noise is a number", () => {
    const still: ToldRow = { ...ROW, workload: "quiet", verdict: "unchanged" };
    const text = comparisonMarkdown({
      ...told,
      counts: counts({ total: 2, regressions: 1, unchanged: 1 }),
      rows: [ROW, still],
    });
    expect(text).toContain("**1 of 2 regressed; 1 unchanged**");
    expect(text).toContain("| regression | anom\\_mean \\(data=compressible\\) | peak memory | vm-b | +20.0");
    expect(text).not.toContain("quiet");
    expect(text.trimEnd().endsWith("https://perf.example/x")).toBe(true);
  });

  test("names are inert: no HTML, no link, no cell of their own, no mention", () => {
    const workload = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) a|b @team `c`\n# d";
    const text = comparisonMarkdown({
      ...told,
      counts: counts({ total: 1, regressions: 1 }),
      rows: [{ ...ROW, workload }],
    });
    const line = text.split("\n").find((one) => one.startsWith("| regression")) ?? "";
    expect(line).toContain("&lt;img");
    expect(line.replace(/\\./g, "")).not.toMatch(/[[\]`@]/);
    expect(line.match(/(?<!\\)\|/g)).toHaveLength(9);
  });
});
