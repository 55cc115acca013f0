import { LEAST_SENSITIVITY, MOST_SENSITIVITY } from "./constants";
import { describeFit } from "./describe";
import { fitLevels } from "./fit";
import { readPoints } from "./points";

import type { Detection, DetectOptions, PointValue } from "./types";
import { detectionInUnit, unitOf } from "./unit";

/**
 * The changepoints of one series, its levels between them, its outliers and its noise.
 * `values` in order of commits, in the metric's unit. Near-linear in their number. Defined for every input: without
 * measured points everything is empty, noise and correlation null. Throws RangeError for a sensitivity outside 0.5 to 2. The method and its sources: docs/statistics.md, Changepoints.
 */
export function detect(values: readonly PointValue[], options: DetectOptions = {}): Detection {
  const { smallestEffect = 0, sensitivity = 1, explain = false } = options;
  if (!isSensitivity(sensitivity)) {
    throw new RangeError(
      `A sensitivity of ${sensitivity} cannot be had. Give a number from ${LEAST_SENSITIVITY} to ${MOST_SENSITIVITY}; 1 is the default.`,
    );
  }
  const points = readPoints(values);
  if (points.value.length === 0) {
    const nothing = { changepoints: [], segments: [], outliers: [], rejected: [] };
    return { ...nothing, open: points.open, noise: null, pull: null, correlation: null };
  }
  const unit = unitOf(points.value);
  const value = unit === 1 ? points.value : points.value.map((x) => x / unit);
  const fit = fitLevels({ value, root: points.root }, { smallestEffect, sensitivity, explain });
  const detection = describeFit({ ...points, value }, fit, sensitivity);
  return unit === 1 ? detection : detectionInUnit(detection, unit);
}

/** Whether `detect` takes it as a sensitivity. */
export function isSensitivity(value: number): boolean {
  return value >= LEAST_SENSITIVITY && value <= MOST_SENSITIVITY;
}
