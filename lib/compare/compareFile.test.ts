import { expect, test } from "vitest";
import { compareFile, InvalidFamily } from "./index";

const good = { workload: "w", metric: "m", better: "lower", baseline: [[1], [1.1]], contender: [[2, 2.1], [2.2]] };

/** The error of a document that is refused. */
function fault(json: unknown): InvalidFamily {
  try {
    compareFile(json);
  } catch (error) {
    if (error instanceof InvalidFamily) return error;
    throw error;
  }
  throw new Error("the document was accepted");
}

test("an array of rows is one family, answered in the order of the rows", () => {
  const found = compareFile([
    { ...good, workload: "b" },
    { ...good, workload: "a", params: { n: 1 } },
  ]);
  expect(found.map(({ workload }) => workload)).toEqual(["b", "a"]);
  expect(found[1]).toMatchObject({
    params: { n: 1 },
    metric: "m",
    verdict: "regression",
    needsRuns: null,
    small: false,
  });
});

test("families are judged apart and named; the same row may be in several", () => {
  const found = compareFile([
    { family: "x", kind: "null", rows: [good] },
    { family: "y", rows: [good, { ...good, metric: "n" }] },
  ]);
  expect(found.map(({ family }) => family)).toEqual(["x", "y", "y"]);
  expect(found[0]?.q).toBe(found[0]?.p);
});

test("better, history and smallest effect may be left out; further fields are not read; a run may be null", () => {
  const { better: _, ...rest } = good;
  expect(
    compareFile([{ ...rest, truth: 0.5, unit: "s", history: null, baseline: [[1], null, [1.1]] }])[0],
  ).toMatchObject({
    baseline: { runs: 2, samples: 2 },
  });
});

test("no rows are no rows", () => {
  expect(compareFile([])).toEqual([]);
});

test("each fault is named by its JSON path, with the way out", () => {
  const paths: [unknown, string][] = [
    [{}, "$"],
    [[3], "$[0]"],
    [[{ ...good, workload: "" }], "$[0].workload"],
    [[{ ...good, metric: 3 }], "$[0].metric"],
    [[{ ...good, environment: 3 }], "$[0].environment"],
    [[{ ...good, better: "less" }], "$[0].better"],
    [[{ ...good, baseline: 1 }], "$[0].baseline"],
    [[{ ...good, contender: [1] }], "$[0].contender[0]"],
    [[{ ...good, contender: [[]] }], "$[0].contender[0]"],
    [[{ ...good, contender: [[1], [null]] }], "$[0].contender[1][0]"],
    [[{ ...good, history: [[Number.NaN]] }], "$[0].history[0][0]"],
    [[{ ...good, smallestEffect: -1 }], "$[0].smallestEffect"],
    [[good, good], "$[1]"],
    [[{ family: "x", rows: [good] }, good], "$[1].family"],
    [[{ family: "x", rows: {} }], "$[0].rows"],
    [[{ family: "x", rows: [good, { ...good, metric: "" }] }], "$[0].rows[1].metric"],
  ];
  for (const [json, path] of paths) {
    expect(fault(json).path).toBe(path);
    expect(fault(json).message).toMatch(/^\$.*: .+\. .+\.$/);
  }
});

test("a family that plans its runs has no verdict before they are there, and fewer calls the longer it is looked at", () => {
  const side = (level: number, runs: number) => Array.from({ length: runs }, (_, i) => [level + 0.01 * (i % 3)]);
  const rows = (runs: number) => [
    { workload: "w", metric: "duration", better: "lower", baseline: side(1, runs), contender: side(2, runs) },
  ];
  const at = (runs: number, plannedRuns?: number) =>
    compareFile([{ family: "f", plannedRuns, rows: rows(runs) }], { plannedRuns: 4 })[0];
  expect(at(3)).toMatchObject({ verdict: "inconclusive", open: true, p: null, q: null, needsRuns: 1 });
  expect(at(3)?.interval?.[0]).toBeGreaterThan(0.9);
  expect(at(4)).toMatchObject({ verdict: "regression", open: false });
  expect(at(3, 3)).toMatchObject({ verdict: "regression", open: false });
  expect(() => compareFile([{ family: "f", plannedRuns: 0, rows: [] }])).toThrow("$[0].plannedRuns");
});
