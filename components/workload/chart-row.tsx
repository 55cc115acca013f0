"use client";
import { useMemo } from "react";
import type { AxisCommit, ChartStore } from "@/components/charts/chart-store";
import { Crosshair } from "@/components/charts/crosshair";
import { Flags } from "@/components/charts/flags";
import { type Ghost, Ghosts } from "@/components/charts/ghosts";
import { PointerLayer } from "@/components/charts/pointer-layer";
import { TrendChart } from "@/components/charts/trend-chart";
import { type Frame, frameOf } from "@/lib/chart/frame";
import type { Trend } from "@/lib/chart/trend";
import { formatChange } from "@/lib/format/change";
import { plural } from "@/lib/format/number";
import { formatDate } from "@/lib/format/time";
import { formatDifference, formatValue } from "@/lib/format/unit";
import { shiftUrl } from "@/lib/urls/shift";
import type { PinnedLine } from "./pin-card";
import { Readout } from "./readout";
import type { Movement } from "./sentence";

export type ChartLine = PinnedLine & { movement: Movement; trend: Trend; height: number };

type Props = {
  slug: string;
  line: ChartLine;
  width: number;
  domain: readonly [number, number];
  store: ChartStore;
  commits: readonly AxisCommit[];
  pins: readonly AxisCommit[];
  /** Changepoints at another sensitivity that is tried out. */
  ghosts: readonly Ghost[];
  /** Events whose words stand on the first chart already. */
  told: ReadonlySet<string>;
  below: number;
  onPick: (commit: AxisCommit) => void;
  onZoom: (from: number, to: number) => void;
  onReset: () => void;
};

/** One metric: its chart, what lies over it, and its readout beside it (above it on a phone). */
export function ChartRow({ slug, line, width, domain, store, commits, pins, ghosts, told, below, ...on }: Props) {
  const { onPick, onZoom, onReset } = on;
  const { trend, height, read, movement } = line;
  const frame = useMemo(() => frameOf({ width, height }, domain, trend.y), [width, height, domain, trend.y]);
  const points = useMemo(() => new Map(trend.points.map((point) => [point.sha, point])), [trend]);
  return (
    <div className="flex gap-6 max-md:flex-col max-md:gap-1">
      <div className="relative max-md:order-2" style={{ width, height }} data-testid={`chart-${read.metric}`}>
        <TrendChart trend={trend} frame={frame} domain={domain} label={describe(line)} />
        <Ghosts ghosts={ghosts} frame={frame} />
        <PointerLayer frame={frame} store={store} commits={commits} onPick={onPick} onZoom={onZoom} onReset={onReset} />
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
        <EventFlags line={line} frame={frame} told={told} />
      </div>
      <div className="w-(--chart-readout) shrink-0 max-md:order-1 max-md:w-full">
        <Readout movement={movement} points={line.points} scale={trend.scale} store={store} trend={trend} />
      </div>
    </div>
  );
}

/** Notes on the time axis, at the foot of the plot where no flag of a changepoint hangs. */
function EventFlags({ line: { trend }, frame, told }: { line: ChartLine; frame: Frame; told: ReadonlySet<string> }) {
  const { plot } = frame;
  const events = trend.events.filter(({ text }) => !told.has(text));
  return events.map(({ x, text, border }) => {
    const isRight = frame.x(x) > plot.right - 150;
    const side = isRight ? { right: frame.width - frame.x(x) + 2 } : { left: frame.x(x) + 2 };
    return (
      <span
        key={`${x} ${text}`}
        style={{ ...side, top: plot.bottom - 18 }}
        title={border ? `${text} (nothing is compared across)` : text}
        className="absolute z-10 max-w-36 truncate rounded-[2px] bg-surface-2 px-1.5 text-label text-ink-2"
      >
        {text}
        {border && <span className="sr-only">: nothing is compared across</span>}
      </span>
    );
  });
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
  const crossed = trend.breaks.map(({ text }) => text);
  const notes = trend.events.map(({ text }) => text);
  const more = [
    crossed.length > 0 && `; breaks at ${crossed.join(", ")}`,
    notes.length > 0 && `; events: ${notes.join(", ")}`,
    trend.points.some(({ outlier }) => outlier) &&
      `; ${plural(trend.points.filter(({ outlier }) => outlier).length, "outlier")}`,
  ].filter(Boolean);
  return `${label} of ${read.workload} in ${read.environment}, ${plural(shown.length, "point")} from ${span}, ${level}, ${told}${failed}${more.join("")}`;
}
