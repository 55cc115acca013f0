/** Every number of the method that was chosen, not derived. docs/comparison.md quotes them and a test compares. */

/** Certainty of `interval`, and false-discovery rate of the called rows. */
export const CERTAINTY = 0.95;
export const FALSE_DISCOVERY_RATE = 0.05;

/** Each of the two one-sided tests of `unchanged`: the interval of twice this error must lie within the smallest effect. */
export const EQUIVALENCE_ERROR = 0.05;

/** A change smaller than this share is not worth telling, unless the metric says otherwise. */
export const SMALLEST_EFFECT = 0.05;

/** Rows that must show a variance before rows lend each other theirs, and before a run is given a factor. */
export const FAMILY_ROWS = 8;

/** Shares of the lowest and of the highest log variances that are pulled in before the prior is fitted. */
export const LOW_VARIANCES = 0.05;
export const HIGH_VARIANCES = 0.1;

/** The share of its degrees of freedom that the prior is believed with: rows need not differ by the law that it assumes. */
export const PRIOR_SHARE = 0.7;

/** A run is slow (or fast) as a whole when so large a distance from the other runs of its side has a smaller chance. */
export const SLOW_RUN_P = 0.003;

/** For that, a run's factor is usually so large a share of a row's noise; this counts as so many degrees of freedom. */
export const USUAL_FACTOR = 0.5;
export const USUAL_FACTOR_DF = 3;

/** `needsRuns`: the chance of a verdict that is aimed at, and the largest answer. */
export const VERDICT_CHANCE = 0.8;
export const MOST_NEEDED_RUNS = 50;

/** The share of its error that a comparison spends at its planned number of runs; the rest is for looking on. */
export const FIRST_LOOK = 0.6;

/** Runs a side of an experiment that has not said how many it plans. */
export const PLANNED_RUNS = 5;

/** Runs a side that are asked for where the noise is unknown. */
export const FEWEST_RUNS = 3;

/** Comparisons of a history with itself: at least so many make a picture of "no change", about so many are enough. */
export const FEWEST_QUIET = 1000;
export const MOST_QUIET = 60000;

/** The change that the error of a family is spent to find, in smallest effects; and the least that a row is given of it. */
export const AIMED_EFFECTS = 2;
export const LEAST_WEIGHT = 0.7;

/** Runs of a history under which it vouches for nothing. */
export const FEWEST_PAST = 5;

/** The runs of the sides are judged by themselves when their history explains so much disagreement with a smaller chance. */
export const DISAGREE_P = 0.01;

/**
 * The sides are judged without their history when they agree so much better that it has a smaller chance, their runs give at
 * least so many degrees of freedom, and their days lie no farther apart (squared differences of the shares of runs, summed).
 */
export const CALM_P = 0.001;
export const FEWEST_CALM = 6;
export const MIXED = 0.1;
