import { frameOf } from "@/lib/chart/frame";
import { linearTicks } from "@/lib/chart/ticks";
import { formatScaled, scaleFor } from "@/lib/format/unit";
import type { ReportSpark } from "@/lib/release/types";

const SIZE = { width: 300, height: 104 };
const MARGIN = { top: 6, right: 2, bottom: 6, left: 48 };

/** The line of a shift's largest change around its range, shaded; drawn on the server, so that it prints as it stands. */
export function ShiftChart({ spark, worse }: { spark: ReportSpark; worse: boolean }) {
  const { points, segments, range } = spark;
  const values = [...points.map(({ value }) => value), ...segments.map(({ level }) => level)];
  if (points.length < 2) return null;
  const [lo, hi] = [Math.min(...values), Math.max(...values)];
  const room = (hi - lo || Math.abs(hi) || 1) * 0.08;
  const [from, to] = [points[0]?.position ?? 0, points.at(-1)?.position ?? 1];
  const { plot, x, y } = frameOf(SIZE, [from, to], { lo: lo - room, hi: hi + room }, MARGIN);
  const scale = scaleFor(values, spark.unit);
  const ticks = linearTicks((lo - room) / scale.factor, (hi + room) / scale.factor, 2);
  const trace = points.map(
    ({ position, value }, i) => `${i === 0 ? "M" : "L"}${x(position).toFixed(1)} ${y(value).toFixed(1)}`,
  );
  const clip = (place: number) => Math.max(from, Math.min(to, place));
  return (
    <figure className="m-0">
      <svg
        viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
        className="block w-full max-w-[300px]"
        role="img"
        aria-label={`${spark.name}, ${points.length} measured commits around the shift`}
      >
        <rect
          x={x(range.from)}
          y={plot.top}
          width={Math.max(1, x(range.to) - x(range.from))}
          height={plot.height}
          className={worse ? "fill-range-worse" : "fill-range-better"}
        />
        {ticks.values.map((tick, i) => (
          <g key={tick}>
            <line
              x1={plot.left}
              x2={plot.right}
              y1={y(tick * scale.factor)}
              y2={y(tick * scale.factor)}
              className="stroke-grid"
            />
            <text x={plot.left - 6} y={y(tick * scale.factor) + 4} textAnchor="end" className="fill-ink-3 text-label">
              {tick.toFixed(ticks.decimals)}
              {i === ticks.values.length - 1 && scale.unit !== "" ? ` ${scale.unit}` : ""}
            </text>
          </g>
        ))}
        <path d={trace.join("")} className="fill-none stroke-trace" />
        {points.map(({ position, value }) => (
          <circle key={position} cx={x(position)} cy={y(value)} r="1.8" className="fill-point" />
        ))}
        {segments.map(({ first, last, level, track }) => (
          <line
            key={`${track} ${first}`}
            x1={x(clip(first))}
            x2={x(clip(last))}
            y1={y(level)}
            y2={y(level)}
            strokeWidth="2"
            className="stroke-level"
          />
        ))}
      </svg>
      <figcaption className="sr-only">
        Levels {segments.map(({ level }) => formatScaled(level, scale)).join(", then ")} {scale.unit}
      </figcaption>
    </figure>
  );
}
