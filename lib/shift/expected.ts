/** Confirmed changepoints that were ever raised on quiet series fed point by point, per 1000 points: docs/statistics.md, Measured. */
export const LIVE_CONFIRMED_PER_1000 = 0.06;
/** Share of quiet series that end, at whatever point one looks, with a changepoint told: docs/statistics.md, Measured. */
export const QUIET_ENDS_WITH_ALARM = 0.005;

/** How many of the changepoints told are to be expected to be chance. */
export type ExpectedFalse = {
  confirmed: number;
  /** At the newest end, where few points have to decide. */
  provisional: number;
  /** What it rests on: points judged, in how many series. */
  points: number;
  series: number;
};

/** Expected numbers if every series were quiet, from the rates measured on generated series. */
export function expectFalse(points: number, series: number): ExpectedFalse {
  return {
    confirmed: (LIVE_CONFIRMED_PER_1000 * points) / 1000,
    provisional: QUIET_ENDS_WITH_ALARM * series,
    points,
    series,
  };
}
