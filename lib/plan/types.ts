/** What one run measured of a member, in the metric's unit. */
export type MemberRun = { run: number; position: number; value: number };

/** A changepoint of the shift with the runs of the two segments around it. Positions are places on the branch. */
export type PlanMember = {
  /** Members of one environment are measured together by one run. */
  environment: string;
  /** Levels as the analysis has them, and the sd of a point around them; used where the runs themselves are too few. */
  before: number;
  after: number;
  noise: number;
  runs: readonly MemberRun[];
};

export type PlanInput = {
  members: readonly PlanMember[];
  /** The shift's range: (lastGood, firstShifted]. */
  lastGood: number;
  firstShifted: number;
  /** First and last commit that may be the first of the new level: the range, and some room on either side. */
  from: number;
  to: number;
  /** Commits that did not build or run, by environment. */
  blocked: ReadonlyMap<string, ReadonlySet<number>>;
  /** Measure in this environment only; runs of all of them are evidence. */
  where?: string;
  /** The probability at which a commit is certain; CERTAIN unless given. */
  certain?: number;
  /** How many searches are simulated at most; SEARCHES unless given. 0: neither `runs` nor `expectedRuns` is worked out. */
  searches?: number;
};

export type Candidate = { position: number; probability: number };

/**
 * `measure`: run it. `done`: one commit is certain. `stuck`: the commits that would tell did not build or run.
 * `unknown`: the runs do not tell the two levels apart (no runs, no noise, or no difference).
 */
export type PlanState = "measure" | "done" | "stuck" | "unknown";

export type Plan = {
  state: PlanState;
  /** What to run; null unless `measure`. */
  measure: { position: number; environment: string; runs: number } | null;
  /** Runs that are still to be expected until one commit is certain, these included; null where more than MOST_RUNS or not to be told. */
  expectedRuns: number | null;
  /** Posterior probability of the best commit. */
  certainty: number;
  /** All commits from `from` to `to`, in order. */
  candidates: Candidate[];
  /** Distance of the two levels in sds of one run, in the environment of `measure` or the most telling one; null where unknown. */
  effect: number | null;
};
