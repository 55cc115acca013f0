import { describe, expect, test } from "vitest";
import { DEFAULT_FILTER, isOldNews, matching, type RouteFilter } from "./notification";

const member = (own: object = {}) => ({
  ...{ workload: "array/anom_mean", metric: "duration", environment: "vm-a", change: 0.2 },
  ...own,
});
const filter = (own: Partial<RouteFilter> = {}): RouteFilter => ({ ...DEFAULT_FILTER, ...own });
const matches = (own: Partial<RouteFilter>, ...members: object[]) =>
  matching(filter(own), "regression", (members.length > 0 ? members : [{}]).map(member)).length;

describe("which shifts a route is for", () => {
  test("what got worse, when nothing is said", () => {
    const of = (direction: "regression" | "mixed" | "improvement" | "rose" | "fell") =>
      matching(DEFAULT_FILTER, direction, [member()]).length;
    expect([of("regression"), of("mixed"), of("improvement"), of("rose"), of("fell")]).toEqual([1, 1, 0, 0, 0]);
    expect(matching(filter({ directions: ["fell"] }), "fell", [member()])).toHaveLength(1);
  });
  test("workloads by how their name begins, letter by letter", () => {
    expect(matches({ workload: "array/" })).toBe(1);
    expect(matches({ workload: "array/anom_mean" })).toBe(1);
    expect(matches({ workload: "rray" })).toBe(0);
    expect(matches({ workload: "Array/" })).toBe(0);
    expect(matches({ workload: "array/%" })).toBe(0);
  });
  test("metric and environment by their whole name", () => {
    expect([matches({ metric: "duration" }), matches({ metric: "dur" })]).toEqual([1, 0]);
    expect([matches({ environment: "vm-a" }), matches({ environment: "vm" })]).toEqual([1, 0]);
  });
  test("size either way, the border included; what has no ratio passes", () => {
    expect(matches({ minChange: 0.2 })).toBe(1);
    expect(matches({ minChange: 0.21 })).toBe(0);
    expect(matches({ minChange: 0.2 }, { change: -0.5 })).toBe(1);
    expect(matches({ minChange: 0.2 }, { change: null })).toBe(1);
  });
  test("one member must meet all at once: two that meet a half each are none", () => {
    const halves = [{ metric: "peak_memory" }, { environment: "vm-b" }];
    expect(matches({ metric: "duration", environment: "vm-a" }, ...halves)).toBe(0);
    expect(matches({ metric: "duration", environment: "vm-a" }, ...halves, {})).toBe(1);
  });
});

describe("old news", () => {
  const newest = "2026-11-25T00:00:00Z";
  test("a change that much older than the newest commit is none, the last day still is", () => {
    expect(isOldNews("2026-09-26T00:00:00Z", newest, 60)).toBe(false);
    expect(isOldNews("2026-09-25T23:59:59Z", newest, 60)).toBe(true);
  });
  test("without a limit, or a time, everything is news", () => {
    expect(isOldNews("2001-01-01T00:00:00Z", newest, null)).toBe(false);
    expect(isOldNews(null, newest, 60)).toBe(false);
    expect(isOldNews("2001-01-01T00:00:00Z", null, 60)).toBe(false);
  });
});
