import { type DriftScore, scoreDrift } from "./driftFigures";
import { KINDS, type Kind } from "./generate";
import {
  scoreChance,
  scoreFresh,
  scoreLive,
  scoreOdd,
  scoreQuiet,
  scoreRuns,
  scoreSteps,
  scoreVisible,
} from "./measure";
import { ODD_KINDS, type OddKind } from "./odd";

export type FigureOptions = { series: number; seed: number };
type Table = { title: string; headings: string[]; rows: string[][]; data: unknown };

const ROWS: { name: string; kinds: readonly Kind[] }[] = [
  ...KINDS.map((kind) => ({ name: kind, kinds: [kind] })),
  { name: "all", kinds: KINDS },
];

/** The tables of docs/statistics.md on changepoints; `series` generated series a figure. Takes many minutes for thousands. */
export function* changepointFigures(options: FigureOptions): Generator<Table> {
  yield noiseTable(options);
  yield oddTable(options);
  yield runsTable(options);
  yield sensitivityTable(options);
  yield chanceTable(options);
  yield visibleTable(options);
  yield quietDriftTable(options);
  yield rampTable(options);
}

function noiseTable({ series, seed }: FigureOptions): Table {
  const data = ROWS.map(({ name, kinds }) => {
    const fresh = (size: number, after: number) => scoreFresh(kinds, series, seed + 10 * size + after, size, after);
    return {
      name,
      steps: scoreSteps(kinds, series, seed),
      range: scoreSteps(kinds, series, seed, 10),
      quiet: scoreQuiet(kinds, series, seed + 1).per1000,
      quietEnd: fresh(0, 6).found,
      five: [3, 4].map((after) => fresh(5, after).found),
      confirmed: fresh(5, 5).confirmed,
      three: [4, 6].map((after) => fresh(3, after).found),
      live: scoreLive(kinds, Math.ceil(series / 12), seed + 2),
    };
  });
  return {
    title: "Changepoints by noise",
    headings: [
      "noise",
      "F1 within 2 points (precision / recall)",
      "exact",
      "range covers",
      "false per 1000 quiet points",
      "quiet ends with alarm",
      "5 sd found after 3 / 4 points",
      "confirmed after 5",
      "3 sd found after 4 / 6",
      "live, confirmed per 1000",
    ],
    rows: data.map(({ name, steps, range, quiet, quietEnd, five, confirmed, three, live }) => [
      name,
      `${fixed(steps.f1, 3)} (${fixed(steps.matched / steps.reported, 3)} / ${fixed(steps.matched / steps.truths, 3)})`,
      fixed(steps.exact / steps.matched, 2),
      fixed(range.covered / range.matched, 3),
      fixed(quiet, 3),
      percent(quietEnd),
      five.map((share) => fixed(share, 2)).join(" / "),
      fixed(confirmed, 2),
      three.map((share) => fixed(share, 2)).join(" / "),
      fixed(live.confirmed, 2),
    ]),
    data,
  };
}

function oddTable({ series, seed }: FigureOptions): Table {
  const kinds = Object.keys(ODD_KINDS) as OddKind[];
  const data = kinds.map((kind) => ({ kind, ...scoreOdd(kind, Math.ceil(series / 2), seed + 4) }));
  return {
    title: "Odd quiet series",
    headings: ["series", "told per 1000 points", "confirmed per 1000", "step of 6 sd found within one point"],
    rows: data.map(({ kind, told, confirmed, found }) => [kind, fixed(told, 2), fixed(confirmed, 2), fixed(found, 3)]),
    data,
  };
}

function runsTable({ series, seed }: FigureOptions): Table {
  const data = [0, 0.5, 1].map((commitSd) => ({
    commitSd,
    weighed: scoreRuns(series, seed + 5, commitSd),
    plain: scoreRuns(series, seed + 5, commitSd, false),
  }));
  return {
    title: "Points of 1, 3 or 8 runs",
    headings: [
      "sd of a commit, in those of a run",
      "F1 within 2 points, weighed / as plain numbers",
      "range covers",
      "false per 1000 quiet points",
    ],
    rows: data.map(({ commitSd, weighed, plain }) => [
      String(commitSd),
      `${fixed(weighed.f1, 3)} / ${fixed(plain.f1, 3)}`,
      `${fixed(weighed.covered, 3)} / ${fixed(plain.covered, 3)}`,
      `${fixed(weighed.quiet, 3)} / ${fixed(plain.quiet, 3)}`,
    ]),
    data,
  };
}

function sensitivityTable({ series, seed }: FigureOptions): Table {
  const data = [0.5, 0.7, 1, 1.4, 2].map((sensitivity) => ({
    sensitivity,
    steps: scoreSteps(KINDS, series, seed, 2, { sensitivity }),
    quiet: scoreQuiet(KINDS, series, seed + 1, undefined, { sensitivity }),
    five: scoreFresh(KINDS, series, seed + 53, 5, 3, { sensitivity }).found,
    three: scoreFresh(KINDS, series, seed + 34, 3, 4, { sensitivity }).found,
  }));
  return {
    title: "Changepoints by sensitivity",
    headings: [
      "sensitivity",
      "F1 (precision / recall)",
      "false per 1000 quiet points",
      "of these confirmed",
      "5 sd found after 3",
      "3 sd found after 4",
    ],
    rows: data.map(({ sensitivity, steps, quiet, five, three }) => [
      String(sensitivity),
      `${fixed(steps.f1, 3)} (${fixed(steps.matched / steps.reported, 3)} / ${fixed(steps.matched / steps.truths, 3)})`,
      fixed(quiet.per1000, 3),
      fixed((1000 * quiet.found.filter((one) => one.state === "confirmed").length) / quiet.points, 3),
      fixed(five, 2),
      fixed(three, 2),
    ]),
    data: data.map(({ quiet, ...rest }) => ({ ...rest, quiet: quiet.per1000 })),
  };
}

function chanceTable({ series, seed }: FigureOptions): Table {
  const levels = [0.3, 0.1, 0.05, 0.01, 0.001];
  const data = ROWS.map(({ name, kinds }) => ({ name, shares: scoreChance(kinds, series, seed + 3, levels) }));
  return {
    title: "Share of quiet series whose strongest split, told or not, has a p of at most",
    headings: ["noise", ...levels.map(String)],
    rows: data.map(({ name, shares }) => [name, ...shares.map((share) => fixed(share, 4))]),
    data,
  };
}

function visibleTable({ series, seed }: FigureOptions): Table {
  const counts = [3, 5, 10, 30];
  const data = ROWS.map(({ name, kinds }) => ({
    name,
    seen: counts.map((k) => scoreVisible(kinds, Math.ceil(series / 2), seed + k, k)),
  }));
  return {
    title: "Share of changes of the size visibleChange that are seen",
    headings: ["noise", ...counts.map((k) => `${k} further points`)],
    rows: data.map(({ name, seen }) => [name, ...seen.map((share) => fixed(share, 2))]),
    data,
  };
}

function quietDriftTable({ series, seed }: FigureOptions): Table {
  const windows = [20, 60, 200];
  const data = ROWS.map(({ name, kinds }) => {
    const scores = windows.map((window) =>
      scoreDrift(kinds, Math.ceil(series / 3), seed + window, { before: 30, window, size: 0, shape: "ramp" }),
    );
    const mean = (of: keyof DriftScore) => scores.reduce((sum, score) => sum + score[of] / windows.length, 0);
    return { name, p05: mean("p05"), p01: mean("p01"), told: mean("told"), covered: mean("covered") };
  });
  return {
    title: "Drift in quiet series, windows of 20 to 200 points",
    headings: ["noise", "p <= 0.05", "p <= 0.01", "told", "interval covers"],
    rows: data.map(({ name, p05, p01, told, covered }) => [
      name,
      fixed(p05, 3),
      fixed(p01, 3),
      fixed(told, 4),
      fixed(covered, 3),
    ]),
    data,
  };
}

function rampTable({ series, seed }: FigureOptions): Table {
  const shapes = (["ramp", "step"] as const).flatMap((shape) =>
    [40, 100, 300].flatMap((window) => [1, 2, 3].map((size) => ({ before: 60, window, size, shape }))),
  );
  const data = shapes.map((made, k) => ({ ...made, ...scoreDrift(KINDS, Math.ceil(series / 3), seed + k, made) }));
  return {
    title: "Drift in moving series, all kinds of noise",
    headings: ["movement", "points", "told as drift", "seen, as drift or step", "mean drift, sd"],
    rows: data.map(({ shape, size, window, told, seen, mean }) => [
      `${shape} of ${size} sd`,
      String(window),
      fixed(told, 3),
      fixed(seen, 3),
      fixed(mean, 2),
    ]),
    data,
  };
}

function fixed(value: number, digits: number): string {
  return value.toFixed(digits);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
