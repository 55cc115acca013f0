import { expect, test } from "vitest";
import { scoreFamilies, scoreLooks, scoreVariants, usualShape } from "./testing/measure";

/** Families of 80 rows; docs/comparison.md has the figures of many more. Seeds are fixed, so a failure is a change of code. */
const FAMILIES = 60;

/** A chance of 5 % gives more than 8 of 60 in fewer than 1 of 100 draws. */
const MOST_FALSE = 8 / 60;

test.each([1, 3, 5])(
  "%d runs a side, nothing changed: no more families have a call than 5 % allows, intervals cover",
  (runs) => {
    const score = scoreFamilies(FAMILIES, 100 + runs, (i) => usualShape(runs, 0, i));
    expect(score.familiesWithFalseCall).toBeLessThanOrEqual(MOST_FALSE);
    expect(score.coverage).toBeGreaterThan(0.93);
    expect(score.coverage).toBeLessThan(0.97);
  },
);

test("a run factor of 2 % and a slow run in every family: no more quiet families have a call than 5 % allows", () => {
  const shape = { factor: 0.02, slowRun: true };
  const score = scoreFamilies(FAMILIES, 200, (i) => ({ ...usualShape(3, 0, i), ...shape }));
  expect(score.familiesWithFalseCall).toBeLessThanOrEqual(MOST_FALSE);
});

test.each([
  [1, 0.85],
  [3, 0.96],
  [5, 0.98],
])(
  "%d runs a side, half of the rows changed: changes of a tenth are found in %d of the cases (within 0.015), few calls are false",
  (runs, wanted) => {
    const score = scoreFamilies(FAMILIES, 300 + runs, (i) => usualShape(runs, 0.5, i));
    expect(score.found).toBeGreaterThanOrEqual(wanted - 0.015);
    expect(score.falseShare).toBeLessThanOrEqual(0.05);
    expect(score.wrongSignPer1000).toBeLessThan(1);
    expect(score.unchangedWrong).toBeLessThanOrEqual(0.01);
  },
);

const CALM = { workloads: 40, runs: 5, samples: 1, factor: 0.01, slowRun: false, history: 30, pastNoise: 4 };

test("sides mixed on one day are judged by their own runs where months of history are four times as noisy", () => {
  const quiet = scoreFamilies(FAMILIES, 700, () => ({ ...CALM, changed: 0, mixed: true }));
  expect(quiet.familiesWithFalseCall).toBeLessThanOrEqual(MOST_FALSE);
  expect(quiet.coverage).toBeGreaterThan(0.93);
  expect(quiet.coverage).toBeLessThan(0.97);
  const changed = scoreFamilies(FAMILIES / 2, 701, () => ({ ...CALM, changed: 0.3, mixed: true }));
  expect(changed.found).toBeGreaterThan(0.93);
  expect(changed.falseShare).toBeLessThanOrEqual(0.05);
});

test("where the days of the sides are not known, a noisy history counts", () => {
  const score = scoreFamilies(FAMILIES / 4, 702, () => ({ ...CALM, changed: 0 }));
  expect(score.coverage).toBeGreaterThan(0.99);
});

test("over eight looks no more quiet families have a call at any of them than 5 % allows", () => {
  const score = scoreLooks(16, 400, { planned: 3, looks: 8, changed: 0 });
  // More than 3 of 16 in fewer than 1 of 100 draws.
  expect(score.falseAtAny).toBeLessThanOrEqual(3 / 16);
  expect(score.falseUncorrected).toBeGreaterThanOrEqual(score.falseAtAny);
});

test("changes of 10 % are found at the planned look of five runs, and more of them later", () => {
  const score = scoreLooks(8, 500, { planned: 5, looks: 3, changed: 0.3 });
  expect(score.foundAtFirst).toBeGreaterThan(0.96);
  expect(score.foundAtLast).toBeGreaterThanOrEqual(score.foundAtFirst ?? 1);
});

test("three variants against one baseline, nothing changed: no more experiments have a call than 5 % allows", () => {
  // More than 5 of 30 in fewer than 1 of 100 draws.
  expect(scoreVariants(FAMILIES / 2, 600, 3).withCall).toBeLessThanOrEqual(5 / 30);
});
