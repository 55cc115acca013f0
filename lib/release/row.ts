import { changeInterval, type Level } from "../changepoint/interval";
import { relativeChange } from "../changepoint/relativeChange";
import { type Better, directionOf } from "../model/words";
import { median } from "../stats/quantile";
import { MOST_NEEDED_RUNS, SIDE_POINTS } from "./constants";
import {
  correlationOf,
  type Held,
  type Holding,
  heldAt,
  intervalAround,
  type LineFigures,
  type LinePointAt,
  levelError,
  pointNoise,
} from "./level";
import type { OwnRuns, ReportRow, RowStep, RowVerdict, SideValue, Untold } from "./types";

/** A side as one line sees it: a place on the default branch, or runs of a commit that lies off it. */
export type LineSide =
  | { kind: "place"; place: number; own: OwnRuns | null }
  | {
      kind: "runs";
      /** The place where its line left the default branch, for the noise and the conditions; null: not known. */
      fork: number | null;
      own: OwnRuns | null;
      /** Its runs were made under the conditions of this track; null: under none that the line knows, or there are none. */
      track: number | null;
    };

export type Compared = Pick<
  ReportRow,
  | "verdict"
  | "why"
  | "whyText"
  | "whySide"
  | "baseline"
  | "candidate"
  | "change"
  | "difference"
  | "interval"
  | "steps"
  | "needsRuns"
>;

type Metric = { better: Better; smallestEffect: number };
type Side = "baseline" | "candidate";
/** A side with all that its interval rests on. */
type Known = { value: SideValue; error: number; track: number | null; segment: Holding["segment"] | null };

/**
 * One line at two releases: the levels that hold there, the change between them with its interval, and what can be said.
 * Method, with the formulas: docs/reports.md.
 */
export function compareLine(line: LineFigures, sides: Record<Side, LineSide>, near: number, metric: Metric): Compared {
  const options = {
    baseline: optionsOf(line, sides.baseline, near),
    candidate: optionsOf(line, sides.candidate, near),
  };
  const { baseline, candidate } = options;
  if (!("known" in candidate)) {
    const before = "known" in baseline ? (baseline.known[0] ?? null) : null;
    return untold(candidate.why, candidate.text, "candidate", before, null);
  }
  if (!("known" in baseline)) {
    const after = candidate.known[0] ?? null;
    const isNew = baseline.why === "unmeasured" && beginsAfter(line, sides.baseline);
    return isNew ? added(after) : untold(baseline.why, baseline.text, "baseline", null, after);
  }
  const pair = pairOf(baseline.known, candidate.known);
  if (!pair) return untold("border", null, null, baseline.known[0] ?? null, candidate.known[0] ?? null);
  return judged(line, sides, pair, metric);
}

/** The line has no point at or before the place: what came later is new. */
function beginsAfter({ segments }: LineFigures, side: LineSide): boolean {
  return side.kind === "place" && segments.every(({ first }) => first > side.place);
}

type Options = { known: Known[] } | { why: Untold; text: string | null };

function optionsOf(line: LineFigures, side: LineSide, near: number): Options {
  if (side.kind === "runs") return runsOptions(line, side);
  const held: Held = heldAt(line, side.place, near);
  if ("at" in held) return { known: held.at.map((one) => knownLevel(line, one, side.own)) };
  if (held.why === "step") {
    const of = held.step.shift === null ? "a step" : `shift #${held.step.shift}`;
    return { why: "step", text: `lies within the range of ${of}` };
  }
  const far = held.distance === null ? "" : `: the nearest run is ${held.distance} commits away`;
  return { why: "unmeasured", text: `no run lies near${far}` };
}

/** Runs of the commit itself, with the noise of the line where it left the default branch. */
function runsOptions(line: LineFigures, side: LineSide & { kind: "runs" }): Options {
  const { own, track, fork } = side;
  if (!own) return { why: "unmeasured", text: "its own line was not measured" };
  const near = line.segments.findLast(
    (segment) => (track === null || segment.track === track) && (fork === null || segment.first <= fork),
  );
  if (track === null || !near) return { why: "border", text: "it ran under other conditions" };
  const usual = near.runs / Math.max(1, near.points);
  const error = pointNoise(near, line.noise) * Math.sqrt(Math.max(1, usual) / own.runs);
  const interval = intervalAround(own.value, error, near.points - 1);
  const value: SideValue = { from: "runs", value: own.value, interval, points: 1, runs: own.runs, distance: 0, own };
  return { known: [{ value, error, track, segment: null }] };
}

function knownLevel(line: LineFigures, { segment, distance }: Holding, own: OwnRuns | null): Known {
  const { level, points, runs, track } = segment;
  const error = levelError(pointNoise(segment, line.noise), Math.min(points, SIDE_POINTS), correlationOf(line.steps));
  const interval = intervalAround(level, error, points - 1);
  return { value: { from: "level", value: level, interval, points, runs, distance, own }, error, track, segment };
}

/** The pair of the same track that suits both sides best; null: version, facts or an event lie between. */
function pairOf(baseline: readonly Known[], candidate: readonly Known[]): Record<Side, Known> | null {
  for (const after of candidate)
    for (const before of baseline) if (before.track === after.track) return { baseline: before, candidate: after };
  return null;
}

function judged(
  line: LineFigures,
  sides: Record<Side, LineSide>,
  { baseline, candidate }: Record<Side, Known>,
  metric: Metric,
): Compared {
  const steps = stepsBetween(line, baseline, candidate, sides.candidate);
  const [before, after] = [baseline.value.value, candidate.value.value];
  const change = relativeChange(before, after);
  const difference = after - before;
  const isSame = baseline.segment !== null && baseline.segment === candidate.segment;
  const told = {
    baseline: baseline.value,
    candidate: candidate.value,
    change: isSame ? (before === 0 ? null : 0) : change,
    difference,
    steps: steps.map(({ shift, direction, state, change, difference }): RowStep => {
      return { shift, direction, state, change, difference };
    }),
  };
  const spread = isSame
    ? sameLevel(line, sides.baseline, baseline)
    : { interval: intervalOf(steps, baseline, candidate, told.change), fewer: candidate.value.points };
  if (typeof spread === "string") {
    const text =
      spread === "candidate" ? "was not measured since the baseline" : "was not measured before the candidate";
    return untold("unmeasured", text, spread, baseline, candidate);
  }
  const { interval } = spread;
  if (hasUntoldStep(line, baseline, candidate))
    return {
      ...untold("drift", "the line drifts between them, without a step that is told", null, baseline, candidate),
      ...{ change: told.change, difference, interval, steps: told.steps },
    };
  const open = (why: Untold, whyText: string, needsRuns: number | null): Compared => {
    return { ...told, interval, verdict: "cannot tell", why, whyText, whySide: "candidate", needsRuns };
  };
  if (candidate.segment && steps.length > 0 && steps.every(({ state }) => state === "provisional")) {
    const needed = Math.min(...steps.map(({ needsPoints }) => needsPoints));
    return open("provisional", "the step between is provisional", Math.max(1, needed));
  }
  const limit = limitOf(told.change, before, after, metric.smallestEffect);
  const verdict = verdictOf(told.change ?? difference, interval, limit, metric.better);
  if (verdict !== "cannot tell")
    return { ...told, interval, verdict, why: null, whyText: null, whySide: null, needsRuns: null };
  const text = isSame ? "the same level, but too few points to exclude a change" : "the interval is too wide";
  return open("noise", text, neededRuns(interval, limit, spread.fewer));
}

/**
 * The changepoints between two levels of one track. Of a candidate that lies off the line: those up to where its own line
 * begins, which it holds too.
 */
function stepsBetween({ steps }: LineFigures, from: Known, to: Known, side: LineSide) {
  const segment = from.segment;
  if (!segment) return [];
  const last = to.segment ? to.segment.first : side.kind === "runs" ? side.fork : null;
  return last === null ? [] : steps.filter(({ position }) => position > segment.first && position <= last);
}

/** Levels of one track differ where no step is told: a steady drift explains them as well, and it is of no single release. */
function hasUntoldStep({ segments, steps }: LineFigures, { segment: from }: Known, { segment: to }: Known): boolean {
  if (!from || !to) return false;
  const begins = segments.filter(({ track, first }) => track === to.track && first > from.first && first <= to.first);
  return begins.some(({ first }) => !steps.some(({ position }) => position === first));
}

/** That of the step itself where one step is all that lies between, so that no page tells another figure than its shift's. */
function intervalOf(
  steps: LineFigures["steps"],
  baseline: Known,
  candidate: Known,
  change: number | null,
): [number, number] {
  const [only] = steps;
  if (candidate.segment && only?.interval && steps.length === 1 && only.change === change) return only.interval;
  const levels = [baseline, candidate].map(({ value, error }): Level => ({ value: value.value, error })) as [
    Level,
    Level,
  ];
  return changeInterval(levels[0], levels[1], change, baseline.value.points + candidate.value.points - 2);
}

/**
 * How far two sides of one level may still differ: the interval of the difference of the medians of the points up to the
 * baseline and after it, widened to hold 0, which is what the level says. `fewer`: points of the side that has fewer. A
 * side without any point of its own rests on the very points of the other.
 */
function sameLevel(line: LineFigures, side: LineSide, { segment, value, error }: Known): Spread | Side {
  const place = side.kind === "place" ? side.place : 0;
  const inside = line.points.filter(({ position }) => segment && position >= segment.first && position <= segment.last);
  const earlier = inside.filter(({ position }) => position <= place).slice(-SIDE_POINTS);
  const later = inside.filter(({ position }) => position > place).slice(0, SIDE_POINTS);
  if (later.length === 0) return "candidate";
  if (earlier.length === 0) return "baseline";
  const noise = segment ? pointNoise(segment, line.noise) : error;
  const correlation = correlationOf(line.steps);
  const levelOf = (points: readonly LinePointAt[]): Level => ({
    value: median(points.map((point) => point.value)) ?? value.value,
    error: levelError(noise, points.length, correlation),
  });
  const [before, after] = [levelOf(earlier), levelOf(later)];
  const ratio = value.value === 0 ? null : relativeChange(before.value, after.value);
  const [lo, hi] = changeInterval(before, after, ratio, inside.length - 2);
  return { interval: [Math.min(0, lo), Math.max(0, hi)], fewer: Math.min(earlier.length, later.length) };
}

type Spread = { interval: [number, number]; fewer: number };

/** The smallest effect on the scale of the interval: a share, or in the metric's unit where no ratio exists. */
const limitOf = (change: number | null, before: number, after: number, smallestEffect: number) =>
  change === null ? smallestEffect * Math.max(Math.abs(before), Math.abs(after)) : smallestEffect;

/** A call needs certainty that there is a change, and a size worth telling; unchanged is shown to be smaller than that. */
export function verdictOf(
  size: number,
  [lo, hi]: readonly [number, number],
  limit: number,
  better: Better,
): RowVerdict {
  if (lo > 0 || hi < 0) return Math.abs(size) >= limit && size !== 0 ? directionOf(size, better) : "unchanged";
  return lo >= -limit && hi <= limit ? "unchanged" : "cannot tell";
}

/**
 * Measured commits that the side with fewer lacks until its interval fits within the smallest effect: the half width shrinks
 * with the root of its points. null: over MOST_NEEDED_RUNS.
 */
export function neededRuns([lo, hi]: readonly [number, number], limit: number, points: number): number | null {
  const half = Math.max(Math.abs(lo), Math.abs(hi));
  if (!(limit > 0) || !Number.isFinite(half)) return null;
  const needed = Math.ceil(points * (half / limit) ** 2) - points;
  return needed > MOST_NEEDED_RUNS ? null : Math.max(1, needed);
}

const untold = (
  why: Untold,
  text: string | null,
  side: Side | null,
  baseline: Known | null,
  candidate: Known | null,
): Compared => ({
  verdict: "cannot tell",
  why,
  whyText: text,
  whySide: side,
  baseline: baseline?.value ?? null,
  candidate: candidate?.value ?? null,
  change: null,
  difference: null,
  interval: null,
  steps: [],
  needsRuns: null,
});

const added = (candidate: Known | null): Compared => ({
  ...untold("unmeasured", null, null, null, candidate),
  verdict: "new",
  why: null,
});
