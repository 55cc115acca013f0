/** One point: null = not measured; a number; an array = one run's samples; an array of arrays = runs of samples. */
export type PointValue = null | number | number[] | number[][];

export type DetectOptions = {
  /** Which direction is better. Decides nothing about what is found; kept with the series for whoever words the result. */
  better?: "lower" | "higher" | "unknown";
  /** Relative change under which nothing is told, 0.05 = 5 %. Default 0. Of no effect where no ratio exists. */
  smallestEffect?: number;
  /**
   * 1 by default, 0.5 to 2: every threshold of strength is divided by it, so a higher one finds smaller steps. What is told
   * at one sensitivity is told, at the same index, at every higher one. Above 1 it counts in steps of 0.1. `p` does not depend on it.
   */
  sensitivity?: number;
  /** Also list in `rejected` what is too weak for the first look to consider. Costs a third more time. Default false. */
  explain?: boolean;
};

/** All indices are 0-based over the values as given, unmeasured ones counted. */
export type Changepoint = {
  /** First point of the new level. */
  index: number;
  /** `earliest..latest` holds the first point of the new level with 95 % certainty. */
  earliest: number;
  latest: number;
  /** Further out it is as good as excluded: where the steps of other series may draw it when one cause explains them all. */
  widest: [number, number];
  /** Medians of the neighbouring segments, in the metric's unit. */
  before: number;
  after: number;
  /** after / before - 1; null where before is 0 or the signs differ. */
  change: number | null;
  /** after - before, in the metric's unit. */
  difference: number;
  /** 95 % interval of the relative change; of the difference where `change` is null; null where noise is not known. */
  interval: [number, number] | null;
  /** Chance that a quiet series of this length and noise shows so strong a split anywhere. */
  p: number;
  state: "provisional" | "confirmed";
  pointsBefore: number;
  pointsAfter: number;
  /** More points on the shorter side that would confirm it if the levels stay as they are; 0 when confirmed. */
  needsPoints: number;
  /** Whether points after the newest one could confirm it: its level is the newest, and the one that lacks points. */
  canGrow: boolean;
};

export type Segment = {
  /** Indices of the first and last measured point. */
  first: number;
  last: number;
  /** Median of the points. */
  level: number;
  /** Where the points lie: their 5 % and 95 % quantile. */
  lo: number;
  hi: number;
  /** Sd of a point around the level, spikes aside. */
  noise: number;
  points: number;
  runs: number;
};

/**
 * Why a split is not told. `outlier`: one or two points far from a level that goes on after them. `short`: the new level, or
 * the one before it, has fewer points than a level needs. `early`: too few points stand before it in the series. `small`: the
 * change is under the metric's smallest effect. `weak`: as strong as quiet noise makes it too.
 */
export type RejectedWhy = "outlier" | "short" | "early" | "small" | "weak";

/** A split that was considered and is not told. Levels are those of the neighbouring points as they were considered. */
export type Rejected = {
  /** First point of what would be the new level. */
  index: number;
  /** Its last point as it was considered: the levels `change` compares are index..last and what stands before. */
  last: number;
  /** Relative change as in a changepoint, null where there is no ratio; and the difference in the metric's unit. */
  change: number | null;
  difference: number;
  /** Strength: told from FOUND_Z / sensitivity on. */
  z: number;
  /** Chance that a quiet series shows so strong a split anywhere; null for splits of too few points, where it is not known. */
  p: number | null;
  why: RejectedWhy;
};

export type Detection = {
  changepoints: Changepoint[];
  segments: Segment[];
  /** Points clipped as spikes: drawn as outliers, they open nothing. */
  outliers: number[];
  /** Points whose own runs disagree by more than half: left out. */
  open: number[];
  /** Sd of a point of the usual number of runs around its level, over the whole series; null for fewer than three points. */
  noise: number | null;
  /** Sd of a point's pull on its level: a level of n independent points errs by pull / sqrt(n). Above `noise` for long tails. */
  pull: number | null;
  /** Correlation of a point with the one before it, 0 to 0.9, as used: drawn towards what is usual; null as `noise`. */
  correlation: number | null;
  /** Splits considered and not told, the strongest first, at most REJECTED_LISTED. */
  rejected: Rejected[];
};
