import { expect, test } from "vitest";
import { countPlaywright, countVitest } from "./testReports";

const report = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
const failed = { status: "failed", assertionResults: [{ status: "failed" }, { status: "passed" }] };

test("a file with failed tests counts its tests only", () => {
  expect(countVitest({ ...report, testResults: [failed] })).toEqual({ passed: 5, failed: 1, skipped: 3 });
});

test("a file that breaks without a failed test counts as one failure, so that nothing passes by not running", () => {
  const broken = { status: "failed", assertionResults: [] };
  expect(countVitest({ ...report, testResults: [failed, broken] }).failed).toBe(2);
});

test("a browser run whose server does not start is a failure", () => {
  const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 };
  expect(countPlaywright({ stats, errors: [{}] })).toEqual({ passed: 4, failed: 2, skipped: 2 });
});
