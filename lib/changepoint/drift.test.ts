import { describe, expect, test } from "vitest";
import { seeded } from "@/lib/stats/random";
import { DRIFT_POINTS } from "./constants";
import { detect, drift } from "./index";
import { driftingSeries, scoreDrift } from "./testing/driftFigures";
import { KINDS, type Kind } from "./testing/generate";
import { normalDraw } from "./testing/random";

const ramp = (size: number, seed = 2) =>
  driftingSeries("normal", { before: 40, window: 300, size, shape: "ramp" }, seeded(seed));

describe("a drift", () => {
  test("of 2 sd over 300 points is told with its window, levels, change and interval", () => {
    const found = drift(ramp(2), 40);
    expect(found).toMatchObject({ since: 40, last: 339, points: 300, isTold: true });
    expect(found?.change).toBeGreaterThan(0.025);
    expect(found?.change).toBeLessThan(0.055);
    expect(found?.interval[0]).toBeLessThan(0.04);
    expect(found?.interval[1]).toBeGreaterThan(0.04);
    expect(found?.after).toBeCloseTo((found?.before ?? 0) + (found?.difference ?? 0), 9);
  });

  test("under the smallest effect is not told", () => {
    expect(drift(ramp(2), 40, { smallestEffect: 0.1 })?.isTold).toBe(false);
  });

  test("is the same in another unit, and turns with the sign", () => {
    const values = ramp(2, 3);
    const found = drift(values, 40);
    const scaled = drift(
      values.map((value) => value * 1024),
      40,
    );
    const turned = drift(
      values.map((value) => -value),
      40,
    );
    expect(scaled?.change).toBeCloseTo(found?.change as number, 9);
    expect(scaled?.p).toBeCloseTo(found?.p as number, 12);
    expect(turned?.difference).toBeCloseTo(-(found?.difference as number), 9);
    expect(turned?.change).toBeCloseTo(found?.change as number, 9);
  });

  test("without noise is the slope itself", () => {
    const found = drift(
      Array.from({ length: 40 }, (_, i) => 100 + i / 4),
      0,
    );
    expect(found).toMatchObject({ isTold: true });
    expect(found?.difference).toBeCloseTo(39 / 4, 6);
  });

  test("of a metric at zero is told as a difference", () => {
    const random = seeded(2);
    const found = drift(
      Array.from(
        { length: 100 },
        (_, i) => Math.max(0, i - 1) * 0.1 * (i === 0 ? 0 : 1) + normalDraw(random) * 0.01 * i,
      ),
      0,
    );
    expect(found?.difference).toBeGreaterThan(5);
    expect(Number.isFinite(found?.interval[1])).toBe(true);
  });

  test("is not made by spikes, nor by the newest two points", () => {
    const random = seeded(5);
    const told = Array.from({ length: 100 }, (_, k) => {
      const values = Array.from({ length: 60 }, () => 100 + normalDraw(random));
      for (const at of k % 2 ? [58, 59] : [40, 47, 55]) values[at] = 130;
      return drift(values, 20)?.isTold;
    });
    expect(told.filter(Boolean).length).toBeLessThanOrEqual(1);
  });
});

describe("beside a step", () => {
  const step = (drifting: number) => ramp(drifting, 7).map((value, i) => value + (i >= 160 ? 20 : 0));

  test("only what the step does not explain is drift", () => {
    expect(drift(step(0), 40)).toMatchObject({ steps: [160], instead: [], isTold: false });
    expect(drift(step(4), 40)).toMatchObject({ steps: [160], isTold: true });
  });

  test("a step before the window, or at its first point, is no part of it", () => {
    expect(drift(step(0), 160)).toMatchObject({ since: 160, steps: [], isTold: false });
    expect(drift(step(0), 180)).toMatchObject({ since: 180, steps: [], isTold: false });
  });

  test("a steep ramp that was told as steps is a drift in their place", () => {
    const values = Array.from({ length: 100 }, (_, i) => 100 + 0.4 * i + 0.3 * normalDraw(seeded(i)));
    expect(detect(values).changepoints.length).toBeGreaterThan(0);
    const found = drift(values, 0);
    expect(found).toMatchObject({ steps: [], isTold: true });
    expect(found?.instead).toEqual(detect(values).changepoints.map((one) => one.index));
    expect(found?.difference).toBeCloseTo(39.6, 0);
  });

  test("a true step of 4 sd is no drift: told as one in at most 2 of 300 series", () => {
    const score = scoreDrift(KINDS, 300, 11, { before: 40, window: 80, size: 4, shape: "step" });
    expect(score.told).toBeLessThanOrEqual(0.0067);
  });
});

describe("what cannot be told is null", () => {
  test("windows of too few measured points, or beyond the series", () => {
    expect(drift([], 0)).toBeNull();
    expect(drift(new Array(50).fill(null), 0)).toBeNull();
    expect(drift(ramp(2), 340 - DRIFT_POINTS + 1)).toBeNull();
    expect(drift(ramp(2), 340 - DRIFT_POINTS)).not.toBeNull();
    expect(drift(ramp(2), 1000)).toBeNull();
  });

  test("equal values have no drift, and unmeasured points do not count", () => {
    expect(drift(new Array(50).fill(7), 0)).toMatchObject({ difference: 0, change: 0, isTold: false });
    const gapped = ramp(2).flatMap((value) => [value, null]);
    expect(drift(gapped, 80)).toMatchObject({ since: 80, last: 678, points: 300, isTold: true });
    expect(drift(gapped, 79)).toMatchObject({ since: 80 });
  });
});

/** Nominal shares, and what correlated noise, whose correlation is not known exactly, adds. */
const BOUND = (kind: Kind) => (kind === "autocorrelated" ? { p05: 0.1, p01: 0.03 } : { p05: 0.07, p01: 0.02 });

describe.each(KINDS)("quiet %s noise, 600 series, windows of 20 to 200 points", (kind) => {
  const windows = [20, 60, 200].map((window, k) =>
    scoreDrift([kind], 200, 20 + k, { before: 30, window, size: 0, shape: "ramp" }),
  );
  const mean = (of: "p05" | "p01" | "told" | "covered") => windows.reduce((sum, one) => sum + one[of] / 3, 0);

  test(`p is at most 0.05 in a share of ${BOUND(kind).p05} and at most 0.01 in one of ${BOUND(kind).p01}; one is told in at most 2 series`, () => {
    expect(mean("p05")).toBeLessThanOrEqual(BOUND(kind).p05);
    expect(mean("p01")).toBeLessThanOrEqual(BOUND(kind).p01);
    expect(mean("told")).toBeLessThanOrEqual(2 / 600);
  });

  test("the interval holds 0 in at least 91 of 100 cases", () => {
    expect(mean("covered")).toBeGreaterThanOrEqual(0.91);
  });
});

test("a ramp of 1.5 sd over 300 points is seen in 90 of 100 series of all kinds, as a drift in 85", () => {
  const score = scoreDrift(KINDS, 200, 31, { before: 60, window: 300, size: 1.5, shape: "ramp" });
  expect(score.seen).toBeGreaterThanOrEqual(0.9);
  expect(score.told).toBeGreaterThanOrEqual(0.85);
});
