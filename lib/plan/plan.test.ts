import { describe, expect, test } from "vitest";
import { seeded } from "@/lib/stats/random";
import { KINDS } from "../changepoint/testing/generate";
import { normalDraw } from "../changepoint/testing/random";
import { planNext } from "./plan";
import { repeatsFor, searchByHalves, searchByPlan, summarise } from "./testing/simulate";
import type { MemberRun, PlanInput, PlanMember } from "./types";

const REPEATS = 5;
const seedsOf = (count: number) => Array.from({ length: count }, (_, i) => 7919 * i + 13);

const settings = [2, 10, 50, 200].flatMap((commits) => [1, 2, 3, 5, 10].map((effect) => ({ commits, effect })));

describe("against plain bisection with five repeats", () => {
  test.each(settings)("$commits commits, $effect sds: fewer runs to 95 %", ({ commits, effect }) => {
    // Where five repeats do not make bisection right in 95 of 100 cases, it gets as many as do.
    const repeats = Math.max(REPEATS, repeatsFor(commits, effect, 0.05));
    const seeds = seedsOf(effect === 1 ? 12 : 20);
    const halves = summarise(seeds.map((seed) => searchByHalves({ commits, effect, seed }, repeats)));
    const plan = summarise(seeds.map((seed) => searchByPlan({ commits, effect, seed })));
    expect(plan.runs).toBeLessThan(halves.runs);
  });

  // With two commits it is even: 5.0 runs on average.
  test.each(settings.filter(({ commits, effect }) => commits > 2 && effect < 2))(
    "$commits commits, $effect sds: fewer runs also to the lower certainty that five repeats reach",
    ({ commits, effect }) => {
      const halves = summarise(seedsOf(200).map((seed) => searchByHalves({ commits, effect, seed }, REPEATS)));
      const seeds = seedsOf(24);
      const plan = summarise(seeds.map((seed) => searchByPlan({ commits, effect, seed, certain: 1 - halves.wrong })));
      expect(plan.runs).toBeLessThan(halves.runs);
    },
  );
});

test("what is called certain at 95 % is wrong in at most 5 % of 400 searches, whatever the noise", () => {
  const searches = KINDS.filter((kind) => kind !== "autocorrelated").flatMap((kind) =>
    seedsOf(80).map((seed) => searchByPlan({ commits: 20, effect: 3, room: 3, kind, seed })),
  );
  expect(summarise(searches).wrong).toBeLessThanOrEqual(0.05);
});

test("the runs that are expected are those that are made, within a sixth", () => {
  const searches = seedsOf(60).flatMap((seed) => [2, 4].map((effect) => searchByPlan({ commits: 30, effect, seed })));
  const { runs, expectedRuns } = summarise(searches);
  expect(Math.abs(expectedRuns / runs - 1)).toBeLessThan(1 / 6);
});

const random = seeded(5);
const around = (level: number, sd: number) => level + sd * normalDraw(random);

/** A step from 100 to 110 with the range (0, 16], one run at each of 20 commits on either side. */
function runsOf(sd = 1): MemberRun[] {
  return Array.from({ length: 20 }, (_, i) => [
    { run: 2 * i, position: -i, value: around(100, sd) },
    { run: 2 * i + 1, position: 16 + i, value: around(110, sd) },
  ]).flat();
}

const memberOf = (runs: readonly MemberRun[], environment = "a"): PlanMember => ({
  environment,
  before: 100,
  after: 110,
  noise: 1,
  runs,
});
const inputOf = (members: readonly PlanMember[], more: Partial<PlanInput> = {}): PlanInput => ({
  members,
  lastGood: 0,
  firstShifted: 16,
  from: 1,
  to: 16,
  blocked: new Map(),
  ...more,
});

describe("planNext", () => {
  test("begins in the middle of the range, once where one run tells", () => {
    const plan = planNext(inputOf([memberOf(runsOf())]));
    expect(plan).toMatchObject({ state: "measure", measure: { position: 8, environment: "a", runs: 1 } });
    expect(plan.expectedRuns).toBeCloseTo(4, 0);
    expect(plan.candidates.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
    expect(plan.certainty).toBeCloseTo(1 / 16, 2);
  });

  test("asks for repeats where one run cannot tell two commits apart", () => {
    const runs = runsOf(5);
    const known = Array.from({ length: 12 }, (_, i) => [
      { run: 100 + i, position: 7, value: around(100, 5) },
      { run: 200 + i, position: 9, value: around(110, 5) },
    ]).flat();
    const plan = planNext(inputOf([memberOf([...runs, ...known])]));
    expect(plan.measure?.position).toBe(8);
    expect(plan.measure?.runs).toBeGreaterThan(1);
  });

  test("is done when both neighbours of the step are measured", () => {
    const told = [
      { run: 100, position: 8, value: 100.3 },
      { run: 101, position: 9, value: 109.8 },
    ];
    const plan = planNext(inputOf([memberOf([...runsOf(), ...told])]));
    expect(plan).toMatchObject({ state: "done", measure: null, expectedRuns: 0 });
    expect(plan.candidates.find(({ probability }) => probability === plan.certainty)?.position).toBe(9);
  });

  test("avoids commits that did not run, and offers a neighbour", () => {
    const blocked = new Map([["a", new Set([7, 8, 9])]]);
    const plan = planNext(inputOf([memberOf(runsOf())], { blocked }));
    expect([6, 10]).toContain(plan.measure?.position);
  });

  test("is stuck when only commits that did not run are left, and goes on elsewhere if another environment can", () => {
    const told = [
      { run: 100, position: 6, value: 100 },
      { run: 101, position: 9, value: 110 },
    ];
    const blocked = new Map([["a", new Set([7, 8])]]);
    const members = [memberOf([...runsOf(), ...told])];
    expect(planNext(inputOf(members, { blocked }))).toMatchObject({ state: "stuck", measure: null });
    const more = planNext(inputOf([...members, memberOf(runsOf(2), "b")], { blocked }));
    expect(more).toMatchObject({ state: "measure", measure: { environment: "b" } });
  });

  test("cases that say the same are not counted twice, others add up", () => {
    const runs = runsOf(4);
    const other = runs.map((run) => ({ ...run, value: run.position >= 16 ? around(110, 4) : around(100, 4) }));
    const one = planNext(inputOf([memberOf(runs)])).effect as number;
    expect(planNext(inputOf([memberOf(runs), memberOf(runs)])).effect).toBeCloseTo(one, 6);
    expect(planNext(inputOf([memberOf(runs), memberOf(other)])).effect).toBeGreaterThan(1.1 * one);
  });

  test("a spike of one case among quiet ones settles nothing", () => {
    const spike = { run: 100, position: 8, value: 100 };
    const members = [
      memberOf([...runsOf(), { ...spike, value: 900 }]),
      ...[1, 2, 3].map(() => memberOf([...runsOf(), spike])),
    ];
    const plan = planNext(inputOf(members));
    const old = plan.candidates.filter(({ position }) => position > 8);
    expect(old.reduce((sum, { probability }) => sum + probability, 0)).toBeGreaterThan(0.9);
  });

  test("the same runs in any order give the same plan", () => {
    const runs = runsOf(3);
    expect(planNext(inputOf([memberOf(runs.toReversed())]))).toEqual(planNext(inputOf([memberOf(runs)])));
  });

  test.each([
    ["no runs and no levels apart", { before: 1, after: 1, noise: 0, runs: [] }, "unknown"],
    ["no noise at all", { before: 1, after: 2, noise: 0, runs: runsOf(0) }, "measure"],
    ["values of 1e300", { before: 1e300, after: 1.1e300, noise: 1e298, runs: [] }, "measure"],
    ["values of 1e-300", { before: 1e-300, after: 2e-300, noise: 1e-302, runs: [] }, "measure"],
    ["levels on either side of 0", { before: -1, after: 1, noise: 0.1, runs: [] }, "measure"],
  ])("%s: a defined answer", (_, member, state) => {
    const plan = planNext(inputOf([{ environment: "a", ...member }]));
    expect(plan.state).toBe(state);
    expect(Number.isFinite(plan.certainty)).toBe(true);
  });

  test("without a member nothing is known, and a single commit is done", () => {
    expect(planNext(inputOf([]))).toMatchObject({ state: "unknown", effect: null });
    expect(planNext(inputOf([], { lastGood: 3, firstShifted: 4, from: 4, to: 4 }))).toMatchObject({
      state: "done",
      certainty: 1,
    });
  });

  test("an empty range is refused", () => {
    expect(() => planNext(inputOf([], { from: 5, to: 4 }))).toThrow(RangeError);
  });
});
