import { describe, expect, test } from "vitest";
import { seeded } from "@/lib/stats/random";
import { detect } from "./index";
import { KINDS, type Kind, quietSeries } from "./testing/generate";
import { scoreFresh, scoreLive, scoreOdd, scoreQuiet, scoreSteps } from "./testing/measure";
import { ODD_KINDS, type OddKind } from "./testing/odd";

/** Bounds: measured on 2,000 series and more (docs/statistics.md), widened by what 300 series can err. */
const QUIET_BOUND: Record<Kind, number> = {
  normal: 0.1,
  autocorrelated: 0.3,
  heavy: 0.1,
  skewed: 0.2,
  twoHumped: 0.1,
  spikes: 0.1,
};

describe.each(KINDS)("%s noise", (kind) => {
  test(`raises at most ${QUIET_BOUND[kind]} changepoints per 1000 quiet points, over 300 series of 30 to 1000`, () => {
    expect(scoreQuiet([kind], 300, 101).per1000).toBeLessThanOrEqual(QUIET_BOUND[kind]);
  });

  test("a fresh step of 8 sd is found within one point, four points on, in 95 of 100 series", () => {
    expect(scoreFresh([kind], 300, 102, 8, 4).found).toBeGreaterThanOrEqual(0.95);
  });
});

test("spikes of one or two points, 4 to 30 sd high, open nothing: fewer than 2 of 300 series, each with three of them", () => {
  const random = seeded(111);
  const opened = Array.from({ length: 300 }, (_, i) => {
    const values = quietSeries("normal", 100, random, 0.01);
    for (const at of [20, 45, 80]) {
      const height = (4 + 26 * random()) * (random() < 0.5 ? -1 : 1);
      for (let j = at; j <= at + (i % 2); j++) values[j] = (values[j] as number) + height;
    }
    return detect(values).changepoints.length > 0;
  });
  expect(opened.filter(Boolean).length).toBeLessThan(2);
});

describe.each(Object.keys(ODD_KINDS) as OddKind[])("%s, 200 quiet series of 30 to 250 points", (kind) => {
  const { told, confirmed, found } = scoreOdd(kind, 200, 112);

  test("raise at most 0.4 changepoints per 1000 points, of which 0.25 confirmed", () => {
    expect(told).toBeLessThanOrEqual(0.4);
    expect(confirmed).toBeLessThanOrEqual(0.25);
  });

  test("a step of 6 sd, and at least of 1, is found within one point in 97 of 100", () => {
    expect(found).toBeGreaterThanOrEqual(0.97);
  });
});

describe("p", () => {
  // 1.4 to 4 standard errors of a share over 2,400 series are allowed above the nominal share.
  test.each([
    [0.05, 0.05],
    [0.01, 0.014],
    [0.001, 0.004],
  ])("at most %f is given to the strongest split of at most %f of 2400 quiet series of all kinds", (level, bound) => {
    const random = seeded(103);
    let called = 0;
    for (let i = 0; i < 2400; i++) {
      const length = [30, 60, 120, 200][i % 4] as number;
      const values = quietSeries(KINDS[Math.floor(i / 4) % 6] as Kind, length, random);
      if (detect(values).changepoints.some((one) => one.p <= level)) called++;
    }
    expect(called / 2400).toBeLessThanOrEqual(bound);
  });

  test("the bound can be broken: the p of a true step is far below it", () => {
    const values = quietSeries("normal", 60, seeded(1), 0.01).map((value, i) => value + (i >= 30 ? 5 : 0));
    expect(detect(values).changepoints[0]?.p).toBeLessThan(1e-6);
  });
});

describe("steps of 1.5 to 8 sd in all kinds of noise, 300 series", () => {
  test("F1 within two points is at least 0.945", () => {
    expect(scoreSteps(KINDS, 300, 104).f1).toBeGreaterThanOrEqual(0.945);
  });

  test("the range holds the true place in 93 to 97 of 100 cases", () => {
    const { covered, matched } = scoreSteps(KINDS, 300, 105, 10);
    expect(covered / matched).toBeGreaterThanOrEqual(0.93);
    expect(covered / matched).toBeLessThanOrEqual(0.97);
  });
});

describe("soon after a step, 600 series of all kinds", () => {
  test("5 sd: found in 93 of 100 three points on, in 97 four points on; confirmed in 93 five points on", () => {
    expect(scoreFresh(KINDS, 600, 106, 5, 3).found).toBeGreaterThanOrEqual(0.93);
    expect(scoreFresh(KINDS, 600, 107, 5, 4).found).toBeGreaterThanOrEqual(0.97);
    expect(scoreFresh(KINDS, 600, 108, 5, 5).confirmed).toBeGreaterThanOrEqual(0.93);
  });

  test("without a step at most 2.5 of 100 ends of series raise an alarm", () => {
    expect(scoreFresh(KINDS, 600, 109, 0, 6).found).toBeLessThanOrEqual(0.025);
  });
});

test("looked at after every run, 24 quiet series raise fewer than 0.5 confirmed shifts per 1000 points", () => {
  expect(scoreLive(KINDS, 24, 110, 40, 120).confirmed).toBeLessThan(0.52);
});
