import { quantileSorted, sorted } from "../stats/quantile";
import { FAR_POINTS, FAR_SDS, FAR_WINDOW, REJECT_SDS, SPIKES_UNSEEN } from "./constants";

/** Log density of noise at a residual, the residual in units of the noise's robust scale. */
export type LogDensity = (residual: number) => number;

const REACH = 40;
const STEP = 0.05;
const CELLS = Math.round((2 * REACH) / STEP) + 1;
export const PRIOR_POINTS = 30;
const PRIOR_DF = 4;

/**
 * The share of points that lie far out wherever they like, as a density: those beyond REJECT_SDS, and SPIKES_UNSEEN more.
 * A spike beside a step looks like a point on the wrong side of it; only how often the series has spikes tells how likely
 * that is.
 */
export function spikeDensity(residuals: ArrayLike<number>): number {
  let far = 0;
  for (let i = 0; i < residuals.length; i++) if (Math.abs(residuals[i] as number) > REJECT_SDS) far++;
  return (far + SPIKES_UNSEEN) / (residuals.length + 1) / REACH;
}

/**
 * The noise as it is, not as the normal distribution would have it: a kernel density of the residuals (bandwidth of
 * Silverman 1986, eq. 3.31) mixed with PRIOR_POINTS points' worth of Student's t with 4 degrees of freedom, which keeps
 * tails heavy and short series cautious. Two humps, a skew or heavy tails so place a step more exactly than sums of squares.
 * A second hump far away is noise, a few far residuals are not: they may be points on the wrong side of a step whose place
 * is still in question, and counting them would make that place likely by itself. `even`: density that is added everywhere.
 */
export function estimateLogDensity(residuals: ArrayLike<number>, even = 0): LogDensity {
  const n = residuals.length;
  const share = n / (n + PRIOR_POINTS);
  const kernel = kernelDensity(residuals);
  const table = new Float64Array(CELLS);
  for (let k = 0; k < CELLS; k++) {
    table[k] = Math.log(share * (kernel[k] as number) + (1 - share) * (PRIOR[k] as number) + even);
  }
  return (residual) => {
    if (!(Math.abs(residual) < REACH)) return Math.log((1 - share) * priorDensity(residual) + even);
    const place = (residual + REACH) / STEP;
    const below = Math.min(CELLS - 2, Math.floor(place));
    const low = table[below] as number;
    return low + (place - below) * ((table[below + 1] as number) - low);
  };
}

/** Student's t with PRIOR_DF degrees of freedom, scaled so that its MAD is that of the standard normal. */
export function priorDensity(x: number): number {
  const t = (x * 0.7407) / 0.6745;
  return (0.375 * (0.7407 / 0.6745)) / (1 + (t * t) / PRIOR_DF) ** 2.5;
}

const PRIOR = Float64Array.from({ length: CELLS }, (_, k) => priorDensity(k * STEP - REACH));

/** How many residuals lie in each cell, without the lonely ones far out. */
function countCells(residuals: ArrayLike<number>): Float64Array {
  const counts = new Float64Array(CELLS);
  for (let i = 0; i < residuals.length; i++) {
    const cell = Math.round(((residuals[i] as number) + REACH) / STEP);
    if (cell >= 0 && cell < CELLS) counts[cell] = (counts[cell] as number) + 1;
  }
  const window = Math.round(FAR_WINDOW / STEP);
  const kept = counts.slice();
  for (let cell = 0; cell < CELLS; cell++) {
    if (counts[cell] === 0 || Math.abs(cell * STEP - REACH) <= FAR_SDS) continue;
    const near = counts.subarray(Math.max(0, cell - window), cell + window + 1);
    if (near.reduce((sum, count) => sum + count, 0) < FAR_POINTS) kept[cell] = 0;
  }
  return kept;
}

function kernelDensity(residuals: ArrayLike<number>): Float64Array {
  const counts = countCells(residuals);
  const width = bandwidth(residuals);
  const reach = Math.ceil((4 * width) / STEP);
  const bell = Float64Array.from({ length: 2 * reach + 1 }, (_, j) => {
    const z = ((j - reach) * STEP) / width;
    return Math.exp(-0.5 * z * z) / (width * Math.sqrt(2 * Math.PI) * residuals.length);
  });
  const density = new Float64Array(CELLS);
  for (let cell = 0; cell < CELLS; cell++) {
    const count = counts[cell] as number;
    if (count === 0) continue;
    const last = Math.min(CELLS - 1, cell + reach);
    for (let k = Math.max(0, cell - reach); k <= last; k++) {
      density[k] = (density[k] as number) + count * (bell[k - cell + reach] as number);
    }
  }
  return density;
}

function bandwidth(residuals: ArrayLike<number>): number {
  const ascending = sorted(residuals);
  const spread = ((quantileSorted(ascending, 0.75) ?? 0) - (quantileSorted(ascending, 0.25) ?? 0)) / 1.349;
  const width = 0.9 * (spread > 0 ? spread : 1) * residuals.length ** -0.2;
  // Where rounding or a few far values leave the scale without relation to the spread, the kernel stays within reach.
  return Math.min(1, Math.max(2 * STEP, width));
}
