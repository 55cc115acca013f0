import type { Frame } from "@/lib/chart/frame";
import { fixed } from "@/lib/chart/paths";
import type { Trend } from "@/lib/chart/trend";

/** px between a tick's number and the plot. */
const GAP = 8;

/** The y axis: a hairline across the plot per tick, its number right-aligned before it; the unit stands at the top one. */
export function Axes({ ticks, frame: { plot, y } }: { ticks: Trend["ticks"]; frame: Frame }) {
  return (
    <>
      <path
        d={ticks.map(({ value }) => `M${plot.left} ${fixed(y(value))}H${plot.right}`).join("")}
        className="stroke-grid"
      />
      {ticks.map(({ value, label }) => (
        <text
          key={value}
          x={plot.left - GAP}
          y={fixed(y(value) + 4)}
          textAnchor="end"
          className="fill-ink-3 text-label"
        >
          {label}
        </text>
      ))}
    </>
  );
}
