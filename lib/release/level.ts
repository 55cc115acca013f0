import { CORRELATION_PRIOR } from "../changepoint/constants";
import { meanVariance } from "../changepoint/noise";
import { studentUpper } from "../stats/studentInverse";

/** A segment of a line, in places of the default branch. */
export type LineSegment = {
  first: number;
  last: number;
  track: number;
  level: number;
  noise: number;
  points: number;
  runs: number;
};

/**
 * A changepoint of a line. `position`: the first point of the new level; good, shifted: the ends of its own range; joint: of
 * the range that all of its shift share, null without a shift.
 */
export type LineStep = {
  position: number;
  good: number;
  shifted: number;
  joint: { good: number; shifted: number } | null;
  direction: "regression" | "improvement" | "rose" | "fell";
  state: "provisional" | "confirmed";
  before: number;
  after: number;
  change: number | null;
  difference: number;
  interval: [number, number] | null;
  needsPoints: number;
  correlation: number;
  shift: number | null;
};

/** A point of a line that counts: one commit, the median of its runs' medians. */
export type LinePointAt = { position: number; value: number; runs: number };

/** What the analysis says of a line, and its points around the releases. */
export type LineFigures = {
  noise: number | null;
  segments: readonly LineSegment[];
  steps: readonly LineStep[];
  points: readonly LinePointAt[];
};

/** A segment that may hold the release, and the commits to its nearest point. */
export type Holding = { segment: LineSegment; distance: number };

/** What holds at a place: segments, the likeliest first; or why none can be told. */
export type Held = { at: Holding[] } | { why: "unmeasured"; distance: number | null } | { why: "step"; step: LineStep };

/**
 * The segments that a place lies in: those that reach over it, or whose end is near. What begins after it says nothing of
 * it. Several only where tracks overlap or meet. A place strictly inside the range of a step belongs to neither side of it, unless the range that its
 * shift's steps share leaves the place out, on the side where the line's own level stands.
 */
export function heldAt({ segments, steps, points }: LineFigures, place: number, near: number): Held {
  const step = steps.find(
    (one) => one.good < place && place < one.shifted && !isBefore(one, place) && !isAfter(one, place),
  );
  if (step) return { why: "step", step };
  const all = segments.map((segment) => ({ segment, distance: distanceTo(segment, points, place) }));
  const around = all.filter(
    ({ segment, distance }) => segment.first <= place && distance <= near && isBeforeSteps(segment, steps, place),
  );
  if (around.length === 0) {
    const least = Math.min(...all.map(({ distance }) => distance));
    return { why: "unmeasured", distance: Number.isFinite(least) ? least : null };
  }
  const inside = around.filter(({ segment }) => place <= segment.last);
  const held = inside.length > 0 ? inside : around;
  return { at: held.toSorted((a, b) => a.distance - b.distance || b.segment.track - a.segment.track) };
}

const isBefore = ({ good, joint, position }: LineStep, place: number): boolean =>
  place <= good || (joint !== null && place <= joint.good && place < position);

const isAfter = ({ shifted, joint, position }: LineStep, place: number): boolean =>
  place >= shifted || (joint !== null && place >= joint.shifted && place >= position);

/** No step of the line stands between the segment and the place. */
function isBeforeSteps({ last }: LineSegment, steps: readonly LineStep[], place: number): boolean {
  return place <= last || !steps.some((step) => step.position > last && step.good >= last && !isBefore(step, place));
}

/** Commits to the nearest point of the segment; without points at hand, to its nearer end. */
function distanceTo(segment: LineSegment, points: readonly LinePointAt[], place: number): number {
  let least = Math.min(Math.abs(segment.first - place), Math.abs(segment.last - place));
  for (const { position } of points)
    if (position >= segment.first && position <= segment.last) least = Math.min(least, Math.abs(position - place));
  return least;
}

/** Efficiency of a median of normal noise against the mean: its sd is this much larger. */
const MEDIAN_SD = Math.sqrt(Math.PI / 2);

/** The noise of one point of a segment: its own, drawn half way towards that of the whole line, which rests on more points. */
export function pointNoise(segment: Pick<LineSegment, "noise">, line: number | null): number {
  return line === null ? segment.noise : Math.sqrt((segment.noise ** 2 + line ** 2) / 2);
}

/** Lag-1 correlation of a line: as its newest step was judged; without one, what is usual. */
export const correlationOf = (steps: readonly LineStep[]): number => steps.at(-1)?.correlation ?? CORRELATION_PRIOR;

/** Sd of the median of n points with this noise and correlation. */
export function levelError(noise: number, points: number, correlation: number): number {
  return MEDIAN_SD * noise * Math.sqrt(meanVariance(Math.max(1, points), correlation));
}

/** 95 % interval around a value with this sd, Student's t with `free` degrees of freedom (at least 2). */
export function intervalAround(value: number, error: number, free: number): [number, number] {
  const reach = studentUpper(0.025, Math.max(2, free)) * error;
  return [value - reach, value + reach];
}
