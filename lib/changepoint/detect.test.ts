import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seeded } from "@/lib/stats/random";
import { FOUND_Z, REJECTED_LISTED } from "./constants";
import type { Detection, PointValue } from "./index";
import { detect, isSensitivity } from "./index";
import { KINDS, quietSeries, steppedSeries } from "./testing/generate";
import { normalDraw } from "./testing/random";

const places = (values: PointValue[]) => detect(values).changepoints.map((one) => one.index);
const stepped = (seed: number) => steppedSeries(KINDS[seed % 6] ?? "normal", 150, seeded(seed)).values;
const seeds = Array.from({ length: 18 }, (_, k) => k + 1);

/** Every number of a result, however deep. */
function numbersOf(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersOf) : [];
}

describe("a step", () => {
  const values = [100, 101, 99, 100, 102, 98, 100, 101, 99, 100, 120, 121, 119, 120, 122, 118];

  test("is told with its place, levels, change, interval and state", () => {
    const [step, ...others] = detect(values).changepoints;
    expect(others).toEqual([]);
    expect(step).toMatchObject({ index: 10, earliest: 10, latest: 10, before: 100, after: 120, difference: 20 });
    expect(step).toMatchObject({ pointsBefore: 10, pointsAfter: 6, state: "confirmed", needsPoints: 0 });
    expect(step?.change).toBeCloseTo(0.2, 12);
    expect(step?.interval?.[0]).toBeLessThan(0.2);
    expect(step?.interval?.[0]).toBeGreaterThan(0.15);
    expect(step?.p).toBeLessThan(1e-4);
  });

  test("splits the series into two segments that state level, spread, noise and runs", () => {
    const [before, after] = detect(values).segments;
    expect(before).toMatchObject({ first: 0, last: 9, level: 100, points: 10, runs: 10 });
    expect(after).toMatchObject({ first: 10, last: 15, level: 120, points: 6 });
    expect(before?.lo).toBeLessThan(99);
    expect(before?.hi).toBeGreaterThan(101);
  });

  test("three points old is provisional and says how many more points would confirm it", () => {
    const [young] = detect(values.slice(0, 13)).changepoints;
    expect(young).toMatchObject({ index: 10, state: "provisional", needsPoints: 2 });
    expect(detect(values.slice(0, 15)).changepoints[0]).toMatchObject({ state: "confirmed", needsPoints: 0 });
  });

  test("two points old is not told yet: two spikes look the same", () => {
    expect(places(values.slice(0, 12))).toEqual([]);
  });

  test("that is undone gives two changepoints", () => {
    expect(places([...values, ...values.slice(0, 10)])).toEqual([10, 16]);
  });

  test("below the metric's smallest effect is not told", () => {
    expect(detect(values, { smallestEffect: 0.25 }).changepoints).toEqual([]);
    expect(detect(values, { smallestEffect: 0.15 }).changepoints).toHaveLength(1);
  });
});

describe("values without noise", () => {
  test("a jump that lasts is found exactly, in counts of any size", () => {
    for (const unit of [1e-9, 1, 1e9, 1e15]) {
      expect(places([...new Array(8).fill(5 * unit), ...new Array(5).fill(7 * unit)])).toEqual([8]);
    }
  });

  test("several jumps of different size are all found", () => {
    const levels = [1000, 1001, 1500, 1400];
    expect(places(levels.flatMap((level) => new Array(8).fill(level)))).toEqual([8, 16, 24]);
  });

  test("a single deviating value is an outlier and no changepoint", () => {
    const detection = detect([3, 3, 3, 3, 3, 3, 9, 3, 3, 3, 3, 3]);
    expect(detection.changepoints).toEqual([]);
    expect(detection.outliers).toEqual([6]);
  });

  test("noise that rounding has hidden is no row of jumps: at most 2 of 120 rounded quiet series have a changepoint", () => {
    const random = seeded(3);
    const alarms = Array.from({ length: 120 }, (_, i) => {
      const quantum = [0.5, 1, 2][i % 3] as number; // in sds: half of the values and more are equal
      return places(quietSeries("normal", 100, random, 0.01).map((value) => Math.round(value / quantum) * quantum));
    });
    expect(alarms.filter((found) => found.length > 0).length).toBeLessThanOrEqual(2);
  });

  test("from zero there is no ratio: the difference and its interval are told", () => {
    const [step] = detect([0, 0, 0, 0, 0, 0, 0, 0, 5, 5, 5, 5, 5]).changepoints;
    expect(step).toMatchObject({ index: 8, change: null, difference: 5 });
    expect(step?.interval?.[0]).toBeGreaterThan(0);
    expect(detect([5, 5, 5, 5, 5, 5, 5, 0, 0, 0, 0, 0]).changepoints[0]?.change).toBe(-1);
  });
});

test("four points off that have ended need the strength of a confirmed level, the newest four do not", () => {
  const random = seeded(8);
  const told = Array.from({ length: 120 }, () => {
    const values = Array.from({ length: 60 }, () => 100 + normalDraw(random));
    const bump = values.map((value, i) => value + (i >= 36 && i < 40 ? 3 : 0));
    return [places(bump.slice(0, 40)), places(bump)].map((found) => found.some((at) => Math.abs(at - 36) <= 1));
  });
  expect(told.filter(([fresh]) => fresh).length).toBeGreaterThanOrEqual(0.7 * 120);
  expect(told.filter(([, ended]) => ended).length).toBeLessThanOrEqual(0.6 * 120);
});

test("two points far over the level just before a fall to a quieter one belong to the level before it", () => {
  const random = seeded(21);
  const found = Array.from({ length: 40 }, () => {
    const before = Array.from({ length: 26 }, () => 790 + 30 * normalDraw(random));
    const values = [...before, 858, 847, ...Array.from({ length: 120 }, () => 645 + 4 * normalDraw(random))];
    return detect(values).changepoints.some((one) => one.index === 28 && one.earliest === 28 && one.latest === 28);
  });
  expect(found.filter(Boolean).length).toBeGreaterThanOrEqual(38);
});

test("noise with a second hump 10 to 30 sds away, in 10 to 20 of 100 points: at most 3 of 120 series confirm a changepoint", () => {
  const random = seeded(12);
  const confirmed = Array.from({ length: 120 }, () => {
    const [distance, share] = [10 + 20 * random(), 0.1 + 0.1 * random()];
    const values = Array.from({ length: 150 }, () => 200 + normalDraw(random) + (random() < share ? distance : 0));
    return detect(values).changepoints.some((one) => one.state === "confirmed");
  });
  expect(confirmed.filter(Boolean).length).toBeLessThanOrEqual(3);
});

describe("sensitivity", () => {
  const ladder = [0.5, 0.6, 0.8, 0.99, 1, 1.01, 1.2, 1.5, 2];

  test("what is told at one is told, at the same index, at every higher one", () => {
    for (const seed of seeds) {
      const values = stepped(seed);
      const told = ladder.map((sensitivity) => detect(values, { sensitivity }).changepoints.map((one) => one.index));
      told.slice(1).forEach((more, k) => {
        expect(more).toEqual(expect.arrayContaining(told[k] as number[]));
      });
    }
  });

  test("the same holds with a smallest effect, and 1 is the default", () => {
    for (const seed of seeds) {
      const values = stepped(seed);
      const told = ladder.map((sensitivity) => detect(values, { sensitivity, smallestEffect: 0.03 }).changepoints);
      told.slice(1).forEach((more, k) => {
        expect(more.map((one) => one.index)).toEqual(expect.arrayContaining(told[k]?.map((one) => one.index) ?? []));
      });
      expect(detect(values, { sensitivity: 1, smallestEffect: 0.03 }).changepoints).toEqual(told[4]);
    }
  });

  test("a higher one finds what a lower one does not", () => {
    const values = quietSeries("normal", 80, seeded(4), 0.01).map((value, i) => value + (i >= 40 ? 0.85 : 0));
    expect(detect(values).changepoints).toEqual([]);
    expect(detect(values, { sensitivity: 1.5 }).changepoints).toHaveLength(1);
  });

  test.each([0, 0.49, 2.01, -1, Number.NaN, Number.POSITIVE_INFINITY])("%d is refused", (sensitivity) => {
    expect(isSensitivity(sensitivity)).toBe(false);
    expect(() => detect([1, 2, 3], { sensitivity })).toThrow(RangeError);
  });
});

describe("rejected splits", () => {
  const quiet = [100, 101, 99, 100, 102, 98, 100, 101, 99, 100];
  const why = (values: PointValue[], options = {}) =>
    detect(values, options).rejected.map((one) => [one.index, one.why]);

  test("a spike is an outlier, with its size", () => {
    const { rejected } = detect([...quiet, 150, ...quiet]);
    expect(rejected[0]).toMatchObject({ index: 10, last: 10, difference: 50, change: 0.5, p: null, why: "outlier" });
  });

  test("one or two newest points far off are too few yet", () => {
    expect(why([...quiet, 150])[0]).toEqual([10, "short"]);
    expect(why([...quiet, 150, 151])[0]).toEqual([10, "short"]);
  });

  test("a step with too little before it is too early", () => {
    expect(why([100, 101, 99, ...quiet.map((value) => value + 50)])[0]).toEqual([3, "early"]);
  });

  test("a step under the smallest effect is small", () => {
    expect(why([...quiet, ...quiet.map((value) => value + 20)], { smallestEffect: 0.3 })[0]).toEqual([10, "small"]);
  });

  test("a step within the noise is weak, and listed when asked for", () => {
    const values = quietSeries("normal", 80, seeded(4), 0.01).map((value, i) => value + (i >= 40 ? 0.75 : 0));
    const { rejected } = detect(values, { explain: true });
    const near = rejected.find((one) => Math.abs(one.index - 40) <= 3);
    expect(near).toMatchObject({ why: "weak" });
    expect(near?.z).toBeLessThan(FOUND_Z);
    expect(near?.p).toBeGreaterThan(0);
  });

  test("each place once, the strongest first, none of the told ones, at most REJECTED_LISTED", () => {
    for (const seed of seeds) {
      const { rejected, changepoints } = detect(stepped(seed), { explain: true });
      expect(rejected.length).toBeLessThanOrEqual(REJECTED_LISTED);
      expect(rejected.map((one) => one.z)).toEqual(rejected.map((one) => one.z).sort((a, b) => b - a));
      expect(new Set(rejected.map((one) => one.index)).size).toBe(rejected.length);
      for (const { index } of changepoints) expect(rejected.some((one) => one.index === index)).toBe(false);
    }
  });

  test("asking for them changes nothing of what is told", () => {
    for (const seed of seeds) {
      const quietOne = quietSeries("heavy", 500, seeded(seed));
      for (const values of [stepped(seed), quietOne]) {
        expect(detect(values, { explain: true }).changepoints).toEqual(detect(values).changepoints);
      }
    }
  });
});

describe("short and odd series have defined answers", () => {
  test("no points, one, two, unmeasured ones, constant ones", () => {
    const nothing = { changepoints: [], segments: [], outliers: [], open: [], rejected: [] };
    const empty: Detection = { ...nothing, noise: null, pull: null, correlation: null };
    expect(detect([])).toEqual(empty);
    expect(detect([null, null])).toEqual(empty);
    expect(detect([[], [[]]])).toEqual(empty);
    expect(detect([4])).toMatchObject({ changepoints: [], noise: null, segments: [{ level: 4, points: 1 }] });
    expect(detect([4, 5])).toMatchObject({ changepoints: [], noise: null, segments: [{ level: 4.5, points: 2 }] });
    expect(detect(new Array(50).fill(0)).changepoints).toEqual([]);
  });

  test("fewer than five points before or three after tell nothing", () => {
    expect(places([1, 1, 1, 1, 9, 9, 9, 9, 9, 9])).toEqual([]);
    expect(places([1, 1, 1, 1, 1, 9, 9])).toEqual([]);
    expect(places([1, 1, 1, 1, 1, 9, 9, 9])).toEqual([5]);
  });

  test("no result ever holds NaN or Infinity, and p lies in (0, 1]", () => {
    const value = fc.oneof(
      fc.constant(null),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
      fc.constantFrom(0, 1e-9, 2e-9, 1e15, -1e15),
      fc.array(fc.double({ noNaN: true, min: 1, max: 2 }), { maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 40 }), (values) => {
        const detection = detect(values);
        expect(numbersOf(detection).every(Number.isFinite)).toBe(true);
        for (const { p, earliest, index, latest } of detection.changepoints) {
          expect(p > 0 && p <= 1).toBe(true);
          expect(earliest <= index && index <= latest).toBe(true);
        }
      }),
      { seed: 5, numRuns: 300, endOnFailure: true },
    );
  });
});

describe("points of several runs", () => {
  test("a point is the median of its run medians, samples of one run are one run", () => {
    const runs: PointValue[] = Array.from({ length: 8 }, () => [[1, 1, 9], [1.1], [0.9]]);
    expect(detect(runs).segments[0]).toMatchObject({ level: 1, runs: 24 });
    expect(detect(runs.map(() => [1, 1, 9])).segments[0]).toMatchObject({ level: 1, runs: 8 });
  });

  test("a point whose runs disagree by more than half is left open, not detected on", () => {
    const values: PointValue[] = new Array(12).fill(10);
    values[5] = [[10], [16]];
    values[6] = [[10], [14]];
    expect(detect(values).open).toEqual([5]);
  });

  test("where many points disagree it is the series' noise, and none is left out", () => {
    expect(detect(new Array<PointValue>(12).fill([[10], [16]])).open).toEqual([]);
  });
});

describe("the answer does not depend on how the series is written down", () => {
  test("another unit: the same places and relative changes", () => {
    for (const seed of seeds) {
      const values = stepped(seed);
      const one = detect(values).changepoints;
      const other = detect(values.map((value) => value * 1024)).changepoints;
      expect(other.map((c) => [c.index, c.earliest, c.latest, c.state])).toEqual(
        one.map((c) => [c.index, c.earliest, c.latest, c.state]),
      );
      other.forEach((c, k) => {
        expect(c.change).toBeCloseTo(one[k]?.change as number, 9);
      });
    }
  });

  test("a constant added, or the sign turned: the same places", () => {
    for (const seed of seeds) {
      const values = stepped(seed);
      expect(places(values.map((value) => value + 4096))).toEqual(places(values));
      expect(places(values.map((value) => -value))).toEqual(places(values));
    }
  });

  test("unmeasured points between: the same measured points are named", () => {
    for (const seed of seeds) {
      const values = stepped(seed);
      const at: number[] = [];
      const gapped: PointValue[] = [null];
      values.forEach((value, i) => {
        at[i] = gapped.length;
        gapped.push(value, ...(i % 3 === 0 ? [null] : []));
      });
      expect(places(gapped)).toEqual(places(values).map((index) => at[index]));
    }
  });

  test("read backwards the steps of 4 sd and more lie at the same borders, give or take one", () => {
    for (const seed of seeds) {
      const { values, labels, sizes } = steppedSeries("normal", 150, seeded(seed), 20);
      const back = places([...values].reverse()).map((index) => values.length - index);
      labels
        .filter((_, k) => Math.abs(sizes[k] as number) > 4)
        .forEach((label) => {
          expect(back.some((index) => Math.abs(index - label) <= 1)).toBe(true);
        });
    }
  });
});

describe("canGrow", () => {
  const noise = seeded(5);
  const level = (at: number, count: number) => Array.from({ length: count }, () => at + normalDraw(noise));
  const last = (values: number[]) => detect(values).changepoints.at(-1);

  test("a new level that lacks points can gain them", () => {
    expect(last([...level(100, 40), ...level(104, 4)])).toMatchObject({ state: "provisional", canGrow: true });
  });

  test("no point to come helps where the level before is the short one", () => {
    const found = last([...level(100, 30), ...level(110, 4), ...level(100, 20)]);
    expect(found).toMatchObject({ pointsBefore: 4, state: "provisional", canGrow: false });
  });

  test("a level that has ended gains nothing", () => {
    const all = detect([...level(100, 30), ...level(110, 10), ...level(100, 20)]).changepoints;
    expect(all.map(({ canGrow }) => canGrow)).toEqual([false, true]);
  });
});
