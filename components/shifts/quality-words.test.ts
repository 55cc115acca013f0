import { expect, test } from "vitest";
import { qualityOf } from "@/lib/shift/quality";
import { durationText, qualitySentence, shareText } from "./quality-words";

test.each([
  [null, "–"],
  [12, "under a minute"],
  [60, "1\u00a0minute"],
  [5400, "1.5\u00a0hours"],
  [86_400, "1\u00a0day"],
  [1_500_000, "17\u00a0days"],
])("%s seconds are %s", (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

test("a share is told with its interval, or not at all", () => {
  expect(shareText({ value: 0.8, interval: [0.49, 0.943] })).toBe("80\u00a0% [49, 94]");
  expect(shareText(null)).toBe("–");
});

test("too few decisions are called that", () => {
  const shift = { status: "fixed" as const, detector: 1, metrics: [], workloads: [], actedAfter: 7200 };
  expect(qualitySentence(qualityOf([]), "")).toBe("No shift was told.");
  expect(qualitySentence(qualityOf([shift]), " since 2026.9.0")).toContain("too few to tell");
  expect(qualitySentence(qualityOf(Array(10).fill(shift)), "")).toBe(
    "10\u00a0shifts told, 10 decided on. 100\u00a0% were real, 100\u00a0% of these fixed. Somebody acted after 2\u00a0hours (median).",
  );
});
