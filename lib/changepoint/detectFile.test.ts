import { expect, test } from "vitest";
import { detectFile, InvalidSeries } from "./index";

const step = [...new Array(10).fill(1), ...new Array(6).fill(2)];

/** The error of a document that is refused. */
function fault(json: unknown): InvalidSeries {
  try {
    detectFile(json);
  } catch (error) {
    if (error instanceof InvalidSeries) return error;
    throw error;
  }
  throw new Error("the document was accepted");
}

test("every series has its key, also one without a finding", () => {
  const found = detectFile([
    { name: "a", values: step, better: "lower" },
    { name: "b", values: [1, null, [1, 2], [[1], [2]]] },
  ]);
  expect(Object.keys(found)).toEqual(["a", "b"]);
  expect(found.b).toEqual([]);
  expect(found.a?.[0]).toMatchObject({ index: 10, before: 1, after: 2, change: 1, state: "confirmed" });
});

test("a name that objects know for other ends is a name like any other", () => {
  expect(Object.keys(detectFile([{ name: "__proto__", values: [] }]))).toEqual(["__proto__"]);
});

test("further fields of a series are not read: labels may stand beside the values", () => {
  expect(detectFile([{ name: "a", values: [], labels: [3] }])).toEqual({ a: [] });
});

test("each fault is named by its JSON path, with the way out", () => {
  const paths = [
    [{}, "$"],
    [[3], "$[0]"],
    [[{ values: [] }], "$[0].name"],
    [[{ name: "a" }], "$[0].values"],
    [[{ name: "a", values: [1, "2"] }], "$[0].values[1]"],
    [[{ name: "a", values: [Number.NaN] }], "$[0].values[0]"],
    [[{ name: "a", values: [[]] }], "$[0].values[0]"],
    [[{ name: "a", values: [[1, null]] }], "$[0].values[0][1]"],
    [[{ name: "a", values: [[[1], 2]] }], "$[0].values[0][1]"],
    [[{ name: "a", values: [[[1], [true]]] }], "$[0].values[0][1][0]"],
    [[{ name: "a", values: [], better: "less" }], "$[0].better"],
    [
      [
        { name: "a", values: [] },
        { name: "a", values: [] },
      ],
      "$[1].name",
    ],
  ] as const;
  for (const [json, path] of paths) {
    expect(fault(json).path).toBe(path);
    expect(fault(json).message).toMatch(/^\$.*: .+\. .+\.$/);
  }
});
