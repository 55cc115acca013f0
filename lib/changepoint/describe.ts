import { quantileSorted, sorted } from "../stats/quantile";
import { MAD_TO_SD, medianAbsolute } from "../stats/spread";
import { chanceOf } from "./chance";
import { CONFIRMED_P, CONFIRMED_POINTS, MOST_NEEDED_POINTS, OUTLIER_SDS, SIDE_POINTS } from "./constants";
import type { Fit } from "./fit";
import { changeInterval, errorOfMedian } from "./interval";
import { meanVariance } from "./noise";
import { place } from "./place";
import type { Points } from "./points";
import { describeRejected } from "./rejected";
import { relativeChange } from "./relativeChange";
import type { Changepoint, Detection, Segment } from "./types";

/** Puts a fit into the words of the result, indices over the values as given. */
export function describeFit(points: Points, fit: Fit, sensitivity: number): Detection {
  const starts = [0, ...fit.ends.slice(0, -1)];
  const segments = fit.ends.map((end, k) => describeSegment(points, fit, starts[k] as number, end));
  const changepoints = fit.ends
    .slice(0, -1)
    .map((_, k) => describeChangepoint(points, fit, { segments, k, sensitivity }));
  const outliers = segments.flatMap((segment, k) => outliersOf(points, fit, starts[k] as number, segment));
  const isKnown = points.value.length >= 3;
  return {
    changepoints,
    segments,
    outliers: outliers.map((i) => points.index[i] as number),
    open: points.open,
    noise: isKnown ? fit.noise.scale : null,
    pull: isKnown ? fit.noise.pull : null,
    correlation: isKnown ? fit.noise.correlation : null,
    rejected: isKnown ? describeRejected(points, fit, outliers) : [],
  };
}

function describeSegment({ value, index, runs }: Points, { noise }: Fit, start: number, end: number): Segment {
  const inside = sorted(value.subarray(start, end));
  const level = quantileSorted(inside, 0.5) as number;
  // A spread of its own needs points; the series' noise stands in for it.
  const own = inside.length >= 8 ? (medianAbsolute(inside, level) as number) * MAD_TO_SD : 0;
  return {
    first: index[start] as number,
    last: index[end - 1] as number,
    level,
    lo: quantileSorted(inside, 0.05) as number,
    hi: quantileSorted(inside, 0.95) as number,
    noise: own > 0 ? own : noise.scale,
    points: end - start,
    runs: runs.slice(start, end).reduce((sum, count) => sum + count, 0),
  };
}

type Place = { segments: Segment[]; k: number; sensitivity: number };

/** The changepoint between segments k and k + 1. */
function describeChangepoint(points: Points, fit: Fit, { segments, k, sensitivity }: Place): Changepoint {
  const { index, value } = points;
  const start = k === 0 ? 0 : (fit.ends[k - 1] as number);
  const [split, end] = [fit.ends[k] as number, fit.ends[k + 1] as number];
  const range = place(points, start, split, end, fit.innovations);
  const z = fit.strengthOf(start, split, end);
  const [before, after] = [(segments[k] as Segment).level, (segments[k + 1] as Segment).level];
  const change = relativeChange(before, after);
  const sides: Sides = { before: split - start, after: end - split, correlation: fit.noise.correlation };
  const needsPoints = neededPoints(z * sensitivity, sides);
  return {
    index: index[split] as number,
    earliest: index[Math.min(split, range.earliest)] as number,
    latest: index[Math.max(split, range.latest)] as number,
    widest: [index[Math.min(split, range.widest[0])] as number, index[Math.max(split, range.widest[1])] as number],
    before,
    after,
    change,
    difference: after - before,
    interval: changeInterval(
      { value: before, error: errorOfMedian(split - start, fit) },
      { value: after, error: errorOfMedian(end - split, fit) },
      change,
      value.length - fit.ends.length,
    ),
    p: chanceOf(z, fit.noise.correlation),
    state: needsPoints === 0 ? "confirmed" : "provisional",
    pointsBefore: sides.before,
    pointsAfter: sides.after,
    needsPoints,
    canGrow: end === value.length && canGrow(z * sensitivity, sides),
  };
}

/** Points on either side of a split, and the lag-1 correlation of the noise. */
type Sides = { before: number; after: number; correlation: number };

/** Standard error of the difference of two levels, in sds of a point. */
const errorOf = ({ before, after, correlation }: Sides) =>
  Math.sqrt(
    meanVariance(Math.min(before, SIDE_POINTS), correlation) + meanVariance(Math.min(after, SIDE_POINTS), correlation),
  );

/**
 * Whether points to come, all of them on the new level, would give a split CONFIRMED_P, levels staying as they are. Where
 * the level before is the short one they cannot.
 */
function canGrow(z: number, sides: Sides): boolean {
  const grown = (z * errorOf(sides)) / errorOf({ ...sides, after: SIDE_POINTS });
  const isOpen = sides.before >= CONFIRMED_POINTS && sides.after < SIDE_POINTS;
  return isOpen && chanceOf(grown, sides.correlation) <= CONFIRMED_P;
}

/**
 * Points that the shorter side lacks for strength CONFIRMED_P, levels staying as they are: the strength grows as the error
 * of the difference shrinks. At most MOST_NEEDED_POINTS. 0 when it is confirmed.
 */
function neededPoints(z: number, { before, after, correlation }: Sides): number {
  const [shorter, longer] = [Math.min(before, after), Math.max(before, after)];
  const error = (points: number) => errorOf({ before: longer, after: points, correlation });
  for (let more = 0; more < MOST_NEEDED_POINTS; more++) {
    const grown = (z * error(shorter)) / error(shorter + more);
    if (shorter + more >= CONFIRMED_POINTS && chanceOf(grown, correlation) <= CONFIRMED_P) return more;
  }
  return MOST_NEEDED_POINTS;
}

/** Places of points beyond OUTLIER_SDS of the level: the capped loss stops counting there. */
function outliersOf({ value, root }: Points, { noise }: Fit, start: number, segment: Segment): number[] {
  const outliers: number[] = [];
  for (let i = start; i < start + segment.points; i++) {
    const weight = root ? (root[i] as number) : 1;
    if (Math.abs((value[i] as number) - segment.level) * weight > OUTLIER_SDS * noise.scale) outliers.push(i);
  }
  return outliers;
}
