import { describe, expect, test } from "vitest";
import type { SeriesChangepoint, SeriesRead } from "@/lib/queries/series";
import { movementOf, sentenceOf } from "./sentence";

function change(position: number, difference: number, more: Partial<SeriesChangepoint> = {}): SeriesChangepoint {
  return {
    sha: `sha${position}`,
    position,
    lastGood: "a",
    lastGoodPosition: position - 1,
    firstShifted: "abcdef0123",
    firstShiftedPosition: position,
    committedAt: position < 15 ? "2022-11-10T00:00:00.000Z" : "2023-03-16T00:00:00.000Z",
    commitsBetween: 0,
    direction: difference > 0 ? "regression" : "improvement",
    before: 5,
    after: 5 + difference,
    change: difference / 5,
    difference,
    interval: null,
    p: 0.0001,
    pointsBefore: 10,
    pointsAfter: 10,
    needsPoints: 0,
    shift: 1,
    state: "confirmed",
    shiftState: "confirmed",
    byHand: null,
    status: "new",
    ...more,
  };
}

function read(metric: string, levels: number[], changepoints: SeriesChangepoint[]): SeriesRead {
  return {
    workload: "w",
    workloadNumber: 1,
    params: {},
    metric,
    metricName: null,
    unit: "s",
    better: "lower",
    smallestEffect: 0.05,
    environment: "e",
    branch: "main",
    window: { from: 0, to: 30, measured: 31, whole: true },
    level: levels.at(-1) ?? null,
    noise: 0.1,
    drift: null,
    analysedAt: "2023-04-01T00:00:00.000Z",
    points: [],
    segments: levels.map((level, i) => ({
      firstSha: "",
      lastSha: "",
      first: i * 10,
      last: i * 10 + 9,
      track: 0,
      level,
      lo: level,
      hi: level,
      noise: 0.1,
      points: 10,
      runs: 10,
    })),
    changepoints,
    failures: [],
    leftOut: [],
    tracks: [],
    releases: [],
    months: [],
    breaks: [],
    events: [],
  };
}

const whole = { from: 0, to: 30 };
const said = (...reads: SeriesRead[]) =>
  sentenceOf(
    reads.map((one) => movementOf(one, whole)),
    31,
  )
    .map(({ text }) => text)
    .join("")
    .replaceAll("\u00a0", " ");

describe("the sentence of a workload", () => {
  test("tells what rose, from where to where, and when", () => {
    expect(said(read("duration", [5.85, 6.83, 7.94], [change(10, 1), change(20, 1)]))).toBe(
      "Duration rose twice in this window, from 5.85 to 7.94 s (+35.7 %): in Nov 2022 and Mar 2023.",
    );
  });
  test("puts the worse first, however large the better is", () => {
    const text = said(read("peak_memory", [10, 5], [change(10, -5)]), read("duration", [5, 5.5], [change(10, 0.5)]));
    expect(text.indexOf("Duration rose")).toBe(0);
    expect(text).toContain("Peak memory fell, from 10.0 to 5.00 s (−50.0 %)");
  });
  test("counts the metrics that it does not tell in full", () => {
    const text = said(...["a", "b", "c"].map((name, i) => read(name, [5, 6 + i], [change(10, 1 + i)])));
    expect(text).toContain("Also moved: a (+20.0 %).");
  });
  test("says that a step is not confirmed yet", () => {
    expect(said(read("duration", [5, 6], [change(10, 1, { state: "provisional" })]))).toContain("not confirmed yet.");
  });
  test("says what drifted without a step, and since which release", () => {
    const drift = {
      since: "abcdef0123",
      release: "2026.9.0",
      points: 40,
      change: 0.06,
      difference: 0.3,
      interval: [0.04, 0.08] as [number, number],
      p: 0.001,
      steps: 0,
      told: true,
    };
    const drifting = { ...read("duration", [5], []), drift };
    expect(said(drifting)).toContain("Duration drifted: +6.0 % since 2026.9.0, no single step.");
    expect(said({ ...drifting, drift: { ...drift, release: null } })).toContain("since abcdef0, no single step.");
    expect(said({ ...drifting, drift: { ...drift, steps: 2 } })).toContain("since 2026.9.0, besides 2 steps.");
    expect(said({ ...drifting, drift: { ...drift, told: false } })).not.toContain("drifted");
  });
  test("nothing found, nothing measured and nothing analysed are three answers", () => {
    expect(said(read("duration", [5], []))).toBe(
      "No changepoint in this window: 1 metric steady over 31 measured commits.",
    );
    expect(sentenceOf([], 0)[0]?.text).toBe("Nothing was measured in this window.");
    expect(said({ ...read("duration", [], []), analysedAt: null })).toContain("not analysed: only points are shown");
  });
});

test("a window that begins between the last point of a level and the step after it still tells the whole step", () => {
  const series = read("duration", [5, 8], [change(12, 3)]);
  series.segments = series.segments.map((one, i) => (i === 0 ? { ...one, last: 7 } : { ...one, first: 12 }));
  expect(movementOf(series, { from: 9, to: 30 })).toMatchObject({ from: 5, to: 8, tone: "worse" });
});
