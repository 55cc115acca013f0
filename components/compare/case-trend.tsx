"use client";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { createChartStore } from "@/components/charts/chart-store";
import { Crosshair } from "@/components/charts/crosshair";
import { AXIS_HEIGHT, DateAxis } from "@/components/charts/date-axis";
import { EventFlags } from "@/components/charts/event-flags";
import { Flags } from "@/components/charts/flags";
import { PointedAt } from "@/components/charts/pointed-at";
import { PointerLayer } from "@/components/charts/pointer-layer";
import { TrendChart } from "@/components/charts/trend-chart";
import { useWidth } from "@/components/charts/use-width";
import { dateTicks } from "@/lib/chart/dates";
import { frameOf } from "@/lib/chart/frame";
import { trendOf } from "@/lib/chart/trend";
import { metricLabel } from "@/lib/format/name";
import { plural } from "@/lib/format/number";
import { shortSha } from "@/lib/format/time";
import type { SeriesRead } from "@/lib/queries/series";
import { commitUrl } from "@/lib/urls/commit";
import { shiftUrl } from "@/lib/urls/shift";

/** Above the plot a line for the names of the sides, and one for the flags of changepoints. */
const LABELS = 22;
const HEIGHT = 192;
const MARGIN = { top: 2 * LABELS, right: 8, bottom: 4, left: 56 };

/** A side's commit on the line. */
export type TrendPin = { sha: string; label: string };

type Props = {
  project: string;
  /** The line around both sides. */
  series: Pick<
    SeriesRead,
    | "workload"
    | "metric"
    | "metricName"
    | "environment"
    | "unit"
    | "points"
    | "segments"
    | "changepoints"
    | "failures"
    | "tracks"
    | "months"
    | "events"
    | "breaks"
  >;
  pins: readonly TrendPin[];
};

/** The history around both sides, their commits marked. Click on a point opens its commit. */
export function CaseTrend({ project, series, pins }: Props) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const [store] = useState(createChartStore);
  const router = useRouter();
  const { domain, trend, commits } = useMemo(() => layOut(series), [series]);
  const frame = width === null ? null : frameOf({ width, height: HEIGHT }, domain, trend.y, MARGIN);
  const points = useMemo(() => new Map(trend.points.map((point) => [point.sha, point])), [trend]);
  const pinned = pins.flatMap(({ sha }) => commits.find((commit) => commit.sha === sha) ?? []);
  return (
    <div ref={ref} className="relative" style={{ height: HEIGHT + AXIS_HEIGHT }}>
      {frame && (
        <>
          <div className="relative" style={{ height: HEIGHT }}>
            <TrendChart trend={trend} frame={frame} label={describe(series, pins)} />
            <PointerLayer
              frame={frame}
              store={store}
              commits={commits}
              onPick={({ sha }) => router.push(commitUrl(project, sha))}
            />
            <Crosshair frame={frame} store={store} points={points} pins={pinned} />
            <div className="absolute inset-x-0" style={{ top: LABELS }}>
              <Flags
                changes={trend.changes}
                scale={trend.scale}
                frame={frame}
                store={store}
                metric={series.metric}
                urlOf={({ shift }) => (shift === null ? null : shiftUrl(project, shift))}
              />
            </div>
            <EventFlags events={trend.events} frame={frame} />
            {pins.map(({ sha, label }, i) => {
              const commit = commits.find((one) => one.sha === sha);
              return (
                commit && (
                  <PinLabel key={label} left={frame.x(commit.x)} label={label} isLast={i > 0} width={frame.width} />
                )
              );
            })}
          </div>
          <DateAxis
            ticks={dateTicks(
              series.months.map(({ position, committedAt }) => ({ x: position, at: committedAt })),
              commits.map(({ x, committedAt }) => ({ x, at: committedAt })),
              domain,
              frame.x,
            )}
            frame={frame}
          />
          <PointedAt store={store} trend={trend} />
        </>
      )}
    </div>
  );
}

function layOut(series: Props["series"]) {
  const { points } = series;
  const domain: [number, number] = [(points[0]?.position ?? 0) - 1, (points.at(-1)?.position ?? 0) + 1];
  const trend = trendOf(series, "commits", domain, "fit", HEIGHT);
  const commits = trend.points.map(({ sha, x, position, committedAt, pullRequest }) => ({
    sha,
    x,
    position,
    committedAt,
    pullRequest,
  }));
  return { domain, trend, commits };
}

/** Named at the top of its line; the later one hangs to the right unless the edge is near. */
function PinLabel({ left, label, isLast, width }: { left: number; label: string; isLast: boolean; width: number }) {
  const toRight = isLast ? left < width - 140 : left < 140;
  return (
    <span
      aria-hidden="true"
      style={{ left }}
      className={`pointer-events-none absolute top-0 z-20 max-w-36 truncate rounded-1 bg-accent-soft px-1.5 text-label font-medium text-accent ${toRight ? "" : "-translate-x-full"}`}
    >
      {label}
    </span>
  );
}

function describe(
  { metric, metricName, workload, environment, points, changepoints }: Props["series"],
  pins: readonly TrendPin[],
): string {
  const marked = pins.map(({ label, sha }) => `${label} at ${shortSha(sha)}`).join(", ");
  const steps = plural(changepoints.length, "changepoint");
  return `${metricLabel(metric, metricName)} of ${workload} in ${environment}: ${plural(points.length, "commit")}, ${steps}; marked: ${marked}`;
}
