import { describe, expect, test } from "vitest";
import type { ShiftRead } from "@/lib/queries/shift";
import type { ShiftSummary } from "@/lib/shift/summary";
import { causeText, countsText, logText, policyText, rangeHistoryText, releasesText, standingText } from "./words";

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
  test("names the first releases that hold it and counts the others", () => {
    expect(releasesText({ heldBy: { tags: [], total: 0 } })).toBe("no release yet");
    expect(releasesText({ heldBy: { tags: ["1.0", "1.1"], total: 2 } })).toBe("1.0 and 1.1");
    expect(releasesText({ heldBy: { tags: ["1.0", "1.1", "1.2"], total: 22 } })).toBe("1.0, 1.1 and 20 more");
  });
  test("says which rule decided, and with which thresholds", () => {
    const effect = (metric: string, smallestEffect: number) => ({ metric, metricName: null, smallestEffect });
    expect(policyText({ detector: 1, smallestEffects: [effect("duration", 0.05)], sensitivity: [1, 1] })).toBe(
      "step between two levels of one series, 5 % or more; detector 1",
    );
    expect(
      policyText({ detector: 2, smallestEffects: [effect("a", 0.025), effect("b", 0.1)], sensitivity: [1, 1.5] }),
    ).toBe("step between two levels of one series, 2.5 to 10 % or more, sensitivity 1 to 1.5; detector 2");
  });
});
