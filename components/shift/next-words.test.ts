import { expect, test } from "vitest";
import { avoidedText, expectedText, shareText } from "./next-words";

const nbsp = (text: string) => text.replaceAll("~", "\u00a0");

test("expected runs are whole, at least one, and told as unknown where they are", () => {
  expect(expectedText({ expectedRuns: 4.4 })).toBe(nbsp("about 4~runs to one commit, this included"));
  expect(expectedText({ expectedRuns: 0.2 })).toBe(nbsp("about 1~run to one commit, this one"));
  expect(expectedText({ expectedRuns: null })).toContain("cannot be told");
});

test("a probability is never 0 or 100 %", () => {
  expect([0.0004, 0.192, 0.9999].map(shareText)).toEqual(["<~1~%", "19~%", ">~99~%"].map(nbsp));
});

test("commits that did not run are named once each, the rest counted", () => {
  const failed = ["aaaaaaaaaa", "aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc", "dddddddddd"].map((sha) => ({
    sha,
    outcome: "failed" as const,
  }));
  expect(avoidedText(failed)).toContain("at aaaaaaa, bbbbbbb, ccccccc and 1 more: it did not run there");
  expect(avoidedText([{ sha: "aaaaaaaaaa", outcome: "skipped" }])).toContain("was skipped");
});
