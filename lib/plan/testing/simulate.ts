import { seeded } from "@/lib/stats/random";
import { type Kind, noise } from "../../changepoint/testing/generate";
import { normalTail } from "../../stats/normal";
import { median } from "../../stats/quantile";
import { planNext } from "../plan";
import type { MemberRun, PlanMember } from "../types";

/** A range to search: `commits` of them, a step of `effect` sds of a run somewhere in it, and quiet runs on either side. */
export type Setting = {
  commits: number;
  effect: number;
  kind?: Kind;
  /** Runs on either side of the range, each at a commit of its own. */
  history?: number;
  certain?: number;
  /** Commits on either side of the range that may hold the step too, for all the plan knows; 0 as bisection has it. */
  room?: number;
  seed: number;
};

export type Search = { runs: number; isRight: boolean; expectedRuns: number | null; polls: number };

const HISTORY = 60;
const GIVE_UP = 1000;
/** Values around 100 with noise of 2 %. */
const LEVEL = 100;
const SD = 2;

type World = { truth: number; runs: MemberRun[]; measure: (position: number) => number };

/** The range is (0, commits]; one run at each commit around it. */
function worldOf({ commits, effect, kind = "normal", history = HISTORY, seed }: Setting): World {
  const random = seeded(seed);
  const truth = 1 + Math.floor(random() * commits);
  // One draw at a time from a long stretch of noise of the kind: its parameters stay those of the series.
  const draws = noise(kind, 2 * history + GIVE_UP * 6, random);
  let next = 0;
  let run = 0;
  const measure = (position: number) => LEVEL + SD * ((draws[next++] as number) + (position >= truth ? effect : 0));
  const runs: MemberRun[] = [];
  for (let i = 0; i < history; i++) {
    for (const position of [-i, commits + i]) runs.push({ run: run++, position, value: measure(position) });
  }
  return { truth, runs, measure };
}

const levelsOf = (runs: readonly MemberRun[], commits: number) => ({
  before: median(runs.filter(({ position }) => position <= 0).map(({ value }) => value)) as number,
  after: median(runs.filter(({ position }) => position >= commits).map(({ value }) => value)) as number,
});

/** Follows the plan to its end. */
export function searchByPlan(setting: Setting): Search {
  const { commits, certain, room = 0 } = setting;
  const { truth, runs, measure } = worldOf(setting);
  const history = runs.length;
  let expectedRuns: number | null = null;
  for (let polls = 0; ; polls++) {
    const member: PlanMember = { environment: "cluster", ...levelsOf(runs, commits), noise: SD, runs };
    const plan = planNext({
      members: [member],
      lastGood: 0,
      firstShifted: commits,
      from: 1 - room,
      to: commits + room,
      blocked: new Map(),
      searches: polls === 0 ? 100 : 40,
      ...(certain !== undefined && { certain }),
    });
    if (polls === 0) expectedRuns = plan.expectedRuns;
    if (plan.measure === null || runs.length - history > GIVE_UP) {
      const best = plan.candidates.reduce((one, other) => (other.probability > one.probability ? other : one));
      return { runs: runs.length - history, isRight: best.position === truth, expectedRuns, polls };
    }
    const { position } = plan.measure;
    for (let k = 0; k < plan.measure.runs; k++) runs.push({ run: runs.length, position, value: measure(position) });
  }
}

/** Plain bisection: `repeats` runs at the middle commit, their mean against the middle of the levels. */
export function searchByHalves(setting: Setting, repeats: number): Search {
  const { truth, runs, measure } = worldOf(setting);
  const { before, after } = levelsOf(runs, setting.commits);
  let [good, bad, done] = [0, setting.commits, 0];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    let sum = 0;
    for (let k = 0; k < repeats; k++) sum += measure(middle);
    done += repeats;
    if (sum / repeats > (before + after) / 2) bad = middle;
    else good = middle;
  }
  return { runs: done, isRight: bad === truth, expectedRuns: null, polls: done / repeats };
}

/** Repeats with which plain bisection over normal noise is wrong in at most `wrong` of the cases. */
export function repeatsFor(commits: number, effect: number, wrong: number): number {
  const steps = Math.ceil(Math.log2(commits));
  for (let repeats = 1; ; repeats++) {
    const right = (1 - normalTail((effect * Math.sqrt(repeats)) / 2)) ** steps;
    if (1 - right <= wrong) return repeats;
  }
}

export type Summary = { runs: number; wrong: number; expectedRuns: number; polls: number };

export function summarise(searches: readonly Search[]): Summary {
  const mean = (of: (search: Search) => number) => searches.reduce((sum, one) => sum + of(one), 0) / searches.length;
  return {
    runs: mean(({ runs }) => runs),
    wrong: mean(({ isRight }) => Number(!isRight)),
    expectedRuns: mean(({ expectedRuns }) => expectedRuns ?? Number.NaN),
    polls: mean(({ polls }) => polls),
  };
}
