"use client";
import type { Frame } from "@/lib/chart/frame";
import { fixed } from "@/lib/chart/paths";
import type { Drawn, TrendPoint } from "@/lib/chart/trend";
import { type AxisCommit, type ChartStore, usePointing } from "./chart-store";

type Props = {
  frame: Frame;
  store: ChartStore;
  /** The chart's points by sha. */
  points: ReadonlyMap<string, Drawn<TrendPoint>>;
  /** The same of further lines, each in its colour. */
  more?: readonly { key: string; colour: string; points: ReadonlyMap<string, Drawn<TrendPoint>> }[];
  pins: readonly AxisCommit[];
  /** px below the chart to which the lines run on, so that charts under each other share one line. */
  below?: number;
};

/** Crosshair, pins and the stretch being dragged, over one chart. */
export function Crosshair({ frame, store, points, more = [], pins, below = 0 }: Props) {
  const hover = usePointing(store, (pointing) => pointing.hover);
  const drag = usePointing(store, (pointing) => pointing.drag);
  const { plot, height } = frame;
  const at = hover && frame.x(hover.x);
  const dot = hover && points.get(hover.sha);
  const inside = at !== null && at >= plot.left - 1 && at <= plot.right + 1;
  return (
    <svg
      width={frame.width}
      height={height}
      className="pointer-events-none absolute inset-0 z-10 overflow-visible"
      aria-hidden="true"
    >
      {drag && <Dragged from={frame.x(drag.from)} to={frame.x(drag.to)} height={height + below} />}
      {pins.map((pin) => (
        <Pin key={pin.sha} frame={frame} pin={pin} point={points.get(pin.sha)} below={below} />
      ))}
      {inside && (
        <line
          x1={fixed(at)}
          x2={fixed(at)}
          y1={plot.top - 4}
          y2={height + below}
          className="stroke-cross"
          strokeDasharray="1 2"
        />
      )}
      {inside && dot && (
        <circle
          cx={fixed(at)}
          cy={fixed(held(frame, dot.value))}
          r="3.5"
          className="fill-bg stroke-ink"
          strokeWidth="1.5"
        />
      )}
      {inside &&
        hover &&
        more.map((line) => <MoreDot key={line.key} at={at} point={line.points.get(hover.sha)} {...{ frame, line }} />)}
    </svg>
  );
}

type MoreProps = { frame: Frame; at: number; point: TrendPoint | undefined; line: { colour: string } };

function MoreDot({ frame, at, point, line }: MoreProps) {
  if (!point) return null;
  return (
    <circle
      cx={fixed(at)}
      cy={fixed(held(frame, point.value))}
      r="3.5"
      className="fill-bg"
      style={{ stroke: line.colour }}
      strokeWidth="1.5"
    />
  );
}

function Pin({ frame, pin, point, below }: { frame: Frame; pin: AxisCommit; point?: TrendPoint; below: number }) {
  const at = frame.x(pin.x);
  const { plot } = frame;
  if (at < plot.left - 1 || at > plot.right + 1) return null;
  return (
    <>
      <line x1={fixed(at)} x2={fixed(at)} y1={plot.top - 4} y2={frame.height + below} className="stroke-accent" />
      {point && (
        <circle
          cx={fixed(at)}
          cy={fixed(held(frame, point.value))}
          r="4.5"
          className="fill-accent stroke-bg"
          strokeWidth="2"
        />
      )}
    </>
  );
}

function Dragged({ from, to, height }: { from: number; to: number; height: number }) {
  const [left, right] = [Math.min(from, to), Math.max(from, to)];
  return (
    <>
      <rect x={fixed(left)} y="0" width={fixed(right - left)} height={height} className="fill-select" />
      <path d={`M${fixed(left)} 0V${height}M${fixed(right)} 0V${height}`} className="stroke-accent" />
    </>
  );
}

/** A value's place, held at the edge of the plot. */
function held({ plot, y }: Frame, value: number): number {
  return Math.min(plot.bottom, Math.max(plot.top, y(value)));
}
