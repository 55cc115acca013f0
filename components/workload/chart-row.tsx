"use client";
import { useMemo } from "react";
import { Crosshair } from "@/components/charts/crosshair";
import { EventFlags } from "@/components/charts/event-flags";
import { Flags } from "@/components/charts/flags";
import { type Ghost, Ghosts } from "@/components/charts/ghosts";
import { PointerLayer } from "@/components/charts/pointer-layer";
import { TrendChart } from "@/components/charts/trend-chart";
import { useSeen } from "@/components/charts/use-seen";
import { frameOf } from "@/lib/chart/frame";
import type { Trend } from "@/lib/chart/trend";
import { formatChange } from "@/lib/format/change";
import { plural } from "@/lib/format/number";
import { formatDate } from "@/lib/format/time";
import { formatDifference, formatValue } from "@/lib/format/unit";
import { shiftUrl } from "@/lib/urls/shift";
import type { ChartsActions, ChartsView } from "./charts-frame";
import type { PinnedLine } from "./pin-card";
import { Readout } from "./readout";
import type { Movement } from "./sentence";

export type ChartLine = PinnedLine & { movement: Movement; trend: Trend; height: number };

type Props = {
  slug: string;
  line: ChartLine;
  view: ChartsView;
  /** Changepoints at another sensitivity that is tried out. */
  ghosts: readonly Ghost[];
  /** Events whose words stand on the first chart already. */
  told: ReadonlySet<string>;
  /** What the reader has turned off. */
  without: readonly string[];
  below: number;
  actions: ChartsActions;
};

/** One metric: its chart, what lies over it, and its readout beside it (above it on a phone). */
export function ChartRow({ slug, line, view, ghosts, told, without, below, actions }: Props) {
  const { width, domain, store, inWindow: commits, pins } = view;
  const [ref, isSeen] = useSeen<HTMLDivElement>();
  const { trend, height, read, movement } = line;
  const frame = useMemo(() => frameOf({ width, height }, domain, trend.y), [width, height, domain, trend.y]);
  const points = useMemo(() => new Map(trend.points.map((point) => [point.sha, point])), [trend]);
  return (
    <div className="flex break-inside-avoid gap-6 max-md:flex-col max-md:gap-1">
      <div ref={ref} className="relative max-md:order-2" style={{ width, height }} data-testid={`chart-${read.metric}`}>
        {isSeen && (
          <TrendChart
            trend={trend}
            frame={frame}
            label={describe(line)}
            hideBands={without.includes("bands")}
            hideLevels={without.includes("levels")}
          />
        )}
        <Ghosts ghosts={ghosts} frame={frame} />
        <PointerLayer frame={frame} store={store} commits={commits} {...actions} />
        <Crosshair frame={frame} store={store} points={points} pins={pins} below={below} />
        <Flags
          changes={trend.changes}
          scale={trend.scale}
          frame={frame}
          store={store}
          metric={read.metric}
          urlOf={({ shift }) => (shift === null ? null : shiftUrl(slug, shift))}
        />
        {trend.breaks.map(({ x, text }) => (
          <span
            key={x}
            style={{ left: Math.min(frame.x(x), frame.plot.right - 80), top: 0 }}
            className="absolute max-w-56 -translate-x-1/2 truncate bg-bg px-1 text-label text-ink-2"
          >
            {text}
          </span>
        ))}
        <EventFlags events={trend.events} frame={frame} told={told} />
      </div>
      <div className="w-(--chart-readout) shrink-0 max-md:order-1 max-md:w-full">
        <Readout movement={movement} points={line.points} scale={trend.scale} store={store} trend={trend} />
      </div>
    </div>
  );
}

/** What the picture shows, in words. */
function describe({ label, read, trend, movement }: ChartLine): string {
  const shown = trend.points;
  const [first, last] = [shown[0], shown.at(-1)];
  if (!first || !last) return `${label}: nothing measured in this window`;
  const span = `${formatDate(first.committedAt)} to ${formatDate(last.committedAt)}`;
  const level = movement.to === null ? "not analysed" : `level now ${formatValue(movement.to, trend.scale)}`;
  const changes = trend.changes.map(({ change, difference, sha }) => {
    const figure = change === null ? formatDifference(difference, trend.scale) : formatChange(change);
    return `${figure} at ${sha.slice(0, 7)}`;
  });
  const told =
    changes.length > 0 ? `${plural(changes.length, "changepoint")}: ${changes.join(", ")}` : "no changepoints";
  const failed = trend.gaps.length > 0 ? `; ${plural(trend.gaps.length, "commit")} failed or skipped` : "";
  const some = trend.partial.length > 0 ? `; at ${plural(trend.partial.length, "commit")} some runs did not pass` : "";
  const crossed = trend.breaks.map(({ text }) => text);
  const notes = trend.events.map(({ text }) => text);
  const more = [
    crossed.length > 0 && `; breaks at ${crossed.join(", ")}`,
    notes.length > 0 && `; events: ${notes.join(", ")}`,
    trend.points.some(({ outlier }) => outlier) &&
      `; ${plural(trend.points.filter(({ outlier }) => outlier).length, "outlier")}`,
  ].filter(Boolean);
  return `${label} of ${read.workload} in ${read.environment}, ${plural(shown.length, "point")} from ${span}, ${level}, ${told}${failed}${some}${more.join("")}`;
}
