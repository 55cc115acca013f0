import { describe, expect, test } from "vitest";
import { seeded } from "@/lib/stats/random";
import { huberLocation, weightedHuberLocation } from "../stats/huber";
import { MOST_WEIGHT } from "./constants";
import { detect } from "./index";
import { readPoints } from "./points";
import { scoreRuns } from "./testing/measure";
import { normalDraw } from "./testing/random";
import { pointsOfRuns } from "./testing/runs";

const rootsFor = (commitSd: number) => {
  const values = pointsOfRuns("normal", 400, commitSd, seeded(1));
  const root = readPoints(values).root;
  const of = (runs: number) => values.flatMap((point, i) => (point.length === runs ? [root?.[i] as number] : []))[0];
  return { one: of(1) as number, eight: of(8) as number };
};

describe("the weight of a point", () => {
  test("grows with its runs as the variance of their median falls, where nothing else scatters", () => {
    const { one, eight } = rootsFor(0);
    expect(one).toBeCloseTo(1, 6); // most points have one run: that is the usual point
    expect(eight ** 2).toBeGreaterThan(4);
    expect(eight ** 2).toBeLessThanOrEqual(MOST_WEIGHT);
  });

  test("hardly differs where commits scatter more than runs", () => {
    const { one, eight } = rootsFor(3);
    expect((eight / one) ** 2).toBeLessThan(1.25);
  });

  test("grows with samples too: single samples beside runs of nine", () => {
    const random = seeded(2);
    const draws = (n: number) => Array.from({ length: n }, () => 100 + normalDraw(random));
    const root = readPoints(Array.from({ length: 200 }, (_, i) => draws(i % 2 ? 9 : 1))).root;
    expect((root?.[1] as number) / (root?.[0] as number)).toBeGreaterThan(1.7);
  });

  test("is none where all points have as many, and where too few have two to tell", () => {
    const random = seeded(3);
    const run = () => [100 + normalDraw(random)];
    expect(readPoints(Array.from({ length: 50 }, () => [run(), run()])).root).toBeNull();
    expect(readPoints(Array.from({ length: 50 }, (_, i) => (i < 5 ? [run(), run()] : [run()]))).root).toBeNull();
    expect(readPoints([1, 2, null, 3]).root).toBeNull();
  });

  test("is the same in another unit, however large", () => {
    const values = pointsOfRuns("skewed", 60, 0.5, seeded(4));
    const scaled = values.map((point) => point.map((run) => run.map((value) => value * 2 ** 900)));
    expect(readPoints(scaled).root).toEqual(readPoints(values).root);
    expect(detect(scaled).changepoints).toEqual([]);
  });
});

test("weights of 1 change no level, and one point of weight 100 is the level", () => {
  const values = [1, 2, 3, 4, 30];
  expect(weightedHuberLocation(values, [1, 1, 1, 1, 1], 2)).toBeCloseTo(huberLocation(values, 2) as number, 5);
  expect(weightedHuberLocation([1, 2, 5], [1, 1, 10], 1e6)).toBeCloseTo((1 + 2 + 500) / 102, 9);
  expect(weightedHuberLocation([], [], 1)).toBeNull();
});

describe("points of 1, 3 or 8 runs, 240 series", () => {
  const score = scoreRuns(240, 5, 0);

  test("F1 within two points is at least 0.95, of steps of 1 to 5 sd of a run; unweighed it is 0.94 and less", () => {
    expect(score.f1).toBeGreaterThanOrEqual(0.95);
  });

  test("the range holds the true place in 92 to 98 of 100 cases, and quiet series raise at most 0.2 per 1000 points", () => {
    expect(score.covered).toBeGreaterThanOrEqual(0.92);
    expect(score.covered).toBeLessThanOrEqual(0.98);
    expect(score.quiet).toBeLessThanOrEqual(0.2);
  });
});
