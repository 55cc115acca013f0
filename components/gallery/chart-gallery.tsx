"use client";
import { useMemo } from "react";
import { Brush } from "@/components/charts/brush";
import { type AxisCommit, createChartStore } from "@/components/charts/chart-store";
import { Crosshair } from "@/components/charts/crosshair";
import { DateAxis } from "@/components/charts/date-axis";
import { Flags } from "@/components/charts/flags";
import { Ghosts } from "@/components/charts/ghosts";
import { ReleaseStrip } from "@/components/charts/release-strip";
import { changeColour, type ShadedRange, TrendChart } from "@/components/charts/trend-chart";
import { dateTicks, monthsBetween } from "@/lib/chart/dates";
import { frameOf } from "@/lib/chart/frame";
import { type TrendSeries, trendOf } from "@/lib/chart/trend";
import { Specimen } from "./specimen";
import { CHART_STATES, type ChartState, dateAt } from "./specimens";

const WIDTH = 328;
const HEIGHT = 132;

type Over = {
  hover?: number;
  drag?: { from: number; to: number };
  pins?: number[];
  ghost?: number;
  range?: ShadedRange;
};

/** The trend chart in every state, and what lies over and under it. */
export function ChartGallery() {
  const [step] = CHART_STATES;
  if (!step) return null;
  const with_ = (title: string, text: string, over: Over) => ({ ...step, title, text, over });
  const states: (ChartState & { over?: Over })[] = [
    ...CHART_STATES,
    with_("Crosshair", "Under the pointer; shared by the charts of a page.", { hover: 12 }),
    with_("Drag to zoom", "Selects on every chart of the page.", { drag: { from: 14, to: 26 } }),
    with_("Two pinned points", "Accent lines; the card offers the comparison.", { pins: [8, 30] }),
    with_("Another sensitivity", "Dashed: what would be told.", { ghost: 9 }),
    with_("Range of a shift", "Shaded in the direction of the series.", { range: { from: 17, to: 20, tone: "worse" } }),
  ];
  return (
    <>
      {states.map(({ title, text, over, ...state }) => (
        <Specimen key={title} title={title} text={text}>
          <OneChart state={{ title, text, ...state }} over={over ?? {}} />
        </Specimen>
      ))}
      <Specimen title="Release strip, axis and brush" text="Names thinned; the brush shows the whole history.">
        <Around series={step.series} />
      </Specimen>
    </>
  );
}

const commitAt = (position: number, series: TrendSeries): AxisCommit | null => {
  const found = series.points.find((one) => one.position === position);
  return found ? { ...found, x: found.position } : null;
};

function OneChart({ state: { series, domain, y, title }, over }: { state: ChartState; over: Over }) {
  const trend = useMemo(() => trendOf(series, "commits", domain, y, HEIGHT), [series, domain, y]);
  const frame = frameOf({ width: WIDTH, height: HEIGHT }, domain, trend.y);
  const store = useMemo(() => {
    const made = createChartStore();
    made.set({ hover: over.hover === undefined ? null : commitAt(over.hover, series), drag: over.drag ?? null });
    return made;
  }, [over, series]);
  const points = new Map(trend.points.map((one) => [one.sha, one]));
  const pins = (over.pins ?? []).flatMap((at) => commitAt(at, series) ?? []);
  return (
    <div className="relative" style={{ width: WIDTH, height: HEIGHT }}>
      <TrendChart trend={trend} frame={frame} label={title} range={over.range} hideLines={over.range !== undefined} />
      {over.ghost !== undefined && <Ghosts ghosts={[{ sha: "ghost", x: over.ghost, text: "+4.2 %" }]} frame={frame} />}
      <Crosshair frame={frame} store={store} points={points} pins={pins} />
      <Flags
        changes={trend.changes}
        scale={trend.scale}
        frame={frame}
        store={store}
        metric={title}
        urlOf={() => null}
      />
      {[...trend.breaks, ...trend.events].map(({ x, text }) => (
        <span
          key={`${x} ${text}`}
          style={{ left: frame.x(x) }}
          className="absolute top-0 -translate-x-1/2 bg-bg px-1 text-label text-ink-2"
        >
          {text}
        </span>
      ))}
      {trend.y.log === false && y === "log" && (
        <span className="absolute right-2 bottom-1 text-label text-warn">linear: there are zeros</span>
      )}
    </div>
  );
}

function Around({ series }: { series: TrendSeries }) {
  const domain = [0, 39] as const;
  const trend = trendOf(series, "commits", domain, "fit", HEIGHT);
  const frame = frameOf({ width: WIDTH, height: HEIGHT }, domain, trend.y);
  const brush = frameOf({ width: WIDTH, height: 38 }, domain, trend.y, { top: 0, right: 8, bottom: 0, left: 56 });
  const dated = series.points.map(({ position, committedAt }) => ({ x: position, at: committedAt }));
  const months = monthsBetween(Date.parse(dateAt(0)), Date.parse(dateAt(39))).flatMap(({ at }) => {
    const first = dated.find((one) => one.at !== null && at !== null && one.at >= at);
    return first ? [{ x: first.x, at }] : [];
  });
  const ticks = dateTicks(months, dated, domain, frame.x);
  const releases = [4, 7, 12, 20, 24, 33].map((x) => ({ tag: `2023.${x}.0`, x }));
  return (
    <div style={{ width: WIDTH }}>
      <ReleaseStrip releases={releases} frame={frame} />
      <DateAxis ticks={ticks} frame={frame} />
      <Brush
        frame={brush}
        points={series.points.map(({ position, value }) => ({ x: position, value }))}
        changes={series.changepoints.map((one) => ({ x: one.position, colour: changeColour(one) }))}
        ticks={ticks}
        window={{ from: 12, to: 30 }}
        onChange={() => undefined}
        onReset={() => undefined}
      />
    </div>
  );
}
