import type { AxisCommit } from "@/components/charts/chart-store";
import { type AxisTick, type DatedPlace, dateTicks, monthsBetween } from "@/lib/chart/dates";
import type { Frame } from "@/lib/chart/frame";
import type { XKind } from "@/lib/chart/trend";
import type { SeriesRead } from "@/lib/queries/series";

/** Ticks of the x axis: first commits of months on the axis of commits, months on that of time. */
export function ticksOf(
  read: SeriesRead,
  commits: readonly AxisCommit[],
  domain: readonly [number, number],
  frame: Frame,
  kind: XKind,
): AxisTick[] {
  const months: DatedPlace[] =
    kind === "time"
      ? monthsBetween(domain[0], domain[1])
      : read.months.map(({ position, committedAt }) => ({ x: position, at: committedAt }));
  const points = commits.map(({ x, committedAt }) => ({ x, at: committedAt }));
  return dateTicks(months, points, domain, frame.x);
}
