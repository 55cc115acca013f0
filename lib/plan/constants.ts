/** Every number of the method that was chosen, not derived. docs/statistics.md quotes them and a test compares. */

/** The search ends when one commit has this posterior probability. */
export const CERTAIN = 0.95;

/** A case counts with at most so many sds between its levels: no case alone decides, and noise that is 0 stays finite. */
export const MOST_EFFECT = 20;

/** A value counts at most so many of its sds beyond the levels: a spike of one case is no evidence for all. */
export const CLIP_SDS = 3;

/** Measured commits on either side of the range whose runs show levels and noise; more show nothing new. */
export const SIDE_RUNS = 60;

/** Measured commits on either side, the range's ends among them, that may hold the step too: the range is 95 % certain, not more. */
export const SIDE_COMMITS = 3;

/** Simulated searches behind `expectedRuns` and `runs`, and the runs after which one of them is given up. */
export const SEARCHES = 200;
export const MOST_RUNS = 500;

/** Share of the simulated searches that make at least `runs` runs at the commit before they go on elsewhere. */
export const STAY = 0.9;

/** The most runs asked for at a time. */
export const MOST_REPEATS = 10;
