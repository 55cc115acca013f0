import { describe, expect, test } from "vitest";
import { rangeChange } from "./log";
import { type Member, rank, summarise } from "./summary";
import { shiftTitle } from "./title";

function member(workload: string, change: number, more: Partial<Member> = {}): Member {
  return {
    workload,
    workloadNumber: 1,
    params: {},
    metric: "duration",
    metricName: null,
    unit: "s",
    better: "lower",
    environment: "vm-a",
    direction: change > 0 ? "regression" : "improvement",
    state: "confirmed",
    before: 10,
    after: 10 * (1 + change),
    change,
    difference: 10 * change,
    interval: null,
    p: 1e-9,
    pointsBefore: 20,
    pointsAfter: 20,
    ...more,
  };
}

const memory = { metric: "peak_memory", unit: "B" };

describe("summarise", () => {
  test("a pair that moved in two environments is counted once, and once in each", () => {
    const summary = summarise([member("w", 0.2), member("w", 0.3, { environment: "vm-b" }), member("v", -0.1, memory)]);
    expect(summary).toMatchObject({ changepoints: 3, worse: 1, better: 1, moved: 0 });
    expect(summary.environments).toMatchObject([
      { name: "vm-a", worse: 1, better: 1 },
      { name: "vm-b", worse: 1, better: 0 },
    ]);
    expect(summary.best).toMatchObject({ workload: "v" });
    expect(summary.largest).toBe(summary.worst);
  });

  test("the environment with most members tells the shift: a larger change elsewhere does not take the title", () => {
    const members = [member("w", 0.2), member("w", 0.3, { environment: "vm-b" }), member("v", -0.1, memory)];
    const summary = summarise(members);
    expect(summary.worst).toMatchObject({ environment: "vm-a", change: 0.2 });
    expect(shiftTitle(summary)).toBe("Duration of w +20.0\u00a0%; peak memory of v \u221210.0\u00a0%");
  });

  test("the largest change leads wherever it was seen, also when the environment with most members did not see it", () => {
    const elsewhere = member("x", 0.5, { environment: "vm-b" });
    const members = [member("w", 0.2), member("w", 0.3, { environment: "vm-b" }), member("v", 0.1), elsewhere];
    expect(summarise(members).worst).toBe(elsewhere);
  });

  test("what got worse only elsewhere is told all the same", () => {
    const members = [member("v", -0.1), member("x", -0.2), member("w", 0.3, { environment: "vm-b" })];
    expect(summarise(members).worst).toMatchObject({ environment: "vm-b", workload: "w" });
  });

  test("the cost is the mean over environments per case, summed over cases, in seconds", () => {
    const summary = summarise([
      member("w", 0.2),
      member("w", 0.4, { environment: "vm-b" }),
      member("v", -0.1, { unit: "ms" }),
      member("x", 5, memory),
    ]);
    expect(summary.costSeconds).toBeCloseTo(3 - 0.001, 12);
    expect(summary.environments.map(({ costSeconds }) => costSeconds)).toEqual([expect.closeTo(1.999, 12), 4]);
  });

  test("without durations the cost cannot be told", () => {
    expect(summarise([member("x", 5, memory)]).costSeconds).toBeNull();
  });

  test("a confirmed change leads a larger provisional one, a ratio leads what has none", () => {
    const none = member("zero", 0.1, { change: null, difference: 1000 });
    const ranked = rank([none, member("large", 3, { state: "provisional" }), member("sure", 0.1)]);
    expect(ranked.map(({ workload }) => workload)).toEqual(["sure", "zero", "large"]);
  });

  test("a shift without members is refused", () => expect(() => summarise([])).toThrow(RangeError));
});

describe("shiftTitle", () => {
  const title = (...members: Member[]) => shiftTitle(summarise(members));

  test("what got worse goes first, the largest improvement follows", () => {
    const worse = Array.from({ length: 11 }, (_, k) => member(`w${k}`, 0.1));
    expect(title(member("anom_mean", -0.205, memory), ...worse, member("map_futures", 1.38))).toBe(
      "Duration of map_futures +138\u00a0% and 11 more worse; peak memory of anom_mean −20.5\u00a0%",
    );
  });

  test("one member is told alone", () => expect(title(member("w", 0.069))).toBe("Duration of w +6.9\u00a0%"));

  test("improvements alone are counted as better", () => {
    expect(title(member("v", -0.055), member("w", -0.05))).toBe("Duration of v −5.5\u00a0% and 1 more better");
  });

  test("metrics without a good direction just moved", () => {
    const moved = { metric: "tasks", unit: "", better: "unknown", direction: "rose" } as const;
    expect(title(member("v", 0.5, moved), member("w", 0.2, moved))).toBe("Tasks of v +50.0\u00a0% and 1 more");
  });

  test("a step from zero is told in its unit", () => {
    expect(title(member("w", 1, { before: 0, after: 5, change: null, difference: 5 }))).toBe(
      "Duration of w +5.00\u00a0s",
    );
  });

  test("over 90 characters the second half goes", () => {
    const long = "a".repeat(60);
    expect(title(member(long, 0.1), member("v", -0.2))).toBe(`Duration of ${long} +10.0\u00a0%`);
  });
});

describe("rangeChange", () => {
  const range = (lastGood: number, firstShifted: number) => ({ lastGood, firstShifted });
  test.each([
    [range(1, 5), range(1, 5), null],
    [range(1, 5), range(2, 5), "narrowed"],
    [range(2, 4), range(1, 4), "widened"],
    [range(1, 5), range(3, 8), "moved"],
  ])("%o to %o is %s", (from, to, change) => expect(rangeChange(from, to)).toBe(change));
});
