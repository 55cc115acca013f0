import { clip, huberLocation } from "../stats/huber";
import { MAD_TO_SD, medianAbsolute } from "../stats/spread";
import { CLIP_SDS, OUTLIER_SDS, REJECT_SDS } from "./constants";

/** A slope that the levels of a window have in common. `rise` is over the whole window, `base` the first level at its start. */
export type Slope = {
  rise: number;
  base: number;
  /** Robust sd of a point around the sloping levels. */
  scale: number;
  /** Of each point of the window: its time (0 at the first, 1 at the last) and its weight in the least-squares rise. */
  time: Float64Array;
  contrast: Float64Array;
  residuals: Float64Array;
};

type Part = { start: number; end: number };

/**
 * The common slope of the levels that end at `ends`, over the values from `from` on, by Huber's estimate (least squares
 * first); 0 when the levels are to be `isFlat`. Levels of one point say nothing of a slope. Source: Huber 1973, doi 10.1214/aos/1176342503.
 */
export function fitSlope(value: Float64Array, from: number, ends: readonly number[], isFlat = false): Slope {
  const origin = value[from] as number; // equal values are then exactly flat
  const y = value.subarray(from).map((x) => x - origin);
  const parts = ends
    .filter((end) => end > from)
    .map((end, k, all) => ({ start: k === 0 ? 0 : (all[k - 1] as number) - from, end: end - from }));
  const time = Float64Array.from(y, (_, i) => i / Math.max(1, y.length - 1));
  const contrast = contrastOf(time, parts);
  let rise = 0;
  for (let i = 0; i < y.length && !isFlat; i++) rise += (contrast[i] as number) * (y[i] as number);
  let around = levels(y, time, parts, rise, Number.POSITIVE_INFINITY);
  for (let round = 0; round < 30; round++) {
    const move = isFlat ? 0 : pullOf(around.residuals, contrast, around.scale);
    rise += move;
    around = levels(y, time, parts, rise, around.scale);
    if (Math.abs(move) <= 1e-4 * around.scale) break;
  }
  return { rise, ...around, base: around.base + origin, time, contrast };
}

/** Squared distances from the sloping levels in units of `scale`, each capped as in the segmentation. */
export function costOf({ residuals }: Slope, scale: number): number {
  const unit = scale > 0 ? scale : Number.MIN_VALUE;
  return residuals.reduce((sum, residual) => sum + Math.min(Math.abs(residual) / unit, OUTLIER_SDS) ** 2, 0);
}

/** Variance of the rise over that of a point, for noise with lag-1 correlation r: sum of c_i c_j r^|i - j|. O(n). */
export function slopeVariance({ contrast }: Slope, r: number): number {
  let sum = 0;
  let before = 0;
  for (const c of contrast) {
    sum += c * (c + 2 * r * before);
    before = c + r * before;
  }
  return sum;
}

function contrastOf(time: Float64Array, parts: readonly Part[]): Float64Array {
  const contrast = new Float64Array(time.length);
  let square = 0;
  for (const { start, end } of parts) {
    const middle = ((time[start] as number) + (time[end - 1] as number)) / 2;
    for (let i = start; i < end; i++) {
      contrast[i] = (time[i] as number) - middle;
      square += (contrast[i] as number) ** 2;
    }
  }
  return contrast.map((c) => (square > 0 ? c / square : 0));
}

/** Levels at the window's start under a slope, and what is left of the values. */
function levels(y: Float64Array, time: Float64Array, parts: readonly Part[], rise: number, scale: number) {
  const flat = y.map((value, i) => value - rise * (time[i] as number));
  const base = parts.map(({ start, end }) => levelOf(flat.subarray(start, end), scale));
  const residuals = new Float64Array(y.length);
  parts.forEach(({ start, end }, k) => {
    for (let i = start; i < end; i++) residuals[i] = (flat[i] as number) - (base[k] as number);
  });
  return { residuals, base: base[0] as number, scale: (medianAbsolute(residuals) as number) * MAD_TO_SD };
}

function levelOf(values: Float64Array, scale: number): number {
  if (scale === Number.POSITIVE_INFINITY) return values.reduce((sum, value) => sum + value, 0) / values.length;
  return huberLocation(values, CLIP_SDS * scale, REJECT_SDS * scale) as number;
}

/** One step of Huber's estimate: the clipped residuals' rise. Where most residuals are 0, so is the scale: no step then. */
function pullOf(residuals: Float64Array, contrast: Float64Array, scale: number): number {
  let sum = 0;
  let inside = 0;
  let counted = 0;
  residuals.forEach((residual, i) => {
    if (Math.abs(residual) > REJECT_SDS * scale) return;
    counted++;
    sum += (contrast[i] as number) * clip(residual, CLIP_SDS * scale);
    if (Math.abs(residual) <= CLIP_SDS * scale) inside++;
  });
  return counted === 0 ? 0 : (sum * counted) / Math.max(1, inside);
}
