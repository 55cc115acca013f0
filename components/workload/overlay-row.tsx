"use client";
import { useMemo } from "react";
import { Crosshair } from "@/components/charts/crosshair";
import { EventFlags } from "@/components/charts/event-flags";
import { OverlayChart, type OverlayLine } from "@/components/charts/overlay-chart";
import { PointerLayer } from "@/components/charts/pointer-layer";
import { frameOf } from "@/lib/chart/frame";
import type { Drawn, Trend, TrendPoint } from "@/lib/chart/trend";
import { plural } from "@/lib/format/number";
import { formatDate } from "@/lib/format/time";
import { formatValue } from "@/lib/format/unit";
import type { ChartsActions, ChartsView } from "./charts-frame";
import type { ShownLine } from "./lines";
import { OverlayLegend } from "./overlay-legend";
import type { LineMovement } from "./several-sentence";

/** A line with its trend on the axis that all of the chart share. */
export type DrawnLine = LineMovement & { trend: Trend };

type Props = {
  metric: string;
  label: string;
  /** All lines that the page draws, hidden ones too: the legend has them. */
  all: readonly ShownLine[];
  lines: readonly DrawnLine[];
  view: ChartsView;
  height: number;
  below: number;
  without: readonly string[];
  actions: ChartsActions;
  onHide: (keys: string[]) => void;
};

const NO_POINTS: ReadonlyMap<string, Drawn<TrendPoint>> = new Map();

/** One metric of several lines in one chart, with its legend beside it. */
export function OverlayRow({ metric, label, all, lines, view, height, below, without, actions, onHide }: Props) {
  const { width, domain, store, inWindow, pins } = view;
  const axis = lines[0]?.trend;
  const frame = useMemo(
    () => frameOf({ width, height }, domain, axis?.y ?? { lo: 0, hi: 1 }),
    [width, height, domain, axis?.y],
  );
  const overlays = useMemo(
    () => lines.map(({ line, trend }): OverlayLine => ({ key: line.key, shape: line.shape, trend })),
    [lines],
  );
  const dots = useMemo(
    () =>
      lines.map(({ line, trend }) => ({
        key: line.key,
        colour: line.shape.colour,
        points: new Map(trend.points.map((point) => [point.sha, point])),
      })),
    [lines],
  );
  const events = useMemo(() => eventsOf(lines), [lines]);
  return (
    <div className="flex break-inside-avoid gap-6 max-md:flex-col max-md:gap-1">
      <div className="relative max-md:order-2" style={{ width, height }} data-testid={`chart-${metric}`}>
        <OverlayChart
          lines={overlays}
          frame={frame}
          label={described(label, lines)}
          store={store}
          hideLevels={without.includes("levels")}
          events={events}
        />
        <PointerLayer frame={frame} store={store} commits={inWindow} {...actions} />
        <Crosshair frame={frame} store={store} points={NO_POINTS} more={dots} pins={pins} below={below} />
        <EventFlags events={events} frame={frame} />
      </div>
      <div className="w-(--chart-readout) shrink-0 max-md:order-1 max-md:w-full">
        <OverlayLegend label={label} all={all} lines={lines} frame={frame} store={store} onHide={onHide} />
      </div>
    </div>
  );
}

/** Events of all lines, each once. */
function eventsOf(lines: readonly DrawnLine[]): Trend["events"] {
  const events = lines.flatMap(({ trend }) => trend.events);
  return [...new Map(events.map((event) => [`${event.x} ${event.text}`, event])).values()];
}

/** What the picture shows, in words: each line's level now. */
function described(label: string, lines: readonly DrawnLine[]): string {
  const told = lines.map(({ line, trend, movement }) => {
    const value = movement.to ?? trend.points.at(-1)?.value;
    return `${line.label} ${value === undefined ? "not measured here" : formatValue(value, trend.scale)}`;
  });
  const dates = lines.flatMap(({ trend }) => trend.points.map(({ committedAt }) => committedAt ?? "")).filter(Boolean);
  const sorted = dates.toSorted();
  const [first, last] = [sorted[0], sorted.at(-1)];
  const span = first && last ? ` from ${formatDate(first)} to ${formatDate(last)}` : "";
  return `${label} of ${plural(lines.length, "line")}${span}; level now: ${told.join(", ")}`;
}
