import type { AxisTick } from "@/lib/chart/dates";
import type { Frame } from "@/lib/chart/frame";
import { dotRadius, gapColumn, levelLabels, MOST_DOTS } from "@/lib/chart/marks";
import { fixed, tracePath } from "@/lib/chart/paths";
import type { Drawn, Trend, TrendPoint } from "@/lib/chart/trend";
import { formatValue } from "@/lib/format/unit";
import { toneOf } from "@/lib/format/verdict";
import { tonesOf } from "./glyph";
import { label } from "./label";
import type { Palette } from "./palette";
import { element, escapeText, joined, type Markup, NOTHING } from "./svg";

/** The shaded range of a shift, in places on the axis. */
export type Shaded = { from: number; to: number; tone: "worse" | "better" | "plain" };

export type ChartDrawing = {
  trend: Trend;
  frame: Frame;
  palette: Palette;
  ticks: readonly AxisTick[];
  /** Told apart from the other charts of the picture: names of its clip path and hatching. */
  id: string;
  range?: Shaded;
};

/** px that the axis takes under the plot. */
export const AXIS_HEIGHT = 20;

/**
 * A chart as the pages draw it, from the same geometry: grid, bands, range, gaps, trace, medians with their spread,
 * levels with their values, lines of changepoints, axis. Its top left corner is at (0, 0).
 */
export function drawChart(drawing: ChartDrawing): Markup {
  const parts = [
    definitions(drawing),
    grid(drawing),
    bands(drawing),
    range(drawing),
    gaps(drawing),
    trace(drawing),
    dots(drawing),
    levels(drawing),
    changes(drawing),
    axis(drawing),
  ];
  return element("g", {}, joined(parts));
}

/** A place on the axis cut to the plot: what lies outside a window must not be drawn over the margins. */
const inPlot = (x: number, { plot }: Frame) => Math.min(plot.right, Math.max(plot.left, x));

function definitions({ frame: { plot }, palette, id }: ChartDrawing): Markup {
  const box = { x: plot.left, y: plot.top, width: plot.width, height: plot.height };
  const hatch = {
    id: `${id}-hatch`,
    width: 6,
    height: 6,
    patternUnits: "userSpaceOnUse",
    patternTransform: "rotate(45)",
  };
  const stroke = { d: "M0 0V6", stroke: palette["line-strong"], "stroke-width": 1.5 };
  return element(
    "defs",
    {},
    element("clipPath", { id: `${id}-clip` }, element("rect", box)),
    element("pattern", hatch, element("path", stroke)),
  );
}

function grid({ trend, frame, palette }: ChartDrawing): Markup {
  const { plot } = frame;
  return joined(
    trend.ticks.flatMap(({ value, label: text }) => {
      const y = frame.y(value);
      if (y < plot.top - 1 || y > plot.bottom + 1) return [];
      return [
        element("path", { d: `M${plot.left} ${fixed(y)}H${plot.right}`, stroke: palette.grid }),
        label(plot.left - 8, y + 4, text, { fill: palette["ink-3"], align: "end" }),
      ];
    }),
  );
}

function bands({ trend, frame, palette }: ChartDrawing): Markup {
  const { y } = trend;
  return joined(
    trend.spans.map(({ from, to, lo, hi }) => {
      const [left, right] = [inPlot(frame.x(from), frame), inPlot(frame.x(to), frame)];
      const [top, bottom] = [frame.y(Math.min(hi, y.hi)), frame.y(Math.max(lo, y.lo))];
      return element("rect", {
        x: left,
        y: top,
        width: right - left,
        height: Math.max(0, bottom - top),
        fill: palette.band,
      });
    }),
  );
}

function range({ range: shaded, frame, palette }: ChartDrawing): Markup {
  if (!shaded) return NOTHING;
  const [left, right] = [inPlot(frame.x(shaded.from), frame), inPlot(frame.x(shaded.to), frame)];
  const fill = shaded.tone === "plain" ? palette.select : palette[`range-${shaded.tone}`];
  return element("rect", { x: left, y: frame.plot.top, width: right - left, height: frame.plot.height, fill });
}

function gaps({ trend, frame, palette, id }: ChartDrawing): Markup {
  const { plot } = frame;
  const hatched = (x: number, width: number) =>
    element("rect", { x, y: plot.top, width, height: plot.height, fill: `url(#${id}-hatch)` });
  const failed = trend.gaps.flatMap((gap) => {
    const { left, width, middle } = gapColumn(gap, frame);
    const y = plot.bottom - 5;
    const sign =
      gap.outcome === "failed" ? `M${fixed(middle - 3)} ${y - 3}l6 6m0-6l-6 6` : `M${fixed(middle - 3.5)} ${y}h7`;
    return [
      hatched(left, width),
      element("path", { d: sign, fill: "none", stroke: palette.warn, "stroke-width": 1.5 }),
    ];
  });
  return joined([...failed, ...trend.breaks.map(({ x }) => hatched(frame.x(x) - 4, 8))]);
}

function trace({ trend, frame, palette, id }: ChartDrawing): Markup {
  const dotsOf = trend.points.map(({ x, value }) => ({ x: frame.x(x), y: frame.y(value) }));
  const line = (kind: "solid" | "bridge") => {
    const d = tracePath(dotsOf, trend.joins, kind);
    return d ? element("path", { d, "stroke-dasharray": kind === "bridge" ? "2 3" : null }) : NOTHING;
  };
  const look = { "clip-path": `url(#${id}-clip)`, fill: "none", stroke: palette.trace };
  return element("g", look, line("solid"), line("bridge"));
}

function dots({ trend, frame, palette }: ChartDrawing): Markup {
  const radius = dotRadius(trend, frame);
  const hasDots = trend.points.length <= MOST_DOTS;
  return joined(trend.points.map((point) => dot(point, frame, palette, radius, hasDots)));
}

function dot(point: Drawn<TrendPoint>, frame: Frame, palette: Palette, radius: number, isDrawn: boolean): Markup {
  const { plot } = frame;
  const [x, y] = [frame.x(point.x), frame.y(point.value)];
  if (x < plot.left - 1 || x > plot.right + 1) return NOTHING;
  if (y < plot.top) return element("path", { d: `M${fixed(x)} ${plot.top - 5}l3.2 5h-6.4z`, fill: palette.point });
  if (y > plot.bottom)
    return element("path", { d: `M${fixed(x)} ${plot.bottom + 5}l3.2-5h-6.4z`, fill: palette.point });
  if (!isDrawn) return NOTHING;
  const [top, bottom] = [Math.max(plot.top, frame.y(point.max)), Math.min(plot.bottom, frame.y(point.min))];
  const spread =
    bottom - top > 1
      ? element("path", {
          d: `M${fixed(x)} ${fixed(top)}V${fixed(bottom)}`,
          stroke: palette.point,
          "stroke-opacity": 0.55,
        })
      : NOTHING;
  return joined([spread, median(point, x, y, radius, palette)]);
}

function median(point: TrendPoint, x: number, y: number, r: number, palette: Palette): Markup {
  if (point.slow) {
    const side = 2 * r + 0.8;
    const box = { x: x - side / 2, y: y - side / 2, width: side, height: side };
    return element("rect", { ...box, fill: palette.bg, stroke: palette.warn, "stroke-width": 1.3 });
  }
  if (point.outlier) {
    const half = fixed(r + 1.6);
    const d = `M${fixed(x)} ${fixed(y - r - 1.6)}l${half} ${half}l-${half} ${half}l-${half} -${half}z`;
    return element("path", { d, fill: palette.bg, stroke: palette.point, "stroke-width": 1.2 });
  }
  return point.open
    ? element("circle", { cx: x, cy: y, r: r + 0.6, fill: palette.bg, stroke: palette.point, "stroke-width": 1.3 })
    : element("circle", { cx: x, cy: y, r, fill: palette.point });
}

function levels({ trend, frame, palette }: ChartDrawing): Markup {
  const lines = trend.spans.map(({ from, to, level }) => {
    const y = fixed(frame.y(level));
    const d = `M${fixed(inPlot(frame.x(from), frame))} ${y}H${fixed(inPlot(frame.x(to), frame))}`;
    return element("path", { d, stroke: palette.level, "stroke-width": 2 });
  });
  const values = levelLabels(trend, frame).map(({ span, x, y, anchor }) =>
    label(x, y, formatValue(span.level, trend.scale), {
      fill: palette.ink,
      weight: "semibold",
      align: anchor,
      halo: palette.bg,
    }),
  );
  return joined([...lines, ...values]);
}

function changes({ trend, frame, palette }: ChartDrawing): Markup {
  const { plot } = frame;
  return joined(
    trend.changes.map((change) =>
      element("path", {
        d: `M${fixed(frame.x(change.x))} ${plot.top}V${plot.bottom}`,
        stroke: tonesOf(toneOf(change.direction), palette).mark,
        "stroke-dasharray": change.state === "provisional" ? "3 2" : null,
      }),
    ),
  );
}

/** The axis of dates under the plot. */
function axis({ ticks, frame, palette }: ChartDrawing): Markup {
  const { plot, height } = frame;
  const base = element("path", { d: `M${plot.left} ${height + 0.5}H${plot.right}`, stroke: palette["line-strong"] });
  const marks = ticks.flatMap(({ x, label: text }) => {
    const at = frame.x(x);
    const align = at < plot.left + 24 ? "start" : at > plot.right - 24 ? "end" : "middle";
    return [
      element("path", { d: `M${fixed(at)} ${height}v5`, stroke: palette["line-strong"] }),
      label(at, height + 17, text, { fill: palette["ink-3"], align }),
    ];
  });
  return joined([base, ...marks]);
}

/** The whole picture: `width` by `height` px of drawing, shown `scale` times as large. Told to screen readers by `title`. */
export function picture(
  { width, height, scale, title }: { width: number; height: number; scale: number; title: string },
  palette: Palette,
  parts: readonly Markup[],
): string {
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width: width * scale,
      height: height * scale,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
    },
    element("title", {}, escapeText(title)),
    element("rect", { width, height, fill: palette.bg }),
    ...parts,
  );
}
