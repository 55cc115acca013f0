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

type Piece = readonly [first: number, last: number, level: number];

/** A line of levels, with a changepoint between each two. */
const line = (unit: string, pieces: readonly Piece[], rest: Partial<TrendSeries> = {}): TrendSeries => ({
  unit,
  points: pieces.flatMap(([first, last, level]) => places(last - first + 1, first).map((at) => point(at, level))),
  segments: pieces.map(([first, last, level]) => segment(first, last, level)),
  changepoints: pieces.slice(1).map(([first, , level], i) => change(first, pieces[i]?.[2] ?? level, level)),
  ...rest,
});

const stepped = (rest: Partial<TrendSeries> = {}): TrendSeries =>
  line(
    "s",
    [
      [0, 19, 1.2],
      [20, 39, 1.375],
    ],
    rest,
  );
const level = (rest: Partial<TrendSeries> = {}): TrendSeries => line("s", [[0, 39, 1.2]], rest);
const without = (gone: (position: number) => boolean) => level().points.filter(({ position }) => !gone(position));
/** The quiet line with something else about one of its points. */
const odd = (position: number, other: (one: TrendPoint) => Partial<TrendPoint>): TrendSeries =>
  level({ points: level().points.map((one) => (one.position === position ? { ...one, ...other(one) } : one)) });

const state = (
  title: string,
  text: string,
  series: TrendSeries,
  look: Partial<Pick<ChartState, "domain" | "y">> = {},
): ChartState => ({ title, text, series, domain: [0, 39], y: "fit", ...look });

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
  state("A regression", "Flag with sign, filled glyph.", stepped()),
  state(
    "An improvement",
    "Flag with sign, hollow glyph.",
    line("MiB", [
      [0, 19, 504],
      [20, 39, 400],
    ]),
  ),
  state(
    "Without a good direction",
    "Rose: an arrow, no colour of a verdict.",
    stepped({ unit: "tasks", changepoints: [change(20, 1.2, 1.375, { direction: "rose" })] }),
  ),
  state("Quiet", "One level, its spread, no change.", level()),
  state(
    "Gap for a failure",
    "Hatched column, cross at the foot, the line breaks. Never a zero, never joined.",
    level({ points: without((at) => at === 18), failures: [failed(18)] }),
  ),
  state(
    "Skipped",
    "The run left the workload out: the column without the cross.",
    level({ points: without((at) => at === 18), failures: [failed(18, "skipped")] }),
  ),
  state(
    "Commits not measured",
    "Neighbours in the usual step are joined; a longer step is a dotted bridge.",
    level({ points: without((at) => at >= 14 && at <= 24) }),
  ),
  state(
    "Provisional changepoint",
    "Two points after the step, more confirm it: dashed, hollow, tells nobody yet.",
    line(
      "s",
      [
        [0, 37, 1],
        [38, 39, 2.4],
      ],
      { changepoints: [change(38, 1, 2.4, { state: "provisional", pointsAfter: 2, needsPoints: 2, shift: null })] },
    ),
  ),
  state(
    "Outlier outside the scale",
    "A triangle at the edge; Zero or a zoom shows it in place.",
    odd(25, () => ({ value: 3.1, min: 3, max: 3.2, outlier: true })),
  ),
  state(
    "Open point",
    "Its runs disagree by more than half: detection leaves it out.",
    odd(12, ({ value }) => ({ min: value * 0.96, max: value * 1.06, open: true })),
  ),
  state(
    "Slow as a whole",
    "Every workload of these runs was slow: not the code.",
    odd(30, () => ({ value: 1.24, min: 1.23, max: 1.25, slow: true })),
  ),
  state(
    "Event, as a border",
    "A double line: neither detection nor comparison crosses it.",
    level({ events: [{ text: "Data set changed", border: true, position: 22, at: dateAt(22) }] }),
  ),
  state(
    "Event, as a note",
    "A single dotted line.",
    level({ events: [{ text: "New kernel", border: false, position: 12, at: dateAt(12) }] }),
  ),
  state("Environment changed", "Changed facts under one name break trace, level and band.", {
    unit: "MiB",
    points: places(40).map((at) => point(at, 390, { track: at < 20 ? 0 : 1 })),
    segments: [segment(0, 19, 390, 0), segment(20, 39, 390, 1)],
    changepoints: [],
    breaks: [{ position: 20, why: "facts", text: "memory 3 → 4 GiB" }],
  }),
  state(
    "Many changes",
    "Flags that would touch hang lower; three within 40 px become one.",
    line("s", [
      [0, 17, 1],
      [18, 18, 1.3],
      [19, 19, 1.6],
      [20, 30, 2.1],
      [31, 39, 2.6],
    ]),
  ),
  state("Scale from zero", "One click away, and in the address.", stepped(), { y: "zero" }),
  state(
    "Logarithmic",
    "Each decade takes the same height.",
    line("s", [
      [0, 19, 0.02],
      [20, 39, 30],
    ]),
    { y: "log" },
  ),
  state(
    "Logarithmic with zeros",
    "Falls back to linear, and says so.",
    line("s", [[0, 39, 2]], { points: places(40).map((at) => point(at, at % 9 === 0 ? 0 : 2)) }),
    { y: "log" },
  ),
  state(
    "From zero up",
    "No ratio exists: the change is told in the unit.",
    line(
      "s",
      [
        [0, 19, 0],
        [20, 39, 5],
      ],
      { changepoints: [change(20, 0, 5, { change: null })] },
    ),
  ),
  state(
    "One point",
    "In the middle, no line.",
    { unit: "s", points: [point(5, 1.2)], segments: [], changepoints: [] },
    {
      domain: [5, 5],
    },
  ),
  state(
    "Ten thousand commits",
    "Thinned to the lowest and highest of each stretch; no extreme is lost.",
    line(
      "s",
      [
        [0, 5999, 1],
        [6000, 9999, 1.15],
      ],
      {
        points: places(10_000).map((at) =>
          point(at, at < 6000 ? 1 : 1.15, at === 4000 ? { value: 1.6, max: 1.7 } : {}),
        ),
      },
    ),
    { domain: [0, 9999] },
  ),
];
