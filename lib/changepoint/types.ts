/** One point: null = not measured; a number; an array = one run's samples; an array of arrays = runs of samples. */
export type PointValue = null | number | number[] | number[][];

export type DetectOptions = {
  /** Which direction is better. Decides nothing about what is found; kept with the series for whoever words the result. */
  better?: "lower" | "higher" | "unknown";
  /** Relative change under which nothing is told, 0.05 = 5 %. Default 0. Of no effect where no ratio exists. */
  smallestEffect?: number;
};

/** All indices are 0-based over the values as given, unmeasured ones counted. */
export type Changepoint = {
  /** First point of the new level. */
  index: number;
  /** `earliest..latest` holds the first point of the new level with 95 % certainty. */
  earliest: number;
  latest: number;
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

export type Detection = {
  changepoints: Changepoint[];
  segments: Segment[];
  /** Points clipped as spikes: drawn as outliers, they open nothing. */
  outliers: number[];
  /** Points whose own runs disagree by more than half: left out. */
  open: number[];
  /** Sd of a point around its level, over the whole series; null for fewer than three points. */
  noise: number | null;
};
