import { expect, test } from "vitest";
import { describeApi } from "./document";
import { matching, operationsOf } from "./search";

const all = operationsOf(describeApi("https://perf.example", "1"));
const found = (text: string | null) => matching(all, text).map(({ operation }) => operation.operationId);

test("without a text all endpoints are found, in the order of the document", () => {
  expect(found(null)).toHaveLength(all.length);
  expect(found("  ")[0]).toBe("getHealth");
});

test("every word must occur, in whatever case: in address, title, scope, parameter or field of the body", () => {
  expect(found("POST Releases ingest")).toEqual(["storeReleases"]);
  expect(found("dryrun")).toEqual(["storeRuns"]);
  expect(found("mergeBase")).toEqual(["storeRuns", "getRun"]);
  expect(found("needsRuns oneSided")).toEqual(["compare", "compareCase", "compareMatrix"]);
  expect(found("csv byRun")).toEqual(["getSeries"]);
  expect(found("releases nothing-like-this")).toEqual([]);
});
