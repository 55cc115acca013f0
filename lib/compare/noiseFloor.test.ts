import { expect, test } from "vitest";
import { seeded } from "@/lib/stats/random";
import { floorOfCopy, floorOfHistory } from "./noiseFloor";
import { makeFamily } from "./testing/generate";

const SHAPE = { workloads: 20, runs: 4, samples: 3, changed: 0.5, factor: 0.005, slowRun: false, history: 30 };

test("random splits of the history show no change, whatever the sides do; few of them have a call", () => {
  const floor = floorOfHistory(makeFamily(SHAPE, seeded(1)), seeded(2));
  expect(floor).toMatchObject({ comparisons: 100, runs: { baseline: 4, contender: 4 }, rows: 40 });
  expect(floor?.withCall).toBeLessThanOrEqual(0.15);
  for (const { change, covered } of floor?.metrics ?? []) {
    expect(change?.[0]).toBeLessThan(0);
    expect(change?.[1]).toBeGreaterThan(0);
    expect(covered).toBeGreaterThan(0.9);
  }
});

test("memory, ten times quieter, has a floor ten times lower", () => {
  const metrics = floorOfHistory(makeFamily(SHAPE, seeded(3)), seeded(4))?.metrics ?? [];
  const [time, memory] = metrics.map(({ detectable }) => detectable ?? 0);
  expect((time ?? 0) / (memory ?? 1)).toBeGreaterThan(5);
});

test("a short history is split into fewer runs a side, under four runs there is none", () => {
  const rows = makeFamily({ ...SHAPE, history: 6 }, seeded(5));
  expect(floorOfHistory(rows, seeded(6))?.runs).toEqual({ baseline: 3, contender: 3 });
  expect(floorOfHistory(makeFamily({ ...SHAPE, history: 3 }, seeded(7)), seeded(8))).toBeNull();
  expect(floorOfHistory([], seeded(8))).toBeNull();
});

test("a copy is one comparison", () => {
  const rows = makeFamily({ ...SHAPE, changed: 0 }, seeded(9));
  expect(floorOfCopy(rows)).toMatchObject({ comparisons: 1, rows: 40, calls: 0 });
});
