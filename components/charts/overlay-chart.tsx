"use client";
import { memo, useId } from "react";
import { ComposedChart } from "recharts";
import type { Frame } from "@/lib/chart/frame";
import { fixed, tracePath } from "@/lib/chart/paths";
import type { SeriesShape } from "@/lib/chart/seriesShapes";
import type { Trend } from "@/lib/chart/trend";
import { Axes, chartIn } from "./axes";
import { type ChartStore, usePointing } from "./chart-store";
import { EventLines } from "./marks";

/** A line of several in one chart. All share one y axis. */
export type OverlayLine = { key: string; shape: SeriesShape; trend: Trend };

/** Beyond so many points of all lines, no dots. */
const MOST_DOTS = 600;

type Props = {
  lines: readonly OverlayLine[];
  frame: Frame;
  label: string;
  store: ChartStore;
  hideLevels: boolean;
  events: Trend["events"];
};

/** Several lines of one metric: traces, medians and levels in the colour and with the mark of each; bands would hide each other. */
export const OverlayChart = memo(function OverlayChart({ lines, frame, label, store, hideLevels, events }: Props) {
  const id = useId();
  const axis = lines[0]?.trend;
  if (!axis) return null;
  const { plot } = frame;
  const points = lines.reduce((sum, { trend }) => sum + trend.points.length, 0);
  return (
    <div role="img" aria-label={label} className="absolute inset-0">
      <ComposedChart {...chartIn(frame, axis.y)}>
        <Axes y={axis.y} ticks={axis.ticks} frame={frame} />
        <clipPath id={`${id}-clip`}>
          <rect x={plot.left} y={plot.top - 3} width={plot.width} height={plot.height + 6} />
        </clipPath>
        <EventLines events={events} frame={frame} />
        <g clipPath={`url(#${id}-clip)`}>
          {lines.map((line) => (
            <Line key={line.key} {...{ line, frame, store, hideLevels }} hasDots={points <= MOST_DOTS} />
          ))}
        </g>
      </ComposedChart>
    </div>
  );
});

type LineProps = { line: OverlayLine; frame: Frame; store: ChartStore; hasDots: boolean; hideLevels: boolean };

function Line({ line: { key, shape, trend }, frame, store, hasDots, hideLevels }: LineProps) {
  const isDimmed = usePointing(store, ({ line }) => line !== null && line !== key);
  const dots = trend.points.map(({ x, value }) => ({ x: frame.x(x), y: frame.y(value) }));
  const fill = shape.filled ? shape.colour : "var(--bg)";
  return (
    <g opacity={isDimmed ? 0.2 : 1} style={{ stroke: shape.colour }} className="fill-none">
      <path d={tracePath(dots, trend.joins, "solid")} strokeOpacity=".55" />
      <path d={tracePath(dots, trend.joins, "bridge")} strokeOpacity=".55" strokeDasharray="2 3" />
      {!hideLevels && <path d={levelPath(trend, frame)} strokeWidth="2" strokeOpacity=".9" />}
      {trend.gaps.map(({ sha, x }) => (
        <path key={sha} d={`M${fixed(frame.x(x) - 3)} ${frame.plot.bottom - 8}l6 6m0-6l-6 6`} strokeWidth="1.5" />
      ))}
      {hasDots && <path d={dots.map(({ x, y }) => movedTo(shape.path, x, y)).join("")} style={{ fill }} />}
    </g>
  );
}

/** A mark's path at a place. */
const movedTo = (path: string, x: number, y: number): string =>
  path.replace(/^M(-?[\d.]+) (-?[\d.]+)/, (_, dx: string, dy: string) => `M${fixed(x + +dx)} ${fixed(y + +dy)}`);

/** Levels, joined by an upright where one track goes on at another level. */
function levelPath({ spans }: Trend, frame: Frame): string {
  return spans
    .map(({ from, to, level }, i) => {
      const [x, y] = [fixed(frame.x(from)), fixed(frame.y(level))];
      const goesOn = spans[i - 1]?.to === from;
      return `${goesOn ? `V${y}` : `M${x} ${y}`}H${fixed(frame.x(to))}`;
    })
    .join("");
}
