import { expect, test } from "vitest";
import { changedComponents } from "./components-changed";

test("components that changed, came or went are told by name; equal ones are not", () => {
  expect(changedComponents({ dask: "a1", numpy: "1", old: "2" }, { numpy: "1", dask: "b2", fresh: "3" })).toEqual([
    { name: "dask", before: "a1", now: "b2" },
    { name: "fresh", before: null, now: "3" },
    { name: "old", before: "2", now: null },
  ]);
});

test("a run that sent no components tells of no change", () => {
  expect(changedComponents(null, { numpy: "1" })).toEqual([]);
  expect(changedComponents({ numpy: "1" }, null)).toEqual([]);
});
