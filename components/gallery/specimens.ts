import type { TrendChange, TrendPoint, TrendSegment, TrendSeries } from "@/lib/chart/trend";

/** A state of a chart with the words that explain it. `drawn` null: nothing is drawn yet. */
export type ChartState = {
  title: string;
  text: string;
  series: TrendSeries;
  domain: readonly [number, number];
  y: "fit" | "zero" | "log";
};

const DAY = 86_400_000;
const START = Date.UTC(2023, 0, 1);

/** A sha that looks like one; the same for the same place. */
const shaAt = (place: number) => ((place + 1) * 2_654_435_761).toString(16).padStart(10, "0").slice(-10);

export const dateAt = (place: number) => new Date(START + place * 2 * DAY).toISOString();

/** Noise between -1 and 1 that is the same at every look, on server and browser: whole numbers only. */
export const noise = (place: number) => (((place + 1) * 7919 * (place + 13)) % 2003) / 1001.5 - 1;

export function point(position: number, level: number, change: Partial<TrendPoint> = {}): TrendPoint {
  const value = level * (1 + 0.02 * noise(position));
  return {
    position,
    sha: shaAt(position),
    committedAt: dateAt(position),
    pullRequest: 7000 + position,
    value,
    min: value * 0.985,
    max: value * 1.02,
    runs: 3,
    n: 9,
    track: 0,
    open: false,
    outlier: false,
    ...change,
  };
}

export const segment = (first: number, last: number, level: number, track = 0): TrendSegment => ({
  first,
  last,
  track,
  level,
  lo: level * 0.98,
  hi: level * 1.02,
});

export function change(position: number, before: number, after: number, rest: Partial<TrendChange> = {}): TrendChange {
  return {
    position,
    sha: shaAt(position),
    direction: after > before ? "regression" : "improvement",
    change: after / before - 1,
    difference: after - before,
    state: "confirmed",
    pointsAfter: 20,
    needsPoints: 0,
    shift: 1,
    ...rest,
  };
}

const places = (count: number, from = 0) => Array.from({ length: count }, (_, at) => from + at);
const whole = [0, 39] as const;
const stepped = (): TrendSeries => ({
  unit: "s",
  points: places(40).map((at) => point(at, at < 20 ? 1.2 : 1.375)),
  segments: [segment(0, 19, 1.2), segment(20, 39, 1.375)],
  changepoints: [change(20, 1.2, 1.375)],
});
const level = (unit = "s", value = 1.2): TrendSeries => ({
  unit,
  points: places(40).map((at) => point(at, value)),
  segments: [segment(0, 39, value)],
  changepoints: [],
});

const failed = (position: number, outcome: "failed" | "skipped" = "failed") => ({
  position,
  sha: shaAt(position),
  committedAt: dateAt(position),
  outcome,
  runs: 2,
  error: outcome === "failed" ? "KilledWorker" : null,
});

/** Every state of the trend chart. */
export const CHART_STATES: ChartState[] = [
  { title: "A regression", text: "Flag with sign, filled glyph.", series: stepped(), domain: whole, y: "fit" },
  {
    title: "An improvement",
    text: "Flag with sign, hollow glyph.",
    series: {
      unit: "MiB",
      points: places(40).map((at) => point(at, at < 20 ? 504 : 400)),
      segments: [segment(0, 19, 504), segment(20, 39, 400)],
      changepoints: [change(20, 504, 400)],
    },
    domain: whole,
    y: "fit",
  },
  {
    title: "Without a good direction",
    text: "Rose: an arrow, no colour of a verdict.",
    series: { ...stepped(), unit: "tasks", changepoints: [change(20, 1.2, 1.375, { direction: "rose" })] },
    domain: whole,
    y: "fit",
  },
  { title: "Quiet", text: "One level, its spread, no change.", series: level(), domain: whole, y: "fit" },
  {
    title: "Gap for a failure",
    text: "Hatched column, cross at the foot, the line breaks. Never a zero, never joined.",
    series: { ...level(), points: level().points.filter(({ position }) => position !== 18), failures: [failed(18)] },
    domain: whole,
    y: "fit",
  },
  {
    title: "Skipped",
    text: "The run left the workload out: the column without the cross.",
    series: {
      ...level(),
      points: level().points.filter(({ position }) => position !== 18),
      failures: [failed(18, "skipped")],
    },
    domain: whole,
    y: "fit",
  },
  {
    title: "Commits not measured",
    text: "Neighbours in the usual step are joined; a longer step is a dotted bridge.",
    series: { ...level(), points: level().points.filter(({ position }) => position < 14 || position > 24) },
    domain: whole,
    y: "fit",
  },
  {
    title: "Provisional changepoint",
    text: "Two points after the step, more confirm it: dashed, hollow, tells nobody yet.",
    series: {
      unit: "s",
      points: places(40).map((at) => point(at, at < 38 ? 1 : 2.4)),
      segments: [segment(0, 37, 1), segment(38, 39, 2.4)],
      changepoints: [change(38, 1, 2.4, { state: "provisional", pointsAfter: 2, needsPoints: 2, shift: null })],
    },
    domain: whole,
    y: "fit",
  },
  {
    title: "Outlier outside the scale",
    text: "A triangle at the edge; Zero or a zoom shows it in place.",
    series: {
      ...level(),
      points: level().points.map((one) =>
        one.position === 25 ? { ...one, value: 3.1, min: 3, max: 3.2, outlier: true } : one,
      ),
    },
    domain: whole,
    y: "fit",
  },
  {
    title: "Open point",
    text: "Its runs disagree by more than half: detection leaves it out.",
    series: {
      ...level(),
      points: level().points.map((one) =>
        one.position === 12 ? { ...one, min: one.value * 0.96, max: one.value * 1.06, open: true } : one,
      ),
    },
    domain: whole,
    y: "fit",
  },
  {
    title: "Slow as a whole",
    text: "Every workload of these runs was slow: not the code.",
    series: {
      ...level(),
      points: level().points.map((one) =>
        one.position === 30 ? { ...one, value: 1.24, min: 1.23, max: 1.25, slow: true } : one,
      ),
    },
    domain: whole,
    y: "fit",
  },
  {
    title: "Event, as a border",
    text: "A double line: neither detection nor comparison crosses it.",
    series: { ...level(), events: [{ text: "Data set changed", border: true, position: 22, at: dateAt(22) }] },
    domain: whole,
    y: "fit",
  },
  {
    title: "Event, as a note",
    text: "A single dotted line.",
    series: { ...level(), events: [{ text: "New kernel", border: false, position: 12, at: dateAt(12) }] },
    domain: whole,
    y: "fit",
  },
  {
    title: "Environment changed",
    text: "Changed facts under one name break trace, level and band.",
    series: {
      unit: "MiB",
      points: places(40).map((at) => point(at, 390, { track: at < 20 ? 0 : 1 })),
      segments: [segment(0, 19, 390, 0), segment(20, 39, 390, 1)],
      changepoints: [],
      breaks: [{ position: 20, why: "facts", text: "memory 3 → 4 GiB" }],
    },
    domain: whole,
    y: "fit",
  },
  {
    title: "Many changes",
    text: "Flags that would touch hang lower; three within 40 px become one.",
    series: {
      unit: "s",
      points: places(40).map((at) => point(at, 1 + Math.max(0, Math.min(4, at - 17)) * 0.3 + (at > 30 ? 0.4 : 0))),
      segments: [
        segment(0, 17, 1),
        segment(18, 18, 1.3),
        segment(19, 19, 1.6),
        segment(20, 30, 2.1),
        segment(31, 39, 2.6),
      ],
      changepoints: [change(18, 1, 1.3), change(19, 1.3, 1.6), change(20, 1.6, 2.1), change(31, 2.1, 2.6)],
    },
    domain: whole,
    y: "fit",
  },
  {
    title: "Scale from zero",
    text: "One click away, and in the address.",
    series: stepped(),
    domain: whole,
    y: "zero",
  },
  {
    title: "Logarithmic",
    text: "Each decade takes the same height.",
    series: {
      unit: "s",
      points: places(40).map((at) => point(at, at < 20 ? 0.02 : 30)),
      segments: [segment(0, 19, 0.02), segment(20, 39, 30)],
      changepoints: [change(20, 0.02, 30)],
    },
    domain: whole,
    y: "log",
  },
  {
    title: "Logarithmic with zeros",
    text: "Falls back to linear, and says so.",
    series: {
      unit: "s",
      points: places(40).map((at) => point(at, at % 9 === 0 ? 0 : 2)),
      segments: [segment(0, 39, 2)],
      changepoints: [],
    },
    domain: whole,
    y: "log",
  },
  {
    title: "From zero up",
    text: "No ratio exists: the change is told in the unit.",
    series: {
      unit: "s",
      points: places(40).map((at) => point(at, at < 20 ? 0 : 5)),
      segments: [segment(0, 19, 0), segment(20, 39, 5)],
      changepoints: [change(20, 0, 5, { change: null })],
    },
    domain: whole,
    y: "fit",
  },
  {
    title: "One point",
    text: "In the middle, no line.",
    series: { unit: "s", points: [point(5, 1.2)], segments: [], changepoints: [] },
    domain: [5, 5],
    y: "fit",
  },
  {
    title: "Ten thousand commits",
    text: "Thinned to the lowest and highest of each stretch; no extreme is lost.",
    series: {
      unit: "s",
      points: places(10_000).map((at) => point(at, at < 6000 ? 1 : 1.15, at === 4000 ? { value: 1.6, max: 1.7 } : {})),
      segments: [segment(0, 5999, 1), segment(6000, 9999, 1.15)],
      changepoints: [change(6000, 1, 1.15)],
    },
    domain: [0, 9999],
    y: "fit",
  },
];
