import type { AxisTick } from "@/lib/chart/dates";
import type { Frame } from "@/lib/chart/frame";
import { placeLabels } from "@/lib/chart/labels";
import { fixed } from "@/lib/chart/paths";

/** px that the axis takes under the last chart. */
export const AXIS_HEIGHT = 24;

/** The x axis of all charts above it: first commits of months, or days inside one month. */
export function DateAxis({ ticks, frame }: { ticks: readonly AxisTick[]; frame: Frame }) {
  const { plot, width } = frame;
  return (
    <svg width={width} height={AXIS_HEIGHT} className="block overflow-visible" aria-hidden="true">
      <path d={`M${plot.left} .5H${plot.right}`} className="stroke-line-strong" />
      {placeLabels(ticks, frame).map(({ x, label, at, anchor, isFree }) => (
        <g key={`${x} ${label}`}>
          <path d={`M${fixed(at)} 0v5`} className="stroke-line-strong" />
          {isFree && (
            <text x={fixed(at)} y="18" textAnchor={anchor} className="fill-ink-3 text-label">
              {label}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}
