import { describe, expect, test } from "vitest";
import { detect } from "../changepoint";
import { normalQuantile } from "../stats/normal";
import { seeded } from "../stats/random";
import { intervalAround, type LineFigures, type LineSegment, type LineStep, levelError } from "./level";
import { compareLine, type LineSide, neededRuns, verdictOf } from "./row";

const segment = (first: number, last: number, level: number, more: Partial<LineSegment> = {}): LineSegment => ({
  ...{ first, last, track: 0, level, noise: 0.1, points: last - first + 1, runs: last - first + 1 },
  ...more,
});
const step = (position: number, before: number, after: number, more: Partial<LineStep> = {}): LineStep => ({
  ...{ position, good: position - 1, shifted: position, direction: "regression", state: "confirmed", before, after },
  ...{ change: after / before - 1, difference: after - before, interval: [0.18, 0.22], needsPoints: 0, joint: null },
  ...{ correlation: 0.2, shift: 4 },
  ...more,
});
const points = (from: number, to: number, level: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ position: from + i, value: level, runs: 1 }));

const stepped: LineFigures = {
  noise: 0.1,
  segments: [segment(0, 29, 10), segment(30, 59, 12)],
  steps: [step(30, 10, 12)],
  points: [...points(0, 29, 10), ...points(30, 59, 12)],
};
const at = (place: number): LineSide => ({ kind: "place", place, own: null });
const METRIC = { better: "lower", smallestEffect: 0.05 } as const;
const compare = (line: LineFigures, from: number, to: number, near = 20) =>
  compareLine(line, { baseline: at(from), candidate: at(to) }, near, METRIC);

describe("a line at two releases", () => {
  test("levels on either side of a step: the change and interval of the step itself", () => {
    expect(compare(stepped, 10, 50)).toMatchObject({
      verdict: "regression",
      interval: [0.18, 0.22],
      steps: [{ shift: 4 }],
      baseline: { value: 10, distance: 0 },
      candidate: { value: 12 },
    });
  });

  test("one level at both is unchanged where enough points on either side show it", () => {
    const same = compare(stepped, 10, 20);
    expect(same).toMatchObject({ verdict: "unchanged", change: 0, steps: [] });
    expect(same.interval?.[0]).toBeLessThanOrEqual(0);
    expect(same.interval?.[1]).toBeGreaterThanOrEqual(0);
  });

  test("one level with much noise cannot be told, and says how many runs would settle it", () => {
    const noisy = { ...stepped, noise: 2, segments: [segment(0, 29, 10, { noise: 2 })], steps: [] };
    const told = compare({ ...noisy, points: points(0, 29, 10) }, 10, 20);
    expect(told).toMatchObject({ verdict: "cannot tell", why: "noise" });
    expect(told.needsRuns ?? 51).toBeGreaterThan(9);
  });

  test("up and down again is unchanged in all", () => {
    const back = {
      ...stepped,
      segments: [segment(0, 19, 10), segment(20, 39, 12), segment(40, 59, 10)],
      steps: [step(20, 10, 12), step(40, 12, 10, { direction: "improvement", shift: 5 })],
    };
    expect(compare(back, 10, 50)).toMatchObject({ verdict: "unchanged", steps: [{ shift: 4 }, { shift: 5 }] });
  });

  test("a release inside the range of a step belongs to neither side of it", () => {
    const wide = { ...stepped, steps: [step(30, 10, 12, { good: 25, shifted: 35 })] };
    expect(compare(wide, 10, 28)).toMatchObject({
      ...{ verdict: "cannot tell", why: "step", whySide: "candidate" },
      whyText: "lies within the range of shift #4",
    });
    expect(compare(wide, 10, 35).verdict).toBe("regression");
    expect(compare(wide, 25, 50).verdict).toBe("regression");
  });

  test("the range that all steps of a shift share settles on which side of it a release lies", () => {
    const joint = { good: 29, shifted: 33 };
    const wide = { ...stepped, steps: [step(30, 10, 12, { good: 25, shifted: 35, joint })] };
    expect(compare(wide, 10, 28)).toMatchObject({ verdict: "unchanged", steps: [] });
    expect(compare(wide, 10, 31)).toMatchObject({ verdict: "cannot tell", why: "step" });
    expect(compare(wide, 10, 34).verdict).toBe("regression");
    // The shared range says later, the line's own level says earlier: neither is taken.
    const apart = {
      ...stepped,
      steps: [step(30, 10, 12, { good: 25, shifted: 35, joint: { good: 32, shifted: 34 } })],
    };
    expect(compare(apart, 10, 31)).toMatchObject({ verdict: "cannot tell", why: "step" });
  });

  test("no run near: within the limit the last level holds, beyond it nothing is told", () => {
    expect(compare(stepped, 10, 79).verdict).toBe("regression");
    expect(compare(stepped, 10, 80)).toMatchObject({ verdict: "cannot tell", why: "unmeasured", whySide: "candidate" });
  });

  test("nothing measured since the baseline is no evidence that nothing changed", () => {
    expect(compare(stepped, 59, 65)).toMatchObject({ verdict: "cannot tell", why: "unmeasured", whySide: "candidate" });
  });

  test("a line that begins after the baseline is new", () => {
    const late = { ...stepped, segments: [segment(30, 59, 12)], steps: [] };
    expect(compare(late, 10, 50)).toMatchObject({ verdict: "new", baseline: null });
  });

  test("levels of other tracks are not compared", () => {
    const broken = { ...stepped, steps: [], segments: [segment(0, 29, 10), segment(30, 59, 12, { track: 1 })] };
    expect(compare(broken, 10, 50)).toMatchObject({ verdict: "cannot tell", why: "border", change: null });
  });

  test("levels that differ without a told step drift, and are of no single release", () => {
    expect(compare({ ...stepped, steps: [] }, 10, 50)).toMatchObject({ verdict: "cannot tell", why: "drift" });
  });

  test("a provisional step is not told as a change yet", () => {
    const early = { ...stepped, steps: [step(30, 10, 12, { state: "provisional", needsPoints: 3 })] };
    expect(compare(early, 10, 50)).toMatchObject({ verdict: "cannot tell", why: "provisional", needsRuns: 3 });
  });

  test("runs off the line are held against the level, with the noise of the line", () => {
    const own = { value: 13, runs: 3, n: 3, min: 12.9, max: 13.1 };
    const sides = { baseline: at(10), candidate: { kind: "runs", fork: 20, own, track: 0 } as const };
    expect(compareLine(stepped, sides, 20, METRIC)).toMatchObject({
      verdict: "regression",
      candidate: { from: "runs" },
    });
    const elsewhere = { ...sides, candidate: { ...sides.candidate, track: null } };
    expect(compareLine(stepped, elsewhere, 20, METRIC)).toMatchObject({ verdict: "cannot tell", why: "border" });
  });
});

test("a verdict needs certainty and size; unchanged is shown to be smaller than the smallest effect", () => {
  expect(verdictOf(0.1, [0.02, 0.18], 0.05, "lower")).toBe("regression");
  expect(verdictOf(0.1, [0.02, 0.18], 0.05, "higher")).toBe("improvement");
  expect(verdictOf(0.1, [0.02, 0.18], 0.05, "unknown")).toBe("rose");
  expect(verdictOf(0.03, [0.01, 0.05], 0.05, "lower")).toBe("unchanged");
  expect(verdictOf(0, [-0.04, 0.04], 0.05, "lower")).toBe("unchanged");
  expect(verdictOf(0.02, [-0.04, 0.08], 0.05, "lower")).toBe("cannot tell");
});

test("runs that settle a row grow with the square of the interval; over fifty is no answer", () => {
  expect(neededRuns([-0.1, 0.1], 0.05, 5)).toBe(15);
  expect(neededRuns([-1, 1], 0.05, 5)).toBeNull();
  expect(neededRuns([-0.1, 0.1], 0, 5)).toBeNull();
});

test("the interval of a level holds the true one in 95 of 100 draws, within what 600 draws can tell", () => {
  const random = seeded(9);
  const normal = () => normalQuantile(1e-9 + (1 - 2e-9) * random());
  let held = 0;
  for (let draw = 0; draw < 600; draw++) {
    const values = Array.from({ length: 30 }, () => 100 + 3 * normal());
    const [only] = detect(values, { smallestEffect: 0.5 }).segments;
    if (!only) throw new Error("no segment");
    const [lo, hi] = intervalAround(only.level, levelError(only.noise, only.points, 0), only.points - 1);
    if (lo <= 100 && 100 <= hi) held++;
  }
  expect(held / 600).toBeGreaterThan(0.9);
  expect(held / 600).toBeLessThan(0.99);
});
