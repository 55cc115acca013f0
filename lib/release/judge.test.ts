import { describe, expect, test } from "vitest";
import { decideReport, gateInput, netOfAccepted } from "./decide";
import { type GateRow, judge } from "./judge";
import { DEFAULT_POLICY, fits, readPolicy } from "./policy";
import { figures, row, said, shift } from "./testing/figures";
import type { ReportShift, Waiver } from "./types";

const NOW = "2026-01-06T00:00:00.000Z";
const WAIVER: Waiver = {
  ...{ id: 1, shift: 7, workload: null, reason: "known", owner: "grace", expiresOn: "2026-01-06" },
  ...{ createdBy: "ada", createdAt: NOW, withdrawnBy: null, withdrawnAt: null },
};
const decide = (report = figures(), shifts = [said()], waivers: Waiver[] = [], policy = DEFAULT_POLICY, now = NOW) =>
  decideReport(report, { shifts, waivers }, policy, now);
const outcome = (...asked: Parameters<typeof decide>) => decide(...asked).worse[0]?.outcome;

describe("what became of a shift", () => {
  test("new and investigating are undecided and block", () => {
    expect(decide().verdict.text).toBe("not ready: 1 undecided regression");
    expect(outcome(figures(), [said({ status: "investigating" })])).toBe("undecided");
  });

  test("accepted holds until its end", () => {
    expect(outcome(figures(), [said({ status: "accepted" })])).toBe("accepted");
    expect(outcome(figures(), [said({ status: "accepted", acceptedUntil: "2026-02-01T00:00:00.000Z" })])).toBe(
      "accepted",
    );
    expect(outcome(figures(), [said({ status: "accepted", acceptedUntil: "2026-01-01T00:00:00.000Z" })])).toBe(
      "undecided",
    );
  });

  test("infrastructure and not real are set aside", () => {
    expect(outcome(figures(), [said({ status: "infrastructure" })])).toBe("dismissed");
    expect(outcome(figures(), [said({ status: "not real" })])).toBe("dismissed");
  });

  test("said to be fixed is believed when the candidate holds the recovery", () => {
    const recovery: ReportShift["recovery"] = { by: 9, inCandidate: "no", tags: [] };
    expect(outcome(figures({ shifts: [shift({ recovery })] }), [said({ status: "fixed" })])).toBe("undecided");
    expect(outcome(figures({ shifts: [shift({ recovery: { ...recovery, inCandidate: "yes" } })] }))).toBe("gone");
    expect(decide(figures(), [said({ status: "fixed" })]).worse[0]?.text).toBe(
      "said to be fixed, and 1.1 does not show it",
    );
  });

  test("a waiver holds to the end of its last day", () => {
    expect(outcome(figures(), [said()], [WAIVER])).toBe("waived");
    expect(decide(figures(), [said()], [WAIVER]).verdict.text).toBe("ready with 1 waiver");
    expect(outcome(figures(), [said()], [WAIVER], DEFAULT_POLICY, "2026-01-07T00:00:00.000Z")).toBe("undecided");
    expect(outcome(figures(), [said()], [{ ...WAIVER, withdrawnAt: NOW }])).toBe("undecided");
  });

  test("provisional ones, and what the policy does not look at, block nothing", () => {
    expect(outcome(figures({ shifts: [shift({ state: "provisional" })] }))).toBe("provisional");
    expect(outcome(figures(), [said()], [], { ...DEFAULT_POLICY, metrics: ["peak_*"] })).toBe("outside");
    expect(outcome(figures(), [said()], [], { ...DEFAULT_POLICY, smallest: { duration: 0.5 } })).toBe("outside");
  });
});

test("what is missing blocks by its workload, and is waived by it", () => {
  const trouble = { kind: "missing", workload: "sort", workloadNumber: 2, params: {}, environment: "vm" } as const;
  const report = figures({ rows: [], shifts: [], troubles: [{ ...trouble, sha: null, distance: null, error: null }] });
  expect(decide(report).verdict.text).toBe("not ready: 1 workload missing");
  expect(decide(report, [], [{ ...WAIVER, shift: null, workload: "sort" }]).verdict.text).toBe("ready with 1 waiver");
});

test("net of what was accepted: the steps of accepted shifts are divided out", () => {
  const steps = [
    { shift: 7, direction: "regression", state: "confirmed", change: 0.2, difference: 2 },
    { shift: 8, direction: "regression", state: "confirmed", change: 0.1, difference: 1.2 },
  ] as const;
  const both = row({ change: 0.32, steps: [...steps] });
  expect(netOfAccepted(both, new Set([7]))).toBeCloseTo(0.1, 10);
  expect(netOfAccepted(both, new Set([7, 8]))).toBeCloseTo(0, 10);
  expect(netOfAccepted(both, new Set())).toBeNull();
});

describe("the gate", () => {
  const gateRow = (more: Partial<GateRow> = {}): GateRow => ({
    ...{ workload: "join", params: {}, metric: "duration", environment: "vm", verdict: "regression", change: 0.2 },
    ...{ interval: [0.1, 0.3], shifts: [], excuse: null, why: null, needsRuns: null },
    ...more,
  });
  const answer = (rows: GateRow[], policy = DEFAULT_POLICY) =>
    judge(policy, { rows, troubles: [], doubts: [], blocks: [] }).answer;

  test("fail wins over cannot tell, and that over pass", () => {
    const untold = gateRow({ verdict: "cannot tell", workload: "b" });
    const good = gateRow({ verdict: "improvement", workload: "c" });
    expect(answer([good])).toBe("pass");
    expect(answer([good, untold])).toBe("cannot tell");
    expect(answer([good, untold, gateRow()])).toBe("fail");
  });

  test("the policy says what cannot be told does, and which changes are too small to count", () => {
    const untold = [gateRow({ verdict: "cannot tell" })];
    expect(answer(untold, { ...DEFAULT_POLICY, cannotTell: "pass" })).toBe("pass");
    expect(answer(untold, { ...DEFAULT_POLICY, cannotTell: "fail" })).toBe("fail");
    expect(answer([gateRow()], { ...DEFAULT_POLICY, smallest: { duration: 0.25 } })).toBe("pass");
  });

  test("a pattern that nothing fits is a doubt: a misspelt one lets nothing pass", () => {
    const told = judge(
      { ...DEFAULT_POLICY, environments: ["vm", "gone*"] },
      {
        ...{ rows: [gateRow({ verdict: "unchanged" })], troubles: [], doubts: [], blocks: [] },
      },
    );
    expect(told).toMatchObject({
      answer: "cannot tell",
      reasons: [{ text: "No environment fits the policy's gone*." }],
    });
    expect(answer([])).toBe("cannot tell");
  });

  test("what is missing never passes silently, whatever the policy", () => {
    const trouble = {
      kind: "missing",
      workload: "join",
      params: {},
      environment: "vm",
      error: null,
      excuse: null,
    } as const;
    const input = { rows: [gateRow({ verdict: "unchanged" })], troubles: [trouble], doubts: [], blocks: [] };
    expect(judge(DEFAULT_POLICY, input).answer).toBe("fail");
    expect(judge({ ...DEFAULT_POLICY, missing: "cannot tell", cannotTell: "pass" }, input).answer).toBe("cannot tell");
  });

  test("a report's row is excused by what was decided of all its shifts", () => {
    const report = figures();
    const accepted = { shifts: [said({ status: "accepted" })], waivers: [] };
    const decided = decideReport(report, accepted, DEFAULT_POLICY, NOW);
    const told = judge(DEFAULT_POLICY, gateInput(report, accepted, decided, NOW));
    expect(told).toMatchObject({ answer: "pass", counts: { excused: 1, regressions: 0 } });
  });
});

test("patterns know stars and question marks, and end in time on any text", () => {
  expect([fits("v*", "v1.0"), fits("v*", "1.0"), fits("*.0", "1.0"), fits("1.?", "1.0"), fits("1.?", "1.10")]).toEqual([
    true,
    false,
    true,
    true,
    false,
  ]);
  expect([fits("a.c", "abc"), fits("*", ""), fits("", "a"), fits("a*b*c", "aXbYbZc")]).toEqual([
    false,
    true,
    false,
    true,
  ]);
  expect(fits(`${"*a".repeat(40)}b`, "a".repeat(4000))).toBe(false);
});

test("a stored policy is read with what nobody has set, and what does not fit is as if unset", () => {
  expect(readPolicy(undefined)).toEqual(DEFAULT_POLICY);
  expect(readPolicy({ cannotTell: "maybe", metrics: ["duration", 7], near: 5 })).toEqual({
    ...DEFAULT_POLICY,
    metrics: ["duration"],
    near: 5,
  });
});
