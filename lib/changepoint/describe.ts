import { median, quantile } from "../stats/quantile";
import { MAD_TO_SD, medianAbsolute } from "../stats/spread";
import { studentQuantile } from "../stats/student";
import { CERTAINTY, CONFIRMED_POINTS, CONFIRMED_Z, OUTLIER_SDS } from "./constants";
import type { Fit } from "./detect";
import { estimateInnovations, place } from "./locate";
import type { Points } from "./points";
import { contrast, strength } from "./strength";
import type { Changepoint, Detection, Segment } from "./types";

/** Puts a fit into the words of the result, indices over the values as given. */
export function describe(points: Points, fit: Fit): Detection {
  const segments = fit.ends.map((end, k) =>
    describeSegment(points, fit, k === 0 ? 0 : (fit.ends[k - 1] as number), end),
  );
  const innovations = estimateInnovations(points.value, fit.ends, fit.noise);
  const bounds = [0, ...fit.ends];
  const changepoints = fit.ends.slice(0, -1).map((split, k) => {
    const [start, end] = [bounds[k] as number, bounds[k + 2] as number];
    const range = place(points.value, start, split, end, innovations);
    const z = strength(contrast(points.value, start, split, end, fit.noise), points.value.length - fit.ends.length);
    const before = (segments[k] as Segment).level;
    const after = (segments[k + 1] as Segment).level;
    const confirmed = z >= CONFIRMED_Z && end - split >= CONFIRMED_POINTS;
    return {
      index: points.index[split] as number,
      earliest: points.index[Math.min(split, range.earliest)] as number,
      latest: points.index[Math.max(split, range.latest)] as number,
      before,
      after,
      change: before * after > 0 ? after / before - 1 : null,
      difference: after - before,
      interval: null,
      p: Math.exp(-z),
      state: confirmed ? "confirmed" : "provisional",
      pointsBefore: split - start,
      pointsAfter: end - split,
      needsPoints: 0,
    } satisfies Changepoint;
  });
  return { changepoints, segments, outliers: [], open: points.open, noise: fit.noise.scale };
}

function describeSegment({ value, index, runs }: Points, { noise }: Fit, start: number, end: number): Segment {
  const inside = value.subarray(start, end);
  const level = median(inside) as number;
  return {
    first: index[start] as number,
    last: index[end - 1] as number,
    level,
    lo: quantile(inside, 0.05) as number,
    hi: quantile(inside, 0.95) as number,
    noise: noise.scale,
    points: end - start,
    runs: runs.slice(start, end).reduce((a, b) => a + b, 0),
  };
}
