import { dateTicks, monthsBetween } from "@/lib/chart/dates";
import type { YScale } from "@/lib/chart/domain";
import { type Flag, placeFlags } from "@/lib/chart/flags";
import { type Frame, frameOf } from "@/lib/chart/frame";
import { fixed } from "@/lib/chart/paths";
import { placeReleases } from "@/lib/chart/releases";
import { placeOf, type Trend, type TrendChange, type TrendSeries, trendOf, type XKind } from "@/lib/chart/trend";
import { metricLabel, paramsLabel } from "@/lib/format/name";
import { NBSP, plural } from "@/lib/format/number";
import { formatDate, formatRange, shortSha } from "@/lib/format/time";
import { formatScaled, formatValue, type Scale } from "@/lib/format/unit";
import { toneOf, wayOf } from "@/lib/format/verdict";
import type { Json } from "@/lib/model/words";
import { type Changed, changeText, intervalText } from "@/lib/shift/words";
import type { Theme } from "@/lib/urls/share";
import { AXIS_HEIGHT, drawChart, picture } from "./chart";
import { glyph, tonesOf } from "./glyph";
import { label } from "./label";
import { PALETTES, type Palette } from "./palette";
import { element, escapeText, joined, type Markup } from "./svg";
import { textWidth } from "./text";

type Change = TrendChange &
  Omit<Changed, "unit"> & { before: number; after: number; lastGood: string; firstShifted: string };

/** A series as the picture needs it: what readSeries gives. */
export type PictureSeries = Omit<TrendSeries, "changepoints"> & {
  workload: string;
  params: Json;
  metric: string;
  metricName: string | null;
  environment: string;
  branch: string;
  level: number | null;
  window: { from: number; to: number; measured: number };
  changepoints: readonly Change[];
  releases: readonly { tag: string; position: number; committedAt: string | null }[];
  months: readonly { position: number; committedAt: string }[];
};

export type SeriesPictureOptions = {
  theme: Theme;
  /** px; the drawing is laid out for it, so text keeps its size. */
  width: number;
  height: number;
  x: XKind;
  y: YScale;
};

const SIDE = 16;
const HEAD = 56;
const STRIP = 18;
const FLAGS = 22;
const ROW = 20;
/** Changepoints listed under the chart: the newest. */
const LISTED = 4;
/** Drawn twice as large as it is laid out: sharp on every screen. */
const SCALE = 2;

/** One chart as a picture: title, levels, flags with their changes, and the newest changes in figures under it. */
export function seriesPicture(series: PictureSeries, options: SeriesPictureOptions): string {
  const palette = PALETTES[options.theme];
  const { width, height } = options;
  const domain = domainOf(series, options.x);
  const listed = series.changepoints.slice(-LISTED).toReversed();
  const listHeight = listed.length > 0 ? listed.length * ROW + 12 : 10;
  const plotHeight = Math.max(80, height - HEAD - STRIP - AXIS_HEIGHT - listHeight);
  const trend = trendOf(series, options.x, domain, options.y, plotHeight);
  const size = { width: width - 2 * SIDE, height: plotHeight };
  const frame = withRoomForFlags(trend, (top) =>
    frameOf(size, domain, trend.y, { top, right: 6, bottom: 4, left: 56 }),
  );
  const foot = HEAD + STRIP + plotHeight + AXIS_HEIGHT;
  const drawn = joined([
    strip(series, options.x, frame, palette),
    at(
      0,
      STRIP,
      joined([
        drawChart({ trend, frame, palette, ticks: ticksOf(series, trend, options.x, domain, frame), id: "c" }),
        flags(trend, frame, palette),
      ]),
    ),
  ]);
  const title = `${metricLabel(series.metric, series.metricName)} of ${series.workload}`;
  return picture({ width, height: foot + listHeight, scale: SCALE, title }, palette, [
    head(series, trend, title, width, palette),
    at(SIDE, HEAD, drawn),
    ...listed.map((change, i) => changeRow(change, series.unit, trend.scale, foot + 24 + i * ROW, width, palette)),
    ...(series.points.length === 0
      ? [
          label(width / 2, HEAD + STRIP + plotHeight / 2, "Nothing was measured in this window.", {
            fill: palette["ink-3"],
            align: "middle",
          }),
        ]
      : []),
  ]);
}

const at = (x: number, y: number, inside: Markup) => element("g", { transform: `translate(${x} ${y})` }, inside);

function domainOf({ window, points }: PictureSeries, kind: XKind): [number, number] {
  if (kind === "commits") return window.to < window.from ? [0, 1] : [window.from, window.to];
  const times = points.flatMap((point) => placeOf(point, kind) ?? []).toSorted((a, b) => a - b);
  return [times[0] ?? 0, times.at(-1) ?? 1];
}

function ticksOf(series: PictureSeries, trend: Trend, kind: XKind, domain: [number, number], frame: Frame) {
  const places = trend.points.map(({ x, committedAt }) => ({ x, at: committedAt }));
  const months =
    kind === "commits"
      ? series.months.map(({ position, committedAt }) => ({ x: position, at: committedAt }))
      : monthsBetween(...domain);
  return dateTicks(months, places, domain, frame.x);
}

function head(series: PictureSeries, trend: Trend, title: string, width: number, palette: Palette): Markup {
  const { environment, branch, params, level, points, window } = series;
  const now = level === null ? "" : `${formatValue(level, trend.scale)} now`;
  const room = width - 2 * SIDE - textWidth(now, 16, "semibold") - 16;
  const [first, last] = [points[0], points.at(-1)];
  const dates = first && last ? `${formatDate(first.committedAt)} to ${formatDate(last.committedAt)}` : "";
  const ends = first && last ? `${shortSha(first.sha)} to ${shortSha(last.sha)}` : "";
  const scale = trend.y.log ? "logarithmic" : trend.y.logRefused ? "linear: a value is zero or negative" : "";
  const parts = [
    paramsLabel(params),
    environment,
    branch,
    `${plural(window.measured, "commit")} ${ends}`,
    dates,
    scale,
    "medians of runs",
  ];
  return joined([
    label(SIDE, 26, title, { size: 16, weight: "semibold", fill: palette.ink, most: room }),
    label(width - SIDE, 26, now, { size: 16, weight: "semibold", fill: palette.ink, align: "end" }),
    label(SIDE, 45, parts.filter(Boolean).join(" · "), { fill: palette["ink-3"], most: width - 2 * SIDE }),
  ]);
}

/** The releases of the window: a triangle for each, names thinned. */
function strip(series: PictureSeries, kind: XKind, frame: Frame, palette: Palette): Markup {
  const { plot } = frame;
  const placed = series.releases.flatMap((release) => {
    const x = placeOf(release, kind);
    return x === null ? [] : [{ ...release, x }];
  });
  const shown = placeReleases(placed, ({ x }) => frame.x(x) - plot.left, plot.width);
  return joined(
    shown.flatMap(({ release, x, labelled, anchor }) => [
      element(
        "path",
        { d: `M${fixed(plot.left + x)} ${STRIP}l-3-5h6z`, fill: palette["ink-3"] },
        element("title", {}, escapeText(release.tag)),
      ),
      ...(labelled ? [label(plot.left + x, 10, release.tag, { fill: palette["ink-3"], align: anchor, most: 62 })] : []),
    ]),
  );
}

const FLAG_HEIGHT = 17;
const CLUSTER_WIDTH = 76;

/** The frame with as much room on top as the rows of flags take: none hangs over the data. */
function withRoomForFlags(trend: Trend, framed: (top: number) => Frame): Frame {
  const rows = placedFlags(trend, framed(FLAGS)).map(({ row }) => row);
  return framed(FLAGS + Math.max(0, ...rows) * (FLAG_HEIGHT + 3));
}

function placedFlags(trend: Trend, { plot, x: px }: Frame) {
  const wanted = trend.changes.map(
    (change): Flag => ({ x: px(change.x) - plot.left, width: flagWidth(flagText(change, trend)) }),
  );
  return placeFlags(wanted, plot.width, CLUSTER_WIDTH);
}

const flagText = (change: TrendChange, { scale }: Trend) => changeText({ ...change, unit: scale.unit });

function flags(trend: Trend, frame: Frame, palette: Palette): Markup {
  return joined(
    placedFlags(trend, frame).flatMap(({ members, left, width, row }) => {
      const change = trend.changes[members[0] ?? 0];
      if (!change) return [];
      const place = { x: frame.plot.left + left, y: 1 + row * (FLAG_HEIGHT + 3) };
      if (members.length > 1)
        return [banner(place, width, `${members.length} changes`, palette["surface-2"], palette["ink-2"])];
      const tone = toneOf(change.direction);
      const { text, soft } = tonesOf(tone, palette);
      return [
        banner(place, width, flagText(change, trend), soft, text, 20),
        glyph(place.x + 6, place.y + 4, tone, wayOf(change.difference), text),
      ];
    }),
  );
}

const flagWidth = (text: string) => Math.ceil(textWidth(text, 12, "semibold") + 28);

function banner(
  { x, y }: { x: number; y: number },
  width: number,
  text: string,
  fill: string,
  ink: string,
  indent = 6,
): Markup {
  return joined([
    element("rect", { x, y, width, height: FLAG_HEIGHT, rx: 2, fill }),
    label(x + indent, y + 12.5, text, { weight: "semibold", fill: ink }),
  ]);
}

/** "▲ +138 % 0.945 → 2.24 s · 95 % interval +124 … +141 % · fad7f65..c53d30c · shift #14" */
function changeRow(change: Change, unit: string, scale: Scale, y: number, width: number, palette: Palette): Markup {
  const tone = toneOf(change.direction);
  const { text } = tonesOf(tone, palette);
  const interval = intervalText({ ...change, unit });
  const figures = [
    `${formatScaled(change.before, scale)} → ${formatValue(change.after, scale)}`,
    `95${NBSP}% interval ${interval ?? "cannot be told"}`,
    formatRange(change.lastGood, change.firstShifted),
    change.shift === null ? "" : `shift #${change.shift}`,
    change.state === "provisional" ? "provisional" : "",
  ];
  const left = SIDE + 56;
  return joined([
    glyph(left, y - 9, tone, wayOf(change.difference), text),
    label(left + 15, y, changeText({ ...change, unit }), { weight: "semibold", fill: text }),
    label(left + 84, y, figures.filter(Boolean).join(" · "), {
      fill: palette["ink-2"],
      most: width - left - 84 - SIDE,
    }),
  ]);
}
