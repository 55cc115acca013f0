import { describeFit } from "./describe";
import { fitLevels } from "./fit";
import { readPoints } from "./points";
import type { Detection, DetectOptions, PointValue } from "./types";

/**
 * The changepoints of one series, its levels between them, its outliers and its noise.
 * `values` in order of commits, in the metric's unit. Near-linear in their number. Defined for every input: without
 * measured points everything is empty and `noise` null. The method and its sources: docs/statistics.md, Changepoints.
 */
export function detect(values: readonly PointValue[], options: DetectOptions = {}): Detection {
  const points = readPoints(values);
  if (points.value.length === 0)
    return { changepoints: [], segments: [], outliers: [], open: points.open, noise: null };
  return describeFit(points, fitLevels(points.value, options.smallestEffect ?? 0));
}
