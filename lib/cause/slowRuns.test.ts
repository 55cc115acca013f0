import { describe, expect, test } from "vitest";
import { normalDraw } from "../changepoint/testing/random";
import { seeded } from "../stats/random";
import { judgeRuns, type MeasuredRun } from "./slowRuns";

type Project = { commits: number; cases: number; noise: number; runFactor?: number; seed: number };

/** One run per commit; `slow` multiplies all cases of a commit. */
function project(
  { commits, cases, noise, runFactor = 0, seed }: Project,
  slow: Record<number, number> = {},
): MeasuredRun[] {
  const random = seeded(seed);
  const normal = () => normalDraw(random);
  return Array.from({ length: commits }, (_, position) => {
    const factor = Math.exp(runFactor * normal()) * (slow[position] ?? 1);
    const values = new Map(
      Array.from({ length: cases }, (_, k) => [`${k}`, (k + 1) * factor * Math.exp(noise * normal())] as const),
    );
    return { id: position, position, values };
  });
}

const states = (runs: MeasuredRun[]) =>
  Object.fromEntries(judgeRuns(runs, 0.05).flatMap(({ id, state }) => (state === "usual" ? [] : [[id, state]])));
const base = { commits: 40, cases: 12, noise: 0.02, seed: 7 };
const since = (from: number, factor: number) =>
  Object.fromEntries(Array.from({ length: 40 - from }, (_, k) => [from + k, factor]));

test("a run in which all cases are slow waits for the next run, and is a slow run once that is back", () => {
  const runs = project(base, { 30: 1.1 });
  expect(states(runs.slice(0, 31))).toEqual({ 30: "pending" });
  expect(states(runs.slice(0, 32))).toEqual({ 30: "slow" });
  expect(states(runs)).toEqual({ 30: "slow" });
});

test("when the next commits stay there it is a shift, whatever they do later", () => {
  const runs = project(base, since(30, 1.1));
  expect(states(runs.slice(0, 32))).toEqual({ 30: "pending", 31: "pending" });
  const all = states(runs);
  expect(new Set(Object.values(all))).toEqual(new Set(["shift"]));
  expect(all).toMatchObject({ 30: "shift", 31: "shift", 32: "shift" });
});

test("two slow runs in a row are slow when the third is back; a fast run is judged alike", () => {
  expect(states(project(base, { 30: 1.1, 31: 1.12 }))).toEqual({ 30: "slow", 31: "slow" });
  expect(states(project(base, { 30: 0.88 }))).toEqual({ 30: "slow" });
});

test("one run of several at a commit is slow when the others are not, and its factor is told", () => {
  const runs = project(base);
  const slow = {
    id: 99,
    position: 30,
    values: new Map([...(runs[30] as MeasuredRun).values].map(([k, v]) => [k, v * 1.15])),
  };
  const judged = judgeRuns([...runs.slice(0, 30), slow, ...runs.slice(30)], 0.05);
  expect(judged.filter(({ state }) => state !== "usual")).toEqual([
    { id: 99, state: "slow", factor: expect.closeTo(1.15, 1), cases: 12 },
  ]);
});

test("half of the cases moving is none of the run's, and fewer than eight cases tell nothing", () => {
  const runs = project(base).map((run) => ({
    ...run,
    values: new Map([...run.values].map(([k, v]) => [k, run.position === 30 && Number(k) % 2 ? v * 1.3 : v])),
  }));
  expect(states(runs)).toEqual({});
  const few = judgeRuns(project({ ...base, cases: 7 }, { 30: 1.5 }), 0.05);
  expect(few.every(({ state, factor }) => state === "usual" && factor === null)).toBe(true);
});

test("a new track has no reference until it has five points; zeros and no values at all are borne", () => {
  const runs = project(base).map((run) =>
    run.position < 20 ? run : { ...run, values: new Map([...run.values].map(([k, v]) => [`${k} new`, v * 2])) },
  );
  expect(states(runs)).toEqual({});
  expect(judgeRuns([], 0.05)).toEqual([]);
  expect(judgeRuns([{ id: 1, position: 0, values: new Map([["a", 0]]) }], 0.05)).toEqual([
    { id: 1, state: "usual", factor: null, cases: 0 },
  ]);
});

test("the judgement of a run depends on nothing beyond the commits around it", () => {
  const runs = project({ ...base, commits: 120 }, { 80: 1.1, 100: 0.9 });
  const whole = new Map(judgeRuns(runs, 0.05).map((one) => [one.id, one]));
  const part = judgeRuns(runs.slice(40), 0.05).filter(({ id }) => id >= 78);
  for (const one of part) expect(one).toEqual(whole.get(one.id));
});

describe("calibration", () => {
  test("quiet projects: at most 2 runs in 1,000 are taken for slow, also with a factor of 1 % per run", () => {
    let [taken, of] = [0, 0];
    for (let seed = 1; seed <= 60; seed++) {
      const noise = 0.02 + 0.03 * ((seed % 7) / 6);
      const judged = judgeRuns(
        project({ commits: 150, cases: 8 + (seed % 5) * 8, noise, runFactor: (seed % 3) * 0.005, seed }),
        0.05,
      );
      taken += judged.filter(({ state }) => state !== "usual").length;
      of += judged.length;
    }
    expect(taken / of).toBeLessThanOrEqual(0.002);
  });

  test("runs that are 10 % slow as a whole are found, at 2 to 5 % noise and with 16 cases or more: 95 %", () => {
    let [found, of] = [0, 0];
    for (let seed = 1; seed <= 200; seed++) {
      const noise = 0.02 + 0.03 * ((seed % 7) / 6);
      const runs = project({ commits: 60, cases: 16 + (seed % 4) * 8, noise, seed: 1000 + seed }, { 45: 1.1 });
      found += judgeRuns(runs, 0.05)[45]?.state === "slow" ? 1 : 0;
      of++;
    }
    expect(found / of).toBeGreaterThanOrEqual(0.95);
  });
});
