/** A run lies near a release when at most this many commits of the line are between; a policy may say otherwise. */
export const NEAR_COMMITS = 20;
/** More runs than this settle nothing that people wait for. */
export const MOST_NEEDED_RUNS = 50;
/** Commits on either side of a release whose points show how far two sides of one level may differ. */
export const SIDE_COMMITS = 200;
/** Points of a side that count: more of them say little more. */
export const SIDE_POINTS = 60;
/** Runs of a commit that was never measured, where no history says how many are usual. */
export const USUAL_RUNS = 3;
