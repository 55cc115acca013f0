import { describe, expect, test } from "vitest";
import type { ShiftRead } from "@/lib/queries/shift";
import type { ShiftSummary } from "@/lib/shift/summary";
import { causeText, countsText, logText, rangeHistoryText, shiftMarkdown, standingText } from "./words";

const range = { lastGood: "a".repeat(40), firstShifted: "b".repeat(40) };

function shift(more: Partial<ShiftRead> = {}): ShiftRead {
  return {
    number: 14,
    title: "Duration of <b>w|x</b> +138 %",
    direction: "regression",
    state: "confirmed",
    status: "new",
    partOf: null,
    recoveredBy: null,
    needsPoints: more.state === "provisional" ? 2 : null,
    withdrawnReason: null,
    withdrawnAt: null,
    commitsBetween: 6,
    firstShiftedAt: "2022-11-10T00:00:00.000Z",
    containedIn: "2022.11.0",
    summary: { worse: 1, better: 0, moved: 0 } as ShiftSummary,
    members: [
      {
        workload: "<b>w|x</b> @everyone [x](javascript:alert(1))",
        metric: "duration",
        metricName: null,
        environment: "e",
        before: 1,
        after: 2.38,
        unit: "s",
        change: 1.38,
        difference: 1.38,
        interval: [1.24, 1.41],
        needsPoints: 2,
      },
    ],
    membersTotal: 1,
    ...range,
    ...more,
  } as ShiftRead;
}

describe("a shift in words", () => {
  test("counts what got worse before what got better", () => {
    expect(countsText({ worse: 12, better: 3, moved: 0 })).toBe("12\u00a0series got worse and 3 better");
    expect(countsText({ worse: 0, better: 1, moved: 2 })).toBe("1\u00a0series got better and 2\u00a0series moved");
  });
  test("names one commit only where the range holds one", () => {
    expect(causeText(shift({ commitsBetween: 0 }))).toBe("Only bbbbbbb lies in the range.");
    expect(causeText(shift())).toBe("Any of these 7 can be the cause.");
    expect(causeText(shift({ commitsBetween: null }))).toContain("history was rewritten");
  });
  test("says how many points a provisional one still needs, and what became of others", () => {
    expect(standingText(shift({ state: "provisional" }))).toBe(
      "Provisional: nobody is told yet. 2\u00a0more points would confirm it.",
    );
    expect(standingText(shift({ recoveredBy: 20 }))).toBe("Recovered by #20.");
    expect(standingText(shift({ partOf: 3, state: "withdrawn" }))).toBe("It is part of #3 now.");
    expect(standingText(shift({ state: "withdrawn", withdrawnAt: "2023-01-02T00:00:00.000Z" }))).toContain(
      "Withdrawn on 2 Jan 2023.",
    );
    expect(standingText(shift())).toBeNull();
  });
  test("tells how the range was narrowed", () => {
    const to = { ...range, firstShifted: "c".repeat(40) };
    expect(logText({ at: "", kind: "narrowed", detail: { from: range, to } })).toBe(
      "Narrowed from aaaaaaa..bbbbbbb to aaaaaaa..ccccccc",
    );
    const log: ShiftRead["log"] = [{ at: "2023-01-02T00:00:00.000Z", kind: "narrowed", detail: { from: range, to } }];
    expect(rangeHistoryText({ log })).toBe("Narrowed on 2 Jan 2023, before aaaaaaa..bbbbbbb.");
    expect(rangeHistoryText({ log: [] })).toBeNull();
  });
});

describe("the Markdown of a shift", () => {
  const markdown = shiftMarkdown(shift(), "https://perf.example/p/shifts/14", "https://code.example/compare/a...b");
  test("has before, after, change, interval and absolute links", () => {
    expect(markdown).toContain("### [#14](https://perf.example/p/shifts/14)");
    expect(markdown).toContain("1.00\u00a0s | 2.38\u00a0s | +138\u00a0% | +124\u00a0% … +141\u00a0% |");
    expect(markdown).toContain("[`aaaaaaa..bbbbbbb`](https://code.example/compare/a...b), 7\u00a0commits");
  });
  test("what clients sent is text: no tag, no link, no mention, no extra column", () => {
    expect(markdown).not.toMatch(/(?<!\\)<b>|(?<!\\)\[x\]|(?<!\\)@everyone/);
    const row = markdown.split("\n").find((line) => line.includes("everyone")) ?? "";
    expect(row.replaceAll("\\|", "").split("|")).toHaveLength(9);
  });
});
