import { type Trend, type TrendPoint, type TrendSegment, type TrendSeries, trendOf } from "./trend";

/** A series of a shift as its chart needs it. */
export type MemberSeries = {
  unit: string;
  points: readonly TrendPoint[];
  segments: readonly TrendSegment[];
  events?: TrendSeries["events"];
};

/**
 * The trend of one series of a shift in `window` (places on the branch), with half a step of room on either side.
 * Without changepoints: the shaded range says where. `height` in px, for the ticks.
 */
export function memberTrend(
  member: MemberSeries,
  window: { from: number; to: number },
  height: number,
): { domain: [number, number]; trend: Trend } {
  const domain: [number, number] = [window.from - 1, window.to + 1];
  const { unit, points, segments, events } = member;
  return {
    domain,
    trend: trendOf({ unit, points, segments, events, changepoints: [] }, "commits", domain, "fit", height),
  };
}
