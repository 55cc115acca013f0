import { dotPaths } from "@/lib/chart/dots";
import type { Frame } from "@/lib/chart/frame";
import { gapColumn, levelLabels } from "@/lib/chart/marks";
import { fixed, tracePath } from "@/lib/chart/paths";
import type { Trend } from "@/lib/chart/trend";
import { formatValue } from "@/lib/format/unit";

type MarksProps = { trend: Trend; frame: Frame; clip: string; hatch: string; hideLevels?: boolean };

/** Trace, spreads, samples, medians, gaps, breaks and levels of one line, from back to front. */
export function Marks({ trend, frame, clip, hatch, hideLevels = false }: MarksProps) {
  const dots = trend.points.map(({ x, value }) => ({ x: frame.x(x), y: frame.y(value) }));
  const { plot } = frame;
  return (
    <g>
      <defs>
        <clipPath id={clip}>
          <rect x={plot.left} y={plot.top} width={plot.width} height={plot.height} />
        </clipPath>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V6" className="stroke-line-strong" strokeWidth="1.5" />
        </pattern>
      </defs>
      {trend.gaps.map((gap) => (
        <Gap key={gap.sha} gap={gap} frame={frame} hatch={hatch} failed={gap.outcome === "failed"} />
      ))}
      {trend.partial.map((failure) => (
        <Partial key={failure.sha} at={frame.x(failure.x)} frame={frame} failed={failure.outcome === "failed"} />
      ))}
      {trend.breaks.map(({ x }) => (
        <rect key={x} x={fixed(frame.x(x) - 4)} y={plot.top} width="8" height={plot.height} fill={`url(#${hatch})`} />
      ))}
      <g clipPath={`url(#${clip})`} className="fill-none stroke-trace">
        <path d={tracePath(dots, trend.joins, "solid")} />
        <path d={tracePath(dots, trend.joins, "bridge")} strokeDasharray="2 3" />
      </g>
      <path
        d={samplesPath(trend, frame)}
        clipPath={`url(#${clip})`}
        className="stroke-point"
        strokeOpacity=".5"
        strokeWidth="2.4"
        strokeLinecap="round"
      />
      {trend.leftOut.map((point) => (
        <LeftOut
          key={`${point.sha} ${point.run}`}
          at={{ x: frame.x(point.x), y: frame.y(point.value) }}
          frame={frame}
        />
      ))}
      <Medians trend={trend} frame={frame} />
      {(hideLevels ? [] : trend.spans).map((span) => (
        <path
          key={`${span.from} ${span.level}`}
          d={`M${fixed(frame.x(span.from))} ${fixed(frame.y(span.level))}H${fixed(frame.x(span.to))}`}
          className="stroke-level"
          strokeWidth="2"
        />
      ))}
      {!hideLevels && <LevelLabels trend={trend} frame={frame} />}
      <EventLines events={trend.events} frame={frame} />
    </g>
  );
}

/** Every sample as a dot: lines without length, whose round ends are what is seen. One path, however many. */
function samplesPath(trend: Trend, frame: Frame): string {
  return trend.points
    .map(({ x, samples = [] }) => samples.map((value) => `M${fixed(frame.x(x))} ${fixed(frame.y(value))}h0`).join(""))
    .join("");
}

/** The medians with their spread, by what is to be said of them. */
function Medians({ trend, frame }: { trend: Trend; frame: Frame }) {
  const { spreads, medians, radius, open, outliers, slow, beyond } = dotPaths(trend, frame);
  return (
    <>
      {spreads && <path d={spreads} className="fill-none stroke-point" strokeOpacity=".55" />}
      {medians && <path d={medians} className="stroke-point" strokeWidth={2 * radius} strokeLinecap="round" />}
      {open && <path d={open} className="fill-bg stroke-point" strokeWidth="1.3" />}
      {outliers && <path d={outliers} className="fill-bg stroke-point" strokeWidth="1.2" />}
      {slow && <path d={slow} className="fill-bg stroke-warn" strokeWidth="1.3" />}
      {beyond && <path d={beyond} className="fill-point" />}
    </>
  );
}

/** What people left out: a hollow, dashed circle. Beyond the scale it stands at the edge. */
function LeftOut({ at, frame: { plot } }: { at: { x: number; y: number }; frame: Frame }) {
  const y = Math.min(plot.bottom - 3, Math.max(plot.top + 3, at.y));
  return (
    <circle
      cx={fixed(at.x)}
      cy={fixed(y)}
      r="3.4"
      className="fill-none stroke-ink-3"
      strokeWidth="1.2"
      strokeDasharray="2 1.6"
      data-testid="left-out"
    />
  );
}

type GapProps = { gap: { x: number; from: number; to: number }; frame: Frame; hatch: string; failed: boolean };

/** Nothing passed here: a hatched column, with a cross for failed and a dash for skipped. Never a zero. */
function Gap({ gap, frame, hatch, failed }: GapProps) {
  const { plot } = frame;
  const y = plot.bottom - 5;
  const { left, width, middle: at } = gapColumn(gap, frame);
  return (
    <g>
      <rect x={fixed(left)} y={plot.top} width={fixed(width)} height={plot.height} fill={`url(#${hatch})`} />
      <path
        d={failed ? `M${fixed(at - 3)} ${y - 3}l6 6m0-6l-6 6` : `M${fixed(at - 3.5)} ${y}h7`}
        className="fill-none stroke-warn"
        strokeWidth="1.5"
      />
    </g>
  );
}

/** Some runs passed here and others did not: a small cross (or dash) at the foot, beside the point of those that did. */
function Partial({ at, frame: { plot }, failed }: { at: number; frame: Frame; failed: boolean }) {
  const y = plot.bottom - 4;
  return (
    <path
      d={failed ? `M${fixed(at - 2)} ${y - 2}l4 4m0-4l-4 4` : `M${fixed(at - 2.5)} ${y}h5`}
      className="fill-none stroke-warn"
      strokeWidth="1.2"
    />
  );
}

const LABEL =
  "fill-ink stroke-bg text-label font-medium [paint-order:stroke] [stroke-linejoin:round] [stroke-width:3px]";

function LevelLabels({ trend, frame }: { trend: Trend; frame: Frame }) {
  return levelLabels(trend, frame).map(({ span, x, y, anchor }) => (
    <text key={`${span.from} ${span.level}`} x={fixed(x)} y={fixed(y)} textAnchor={anchor} className={LABEL}>
      {formatValue(span.level, trend.scale)}
    </text>
  ));
}

/** Notes on the time axis: a dotted line, a double one for a border. */
export function EventLines({ events, frame }: { events: Trend["events"]; frame: Frame }) {
  const { plot } = frame;
  return (
    <>
      {events.map(({ x, text, border }) => {
        const at = frame.x(x);
        return (
          <g key={`${x} ${text}`}>
            <title>{text}</title>
            {border ? (
              <path
                d={`M${fixed(at - 1.5)} ${plot.top}V${plot.bottom}M${fixed(at + 1.5)} ${plot.top}V${plot.bottom}`}
                className="stroke-ink-2"
              />
            ) : (
              <path d={`M${fixed(at)} ${plot.top}V${plot.bottom}`} className="stroke-cross" strokeDasharray="1 2" />
            )}
          </g>
        );
      })}
    </>
  );
}
