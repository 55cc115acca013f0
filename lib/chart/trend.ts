import { MINUS } from "@/lib/format/number";
import { type Scale, scaleFor } from "@/lib/format/unit";
import type { ChangepointDirection, Json } from "@/lib/model/words";
import { sortedQuantile, type YDomain, type YScale, yDomain } from "./domain";
import { type LevelSpan, levelSpans } from "./levels";
import { type Join, joins, usualStep } from "./pieces";
import { thin } from "./thin";
import { linearTicks, logTicks } from "./ticks";

/** What counts on the x axis: first-parent order, or the commit date in ms. */
export type XKind = "commits" | "time";

type Dated = { position: number; committedAt: string | null };

export type TrendPoint = Dated & {
  sha: string;
  pullRequest: number | null;
  value: number;
  min: number;
  max: number;
  runs: number;
  n: number;
  track: number;
  open: boolean;
  outlier: boolean;
  /** All of its runs were slow as a whole: detection leaves it out. */
  slow?: boolean;
  /** Every sample, where they were asked for. */
  samples?: readonly number[];
};

export type TrendSegment = { first: number; last: number; track: number; level: number; lo: number; hi: number };

export type TrendChange = {
  sha: string;
  position: number;
  direction: ChangepointDirection;
  change: number | null;
  difference: number;
  state: "provisional" | "confirmed";
  pointsAfter: number;
  needsPoints: number;
  shift: number | null;
  /** Somebody marked it, or moved it here. */
  byHand?: { actor: string } | null;
};

/** What people left out: drawn hollow, part of no trace, level or scale. */
export type TrendLeftOut = Dated & { sha: string; value: number; run: string };

export type TrendFailure = Dated & { sha: string; outcome: "failed" | "skipped"; runs: number; error: string | null };

/** A line as a chart needs it; values in `unit`. */
export type TrendSeries = {
  unit: string;
  points: readonly TrendPoint[];
  segments: readonly TrendSegment[];
  changepoints: readonly TrendChange[];
  failures?: readonly TrendFailure[];
  leftOut?: readonly TrendLeftOut[];
  tracks?: readonly { track: number; version: string; facts: Json }[];
  /** Where nothing before is compared with what follows, and what was crossed; left out: told from the tracks. */
  breaks?: readonly { position: number; why: "version" | "facts" | "event"; text: string }[];
  events?: readonly { text: string; border: boolean; position: number | null; at: string | null }[];
};

export type Drawn<T> = T & { x: number };

/** What is drawn of a line, in data coordinates: x as the axis counts, y in the metric's unit. */
export type Trend = {
  y: YDomain;
  scale: Scale;
  ticks: { value: number; label: string }[];
  points: Drawn<TrendPoint>[];
  /** Between neighbours in `points`. */
  joins: Join[];
  spans: LevelSpan[];
  changes: Drawn<TrendChange>[];
  leftOut: Drawn<TrendLeftOut>[];
  /** Columns where nothing passed, with the edges of the hatching. */
  gaps: (Drawn<TrendFailure> & { from: number; to: number })[];
  /** Commits at which some runs passed and others did not. */
  partial: Drawn<TrendFailure>[];
  /** Where version or facts changed: nothing is compared across. */
  breaks: { x: number; text: string }[];
  events: { x: number; text: string; border: boolean }[];
};

/** More points than twice this are thinned to the highest and lowest of each column, of which there are so many. */
const COLUMNS = 600;

/** The place of something on the axis; null where the axis is time and no date is known. */
export function placeOf({ position, committedAt }: Dated, kind: XKind): number | null {
  if (kind === "commits") return position;
  const at = committedAt === null ? Number.NaN : Date.parse(committedAt);
  return Number.isNaN(at) ? null : at;
}

type Domain = readonly [number, number];

/** The trend of one line inside `domain`, which is in the axis' own terms. O(n log n). */
export function trendOf(series: TrendSeries, kind: XKind, domain: Domain, yScale: YScale, height: number): Trend {
  return trendsOf([series], kind, domain, yScale, height)[0] as Trend;
}

/** The trends of several lines of one metric in one chart: they share y axis, scale and ticks. Same order as `lines`. */
export function trendsOf(
  lines: readonly TrendSeries[],
  kind: XKind,
  domain: Domain,
  yScale: YScale,
  height: number,
): Trend[] {
  const laid = lines.map((series) => laidOut(series, kind, domain));
  const levels = laid.flatMap(({ spans }) => spans.map(({ level }) => level));
  const values = laid.flatMap(({ visible }) =>
    visible.filter(({ x }) => x >= domain[0] && x <= domain[1]).flatMap(({ value, samples }) => samples ?? value),
  );
  const y = yDomain(values, levels, yScale);
  const scale = scaleFor([...levels, ...values], lines[0]?.unit ?? "");
  const axis = { y, scale, ticks: ticksOf(y, scale, height) };
  return laid.map((one) => drawn(one, axis, kind, domain));
}

/** The trend of one line on a y axis that other charts have as well. */
export function trendOn(series: TrendSeries, kind: XKind, domain: Domain, y: YDomain, height: number): Trend {
  const scale = scaleFor([y.lo, y.hi], series.unit);
  return drawn(laidOut(series, kind, domain), { y, scale, ticks: ticksOf(y, scale, height) }, kind, domain);
}

type LaidOut = {
  series: TrendSeries;
  placed: Drawn<TrendPoint>[];
  places: Map<number, number>;
  visible: Drawn<TrendPoint>[];
  spans: LevelSpan[];
};

function laidOut(series: TrendSeries, kind: XKind, domain: Domain): LaidOut {
  const placed = placedBy(series.points, kind);
  const places = new Map(placed.map((point) => [point.position, point.x]));
  const segments = segmentsOn(series.segments, places);
  return { series, placed, places, visible: withNeighbours(placed, domain), spans: levelSpans(segments, domain) };
}

function drawn(
  { series, placed, places, visible, spans }: LaidOut,
  axis: Pick<Trend, "y" | "scale" | "ticks">,
  kind: XKind,
  domain: Domain,
): Trend {
  const changes = series.changepoints.flatMap((change) => {
    const x = places.get(change.position);
    return x !== undefined && x >= domain[0] && x <= domain[1] ? [{ ...change, x }] : [];
  });
  const points = thinned(visible, changes);
  const failures = placedBy(series.failures ?? [], kind);
  const failed = failures.filter(({ position }) => !places.has(position));
  const failedAt = new Set(failed.map(({ position }) => position));
  return {
    ...axis,
    points,
    joins: joins(points, [...failedAt], usualStep(placed) * Math.max(1, visible.length / Math.max(1, points.length))),
    spans,
    changes,
    leftOut: placedBy(series.leftOut ?? [], kind).filter(({ x }) => x >= domain[0] && x <= domain[1]),
    gaps: gapsOf(failed, placed, domain),
    partial: failures.filter(({ position, x }) => places.has(position) && x >= domain[0] && x <= domain[1]),
    breaks: series.breaks ? breaksAt(series.breaks, placed, domain) : breaksOf(points, series.tracks ?? []),
    events: eventsOf(series, kind, places, domain),
  };
}

function placedBy<T extends Dated>(items: readonly T[], kind: XKind): Drawn<T>[] {
  const placed = items.flatMap((item) => {
    const x = placeOf(item, kind);
    return x === null ? [] : [{ ...item, x }];
  });
  return kind === "commits" ? placed : placed.sort((a, b) => a.x - b.x);
}

/** Points in the domain and the next one on either side, so that the trace runs to the edge. */
function withNeighbours(points: Drawn<TrendPoint>[], [from, to]: readonly [number, number]): Drawn<TrendPoint>[] {
  const first = points.findIndex(({ x }) => x >= from);
  if (first < 0) return points.slice(-1);
  const last = points.findLastIndex(({ x }) => x <= to);
  return points.slice(Math.max(0, first - 1), last + 2);
}

function thinned(points: Drawn<TrendPoint>[], changes: readonly TrendChange[]): Drawn<TrendPoint>[] {
  const steps = new Set(changes.map(({ position }) => position));
  const keep = points.flatMap((point, i) => (steps.has(point.position) ? [i - 1, i] : []));
  return thin(points, COLUMNS, keep).map((i) => points[i] as Drawn<TrendPoint>);
}

/** Segments on the axis; an end whose point is not drawn (cut off by a window) lies at the axis' own end. */
function segmentsOn(segments: readonly TrendSegment[], places: ReadonlyMap<number, number>): TrendSegment[] {
  const all = [...places.values()];
  const [least, most] = [
    all.reduce((a, b) => Math.min(a, b), Infinity),
    all.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  return segments.map((segment) => ({
    ...segment,
    first: places.get(segment.first) ?? least,
    last: places.get(segment.last) ?? most,
  }));
}

function ticksOf(y: YDomain, scale: Scale, height: number): Trend["ticks"] {
  const [lo, hi] = [y.lo / scale.factor, y.hi / scale.factor];
  const target = Math.max(1, Math.round(height / 72));
  const { values, decimals } = y.log ? logTicks(lo, hi, target) : linearTicks(lo, hi, target);
  const top = values.length - 1;
  return values.map((value, i) => ({
    value: value * scale.factor,
    label: `${tickText(value, y.log ? null : decimals)}${i === top && scale.unit ? `\u00a0${scale.unit}` : ""}`,
  }));
}

/** Large plain numbers keep their power of ten apart, so that no label is longer than its gutter. */
function tickText(value: number, decimals: number | null): string {
  const size = Math.abs(value);
  const text =
    size >= 1e6 || (size > 0 && size < 1e-5)
      ? size.toExponential().replace(/e\+?/, "e")
      : decimals === null
        ? String(size)
        : size.toFixed(decimals);
  return (value < 0 ? MINUS : "") + text;
}

function gapsOf(failed: Drawn<TrendFailure>[], placed: Drawn<TrendPoint>[], [from, to]: readonly [number, number]) {
  const spread = typicalStep(placed) / 2;
  return failed
    .filter(({ x }) => x >= from && x <= to)
    .map((failure) => {
      const before = placed.findLast(({ x }) => x < failure.x)?.x ?? failure.x - 2 * spread;
      const after = placed.find(({ x }) => x > failure.x)?.x ?? failure.x + 2 * spread;
      return {
        ...failure,
        from: Math.max(failure.x - spread, (before + failure.x) / 2),
        to: Math.min(failure.x + spread, (after + failure.x) / 2),
      };
    });
}

function typicalStep(placed: readonly { x: number }[]): number {
  const steps = placed.slice(1).map(({ x }, i) => x - (placed[i]?.x ?? x));
  steps.sort((a, b) => a - b);
  return steps.length > 0 ? sortedQuantile(steps, 0.5) : 1;
}

/** Breaks as the server tells them, half-way between the points on either side. A border is drawn as the event that it is. */
function breaksAt(
  breaks: NonNullable<TrendSeries["breaks"]>,
  placed: Drawn<TrendPoint>[],
  [from, to]: readonly [number, number],
): Trend["breaks"] {
  const texts = new Map<number, string[]>();
  for (const { position, why, text } of breaks) {
    const at = placed.findIndex((point) => point.position === position);
    const [before, here] = [placed[at - 1], placed[at]];
    const x = before && here && (before.x + here.x) / 2;
    if (x === undefined || why === "event" || x < from || x > to) continue;
    texts.set(x, [...(texts.get(x) ?? []), text]);
  }
  return [...texts].map(([x, told]) => ({ x, text: told.join(", ") }));
}

function breaksOf(points: Drawn<TrendPoint>[], tracks: NonNullable<TrendSeries["tracks"]>): Trend["breaks"] {
  return points.slice(1).flatMap((point, i) => {
    const before = points[i] as Drawn<TrendPoint>;
    if (before.track === point.track) return [];
    const [old, now] = [before.track, point.track].map((track) => tracks.find((one) => one.track === track));
    return [{ x: (before.x + point.x) / 2, text: old && now ? whatChanged(old, now) : "environment changed" }];
  });
}

type Track = NonNullable<TrendSeries["tracks"]>[number];

/** "version 1 → 2", "memory 3 GiB → 4 GiB": the first thing that differs, and how many more do. */
export function whatChanged(old: Track, now: Track): string {
  if (old.version !== now.version) return `version ${old.version || "none"} → ${now.version || "none"}`;
  const [before, after] = [factsOf(old.facts), factsOf(now.facts)];
  const differing = [...before.keys()].filter((key) => after.has(key) && after.get(key) !== before.get(key));
  const [first, ...more] = differing;
  if (first === undefined) return "environment changed";
  const also = more.length > 0 ? ` and ${more.length} more` : "";
  return `${first} ${before.get(first)} → ${after.get(first)}${also}`;
}

function factsOf(facts: Json): Map<string, string> {
  if (facts === null || typeof facts !== "object" || Array.isArray(facts)) return new Map();
  const text = (value: Json) => (typeof value === "string" ? value : JSON.stringify(value));
  return new Map(Object.entries(facts).map(([key, value]) => [key, text(value)]));
}

function eventsOf(
  series: TrendSeries,
  kind: XKind,
  places: ReadonlyMap<number, number>,
  [from, to]: readonly [number, number],
): Trend["events"] {
  return (series.events ?? []).flatMap(({ text, border, position, at }) => {
    const x = position === null ? timeOnAxis(series.points, kind, at) : placeOfPosition(position, kind, places);
    return x !== null && x >= from && x <= to ? [{ x, text, border }] : [];
  });
}

function placeOfPosition(position: number, kind: XKind, places: ReadonlyMap<number, number>): number | null {
  return places.get(position) ?? (kind === "commits" ? position : null);
}

/** A time on the axis of commits: before the first commit that is not older. */
function timeOnAxis(points: readonly TrendPoint[], kind: XKind, at: string | null): number | null {
  if (at === null) return null;
  if (kind === "time") return Date.parse(at);
  const next = points.find(({ committedAt }) => committedAt !== null && committedAt >= at);
  return next ? next.position - 0.5 : null;
}
