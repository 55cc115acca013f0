import { describe, expect, test } from "vitest";
import { frameOf } from "./frame";
import { type TrendPoint, type TrendSeries, trendOf, whatChanged } from "./trend";

const day = (position: number) => new Date(Date.UTC(2023, 0, 1 + position)).toISOString();

function point(position: number, value: number, more: Partial<TrendPoint> = {}): TrendPoint {
  return {
    sha: `sha${position}`,
    position,
    committedAt: day(position),
    pullRequest: null,
    value,
    min: value,
    max: value,
    runs: 1,
    n: 1,
    track: 0,
    open: false,
    outlier: false,
    ...more,
  };
}

const step: TrendSeries = {
  unit: "s",
  points: [0, 1, 2, 3, 4, 5].map((position) => point(position, position < 3 ? 5 : 7)),
  segments: [
    { first: 0, last: 2, track: 0, level: 5, lo: 4.9, hi: 5.1 },
    { first: 3, last: 5, track: 0, level: 7, lo: 6.9, hi: 7.1 },
  ],
  changepoints: [
    {
      sha: "sha3",
      position: 3,
      direction: "regression",
      change: 0.4,
      difference: 2,
      state: "confirmed",
      pointsAfter: 3,
      needsPoints: 0,
      shift: 1,
    },
  ],
};

describe("the trend of a line", () => {
  test("has its levels meet the changepoint, and ticks with the unit on the top one", () => {
    const trend = trendOf(step, "commits", [0, 5], "fit", 216);
    expect(trend.spans).toMatchObject([
      { from: 0, to: 3, level: 5 },
      { from: 3, to: 5, level: 7 },
    ]);
    expect(trend.changes).toMatchObject([{ x: 3, shift: 1 }]);
    expect(trend.ticks.map(({ label }) => label)).toEqual(["5", "6", "7\u00a0s"]);
  });
  test("is the same on an axis of time, with commit dates as places", () => {
    const trend = trendOf(step, "time", [Date.parse(day(0)), Date.parse(day(5))], "fit", 216);
    expect(trend.changes[0]?.x).toBe(Date.parse(day(3)));
    expect(trend.spans[0]?.to).toBe(Date.parse(day(3)));
  });
  test("a point without a date is on the axis of commits only", () => {
    const series = { ...step, points: [...step.points, point(6, 7, { committedAt: null })] };
    expect(trendOf(series, "commits", [0, 6], "fit", 216).points).toHaveLength(7);
    expect(trendOf(series, "time", [0, 2e12], "fit", 216).points).toHaveLength(6);
  });
  test("a window keeps one point on either side, so that the trace runs to its edge", () => {
    expect(trendOf(step, "commits", [2, 3], "fit", 216).points.map(({ position }) => position)).toEqual([1, 2, 3, 4]);
  });
  test("a failure without any good run is a gap; beside a good run it is not", () => {
    const failure = { sha: "f", committedAt: null, outcome: "failed" as const, runs: 2, error: null };
    const series = {
      ...step,
      points: step.points.filter(({ position }) => position !== 4),
      failures: [
        { ...failure, position: 4 },
        { ...failure, position: 5 },
      ],
    };
    const trend = trendOf(series, "commits", [0, 5], "fit", 216);
    expect(trend.gaps).toMatchObject([{ x: 4, from: 3.5, to: 4.5 }]);
    expect(trend.joins.at(-1)?.kind).toBe("gap");
  });
  test("10,000 points are drawn as at most some 1,200, with the highest, the lowest and the changepoint", () => {
    const points = Array.from({ length: 10_000 }, (_, i) =>
      point(i, i === 5000 ? 99 : i === 7001 ? 0.5 : 5 + (i % 7) / 10),
    );
    const trend = trendOf(
      {
        ...step,
        points,
        segments: [],
        changepoints: [{ ...(step.changepoints[0] as (typeof step.changepoints)[0]), position: 4321 }],
      },
      "commits",
      [0, 9999],
      "fit",
      216,
    );
    expect(trend.points.length).toBeLessThan(1_210);
    const places = trend.points.map(({ position }) => position);
    for (const kept of [0, 4320, 4321, 5000, 7001, 9999]) expect(places).toContain(kept);
    expect(trend.joins.every(({ kind }) => kind === "solid" || kind === "bridge")).toBe(true);
  });
  test("bytes are ticked in round MiB", () => {
    const MiB = 2 ** 20;
    const points = [600, 650, 700, 820].map((value, i) => point(i, value * MiB));
    const trend = trendOf(
      { ...step, unit: "B", points, segments: [], changepoints: [] },
      "commits",
      [0, 3],
      "fit",
      112,
    );
    expect(trend.ticks.map(({ label }) => label)).toEqual(["600", "800\u00a0MiB"]);
  });
  test("an empty line still has an axis", () => {
    const trend = trendOf({ ...step, points: [], segments: [], changepoints: [] }, "commits", [0, 1], "log", 112);
    expect(trend.points).toEqual([]);
    expect(trend.ticks.length).toBeGreaterThan(0);
  });
  test("a break says what changed", () => {
    const track = (version: string, memory: string) => ({ track: 0, version, facts: { memory, workers: 2 } });
    expect(whatChanged(track("1", "3 GiB"), track("2", "3 GiB"))).toBe("version 1 → 2");
    expect(whatChanged(track("", "3 GiB"), track("", "4 GiB"))).toBe("memory 3 GiB → 4 GiB");
    expect(whatChanged(track("", "3 GiB"), track("", "3 GiB"))).toBe("environment changed");
  });
});

describe("the pixels of a chart", () => {
  test("x runs left to right, y upwards, and back again", () => {
    const frame = frameOf({ width: 164, height: 122 }, [0, 10], { lo: 0, hi: 10 });
    expect([frame.x(0), frame.x(10)]).toEqual([56, 156]);
    expect([frame.y(0), frame.y(10)]).toEqual([118, 18]);
    expect(frame.xAt(frame.x(3))).toBeCloseTo(3, 9);
  });
  test("a single commit stands in the middle; a logarithmic axis has equal decades", () => {
    const frame = frameOf({ width: 164, height: 122 }, [7, 7], { lo: 1, hi: 100, log: true });
    expect(frame.x(7)).toBe(106);
    expect(frame.y(10)).toBeCloseTo(68, 9);
  });
});
