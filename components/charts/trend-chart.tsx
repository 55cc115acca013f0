"use client";
import { memo, useId } from "react";
import type { Frame } from "@/lib/chart/frame";
import { fixed } from "@/lib/chart/paths";
import type { Trend, TrendChange } from "@/lib/chart/trend";
import { toneOf } from "@/lib/format/verdict";
import { Axes } from "./axes";
import { Marks } from "./marks";

export type ShadedRange = { from: number; to: number; tone: "worse" | "better" | "plain" };

const RANGE_FILL = { worse: "var(--range-worse)", better: "var(--range-better)", plain: "var(--select)" } as const;
const LINE = { worse: "var(--worse-mark)", better: "var(--better-mark)" } as const;

export function changeColour({ direction }: Pick<TrendChange, "direction">): string {
  const tone = toneOf(direction);
  return tone === "worse" || tone === "better" ? LINE[tone] : "var(--cross)";
}

/**
 * One line: grid, bands, trace, medians with their spread, levels, changepoints. A picture only; `label` says in words
 * what it shows. Crosshair, flags and pointing are laid over it, so that they never paint it again.
 */
export const TrendChart = memo(function TrendChart({
  trend,
  frame,
  label,
  range,
  hideLines,
  hideBands,
  hideLevels,
}: {
  trend: Trend;
  frame: Frame;
  label: string;
  range?: ShadedRange;
  /** The shaded range says where; the line of the changepoint would say it twice. */
  hideLines?: boolean;
  hideBands?: boolean;
  hideLevels?: boolean;
}) {
  const id = useId();
  const { plot } = frame;
  const { y, ticks, spans, changes } = trend;
  return (
    <div role="img" aria-label={label} className="absolute inset-0">
      <svg width={frame.width} height={frame.height} className="block overflow-visible" aria-hidden="true">
        <Axes ticks={ticks} frame={frame} />
        {!hideBands &&
          spans.map(({ from, to, lo, hi }) => (
            <Area
              key={`${from} ${lo}`}
              plot={plot}
              x={[frame.x(from), frame.x(to)]}
              y={[frame.y(Math.min(hi, y.hi)), frame.y(Math.max(lo, y.lo))]}
              fill="var(--band)"
            />
          ))}
        {range && (
          <Area
            plot={plot}
            x={[frame.x(range.from), frame.x(range.to)]}
            y={[plot.top, plot.bottom]}
            fill={RANGE_FILL[range.tone]}
          />
        )}
        <Marks trend={trend} frame={frame} clip={`${id}-clip`} hatch={`${id}-hatch`} hideLevels={hideLevels} />
        {!hideLines &&
          changes.map((change) => (
            <path
              key={change.sha}
              d={`M${fixed(frame.x(change.x))} ${plot.top}V${plot.bottom}`}
              style={{ stroke: changeColour(change) }}
              strokeDasharray={change.state === "provisional" ? "3 2" : undefined}
            />
          ))}
      </svg>
    </div>
  );
});

type AreaProps = { plot: Frame["plot"]; x: [number, number]; y: [number, number]; fill: string };

/** A shaded stretch in px, cut at the plot; nothing where it lies outside. */
function Area({ plot, x, y, fill }: AreaProps) {
  const [left, right] = [Math.max(plot.left, x[0]), Math.min(plot.right, x[1])];
  const [top, bottom] = [Math.max(plot.top, y[0]), Math.min(plot.bottom, y[1])];
  if (right <= left || bottom <= top) return null;
  return <path d={`M${fixed(left)} ${fixed(top)}H${fixed(right)}V${fixed(bottom)}H${fixed(left)}z`} style={{ fill }} />;
}
