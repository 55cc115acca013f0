/** Every number of the method that was chosen, not derived. docs/statistics.md quotes them and a test compares. */

/**
 * A split is told from these strengths z on: first by the difference of the levels (in its sds), then by likelihood. The
 * first keeps false alarms out; the second, under the noise's own density, may be smaller.
 */
export const LEVELS_Z = 3.85;
export const FOUND_Z = 3.7;

/** The sensitivities that may be asked for: all thresholds of strength are divided by it. */
export const LEAST_SENSITIVITY = 0.5;
export const MOST_SENSITIVITY = 2;

/** Above 1 sensitivities count in such steps: each adds to what the one before it tells. */
export const SENSITIVITY_STEP = 0.1;

/** Most splits that `rejected` lists. */
export const REJECTED_LISTED = 20;

/** A split is confirmed when its p is at most this: strict enough to hold over the looks after every run. */
export const CONFIRMED_P = 0.003;

/** Points a new level must have to be told, and to be confirmed. */
export const FOUND_POINTS = 3;
export const CONFIRMED_POINTS = 5;

/** The largest answer to "how many more points": beyond, the effect as estimated will not be confirmed soon. */
export const MOST_NEEDED_POINTS = 60;

/** Points that must stand before the first changepoint of a series. */
export const HISTORY_POINTS = 5;

/** A level that has ended with at most this many points must have the strength of a confirmed one. */
export const ENDED_POINTS = 5;

/** Levels that both have this many points must differ by LONG_DEMAND times the least strength. */
export const LONG_POINTS = 20;
export const LONG_DEMAND = 1.1;

/** A side of a split counts with the points nearest to it, at most this many: drift must not add up to a step. */
export const SIDE_POINTS = 60;

/** The cost of one more segment: PENALTY_SLOPE log n + PENALTY_BASE, in units of the long-run variance. */
export const PENALTY_SLOPE = 3;
export const PENALTY_BASE = -2;

/** Levels closer than this many sds are one to the segmentation. */
export const RESOLUTION = 0.03;

/** Beyond this many sds from the level a point costs no more (biweight loss) and is drawn as an outlier. */
export const OUTLIER_SDS = 3;

/** Beyond this many sds from the level a point pulls the level no harder (Huber). */
export const CLIP_SDS = 2;

/** Beyond this many sds from the level a point does not count for the level nor for the noise. */
export const REJECT_SDS = 5;

/**
 * A residual further than FAR_SDS from the level shapes the noise's density only in company: FAR_POINTS of them within
 * FAR_WINDOW sds of it. Fewer may be points on the wrong side of a step.
 */
export const FAR_SDS = 8;
export const FAR_WINDOW = 2;
export const FAR_POINTS = 4;

/** What a lag-1 correlation is like before any point is seen, and how many points that knowledge is worth. */
export const CORRELATION_PRIOR = 0.2;
export const CORRELATION_PRIOR_POINTS = 40;

/** Where most values are equal, the noise is taken from this quantile of the distances instead of the middle one. */
export const WIDE_SHARE = 0.85;

/** Noise estimates that differ by less than this share are one: no further segmentation is made for the newer. */
export const CLOSE_NOISE = 0.03;

/** Runs of one point that differ by more than this share of the smallest leave the point open. */
export const OPEN_SPREAD = 0.5;

/** Pairs of runs, or of samples, from which on it can be told how they scatter. */
export const WEIGH_PAIRS = 8;

/** No point weighs more than this many usual ones, nor less than one of this many. */
export const MOST_WEIGHT = 8;

/** Certainty of `interval`. */
export const CERTAINTY = 0.95;

/** What it is worth for a place to be one or two points off, the place itself being worth 1. */
export const ONE_OFF = 0.8;
export const TWO_OFF = 0.6;

/**
 * Share of the likelihood that `earliest..latest` must hold. Whole points overshoot any share, so this one, found by
 * simulation, is what makes the range hold the true place in 95 of 100 cases.
 */
export const PLACE_MASS = 0.85;
/** Share that `widest` holds: a step of one cause with others is looked for so far out. */
export const WIDE_MASS = 0.999;

/** Spikes a series is taken to have beyond those seen, where the place of a step is in question. */
export const SPIKES_UNSEEN = 0.5;

/**
 * p of a strength z: P_LEVEL exp(P_CORRELATION r - P_SLOPE (z - FOUND_Z) - P_CURVE (z - FOUND_Z)^2), r the noise's lag-1
 * correlation. Bounds the share of quiet series, of 30 to 1000 points and all kinds of noise, whose strongest split is so strong.
 */
export const P_LEVEL = 0.009;
export const P_CORRELATION = 2.5;
export const P_SLOPE = 0.28;
export const P_CURVE = 0.28;

/** Of a split too weak to be told p is 1 - exp(-P_WEAK n exp(P_CORRELATION r - z^2 / 2)) in a series of n points. */
export const P_WEAK = 0.2;

/** The strongest splits of simulated quiet series reach about here; beyond, log p goes on in a straight line. */
export const P_LAST_Z = 7;

/** A drift is told when its p is at most this: strict, for it is looked at after every run. */
export const DRIFT_P = 0.0003;

/** Points a window needs for a drift to be looked for. */
export const DRIFT_POINTS = 20;

/** What the best of many places gains by chance against a slope, in squared sds. */
export const PLACE_GAIN = 3;
