import type { Trend } from "@/lib/chart/trend";

/** A trend without what the reader turned off. A gap stays a gap without its mark; bands and levels the chart leaves out. */
export function shownTrend(trend: Trend, without: readonly string[]): Trend {
  return {
    ...trend,
    events: without.includes("events") ? [] : trend.events,
    gaps: without.includes("failures") ? [] : trend.gaps,
    partial: without.includes("failures") ? [] : trend.partial,
  };
}
