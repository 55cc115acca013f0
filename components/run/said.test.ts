import { expect, test } from "vitest";
import { exclusionWords, judgementLines } from "./said";

const judged = (metric: string, state: "usual" | "pending" | "slow" | "shift", factor: number | null) => ({
  metric,
  metricName: null,
  state,
  factor,
  cases: 10,
});
const plain = (text: string) => text.replaceAll("\u00a0", " ");

test("each metric that stands out has its words; those as usual share a line", () => {
  const lines = judgementLines([
    judged("duration", "pending", 1.15),
    judged("peak_memory", "slow", 0.9),
    judged("transfer", "shift", 1.2),
    judged("a", "usual", 1.001),
    judged("b", "usual", 1),
    judged("c", "usual", null),
  ]);
  expect(lines.map(plain)).toEqual([
    "Duration: all slow: next run decides (+15.0 % over 10 cases); left out of levels until then",
    "Peak memory: fast run, left out of levels (−10.0 % over 10 cases)",
    "Transfer: shift (+20.0 % over 10 cases): the next commits stayed there, so it counts",
    "A, B: as usual",
    "C: too few cases to tell",
  ]);
});

test("nothing judged, nothing said", () => {
  expect(judgementLines([])).toEqual([]);
});

test("an exclusion says what, by whom, when and why", () => {
  const by = { id: 1, reason: "The disk was full.", excludedBy: "ada", excludedAt: "2026-11-25T01:24:00.000Z" };
  expect(plain(exclusionWords({ ...by, workload: null, params: null, metric: null }))).toMatch(
    /^whole run, by ada, .*01:24: The disk was full\.$/,
  );
  expect(plain(exclusionWords({ ...by, workload: "tree", params: {}, metric: "duration" }))).toMatch(
    /^duration of tree, by ada, /,
  );
});
