"use client";
import { classes } from "@/components/ui/classes";
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

/**
 * Crosshair, pins and the stretch being dragged, over one chart. The crosshair lies on a layer of its own that is only
 * moved: what is under it is not painted again.
 */
export function Crosshair({ frame, store, points, more = [], pins, below = 0 }: Props) {
  const hover = usePointing(store, (pointing) => pointing.hover);
  const drag = usePointing(store, (pointing) => pointing.drag);
  const at = hover && frame.x(hover.x);
  const { plot, height, width } = frame;
  const inside = at !== null && at >= plot.left - 1 && at <= plot.right + 1;
  return (
    <>
      <svg width={width} height={height} className={OVER} aria-hidden="true">
        {drag && <Dragged from={frame.x(drag.from)} to={frame.x(drag.to)} height={height + below} />}
        {pins.map((pin) => (
          <Pin key={pin.sha} frame={frame} pin={pin} point={points.get(pin.sha)} below={below} />
        ))}
      </svg>
      {inside && hover && (
        <svg
          width="1"
          height={height}
          className={classes(OVER, "will-change-transform")}
          style={{ transform: `translateX(${fixed(at)}px)` }}
          aria-hidden="true"
          data-testid="crosshair"
        >
          <line y1={plot.top - 4} y2={height + below} className="stroke-cross" strokeDasharray="1 2" />
          <Dot frame={frame} point={points.get(hover.sha)} />
          {more.map((line) => (
            <Dot key={line.key} frame={frame} point={line.points.get(hover.sha)} colour={line.colour} />
          ))}
        </svg>
      )}
    </>
  );
}

const OVER = "pointer-events-none absolute inset-0 z-10 overflow-visible";

type DotProps = { frame: Frame; point: TrendPoint | undefined; colour?: string };

/** The point of a line at the crosshair. */
function Dot({ frame, point, colour = "var(--ink)" }: DotProps) {
  if (!point) return null;
  return (
    <circle
      cy={fixed(held(frame, point.value))}
      r="3.5"
      className="fill-bg"
      style={{ stroke: colour }}
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
