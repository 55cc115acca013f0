"use client";
import { memo, useId } from "react";
import { ComposedChart, ReferenceArea, ReferenceLine } from "recharts";
import type { Frame } from "@/lib/chart/frame";
import type { Trend, TrendChange } from "@/lib/chart/trend";
import { toneOf } from "@/lib/format/verdict";
import { Axes, chartIn } from "./axes";
import { Marks } from "./marks";

export type ShadedRange = { from: number; to: number; tone: "worse" | "better" | "plain" };

const RANGE_FILL = { worse: "var(--range-worse)", better: "var(--range-better)", plain: "var(--select)" } as const;
const LINE = { worse: "var(--worse-mark)", better: "var(--better-mark)" } as const;

/** Behind the marks, which Recharts keeps at layer 0. */
const BEHIND = -50;

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
  const { y, ticks, spans, changes } = trend;
  return (
    <div role="img" aria-label={label} className="absolute inset-0">
      <ComposedChart {...chartIn(frame, y)}>
        <Axes y={y} ticks={ticks} frame={frame} />
        {!hideBands &&
          spans.map(({ from, to, lo, hi }) => (
            <ReferenceArea
              key={`${from} ${lo}`}
              x1={from}
              x2={to}
              y1={Math.max(lo, y.lo)}
              y2={Math.min(hi, y.hi)}
              fill="var(--band)"
              fillOpacity={1}
              ifOverflow="hidden"
              zIndex={BEHIND}
            />
          ))}
        {range && (
          <ReferenceArea
            x1={range.from}
            x2={range.to}
            fill={RANGE_FILL[range.tone]}
            fillOpacity={1}
            ifOverflow="hidden"
            zIndex={BEHIND + 1}
          />
        )}
        <Marks trend={trend} frame={frame} clip={`${id}-clip`} hatch={`${id}-hatch`} hideLevels={hideLevels} />
        {!hideLines &&
          changes.map((change) => (
            <ReferenceLine
              key={change.sha}
              x={change.x}
              stroke={changeColour(change)}
              strokeDasharray={change.state === "provisional" ? "3 2" : undefined}
            />
          ))}
      </ComposedChart>
    </div>
  );
});
