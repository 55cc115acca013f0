import { FOUND_POINTS, HISTORY_POINTS, ONE_OFF, PLACE_MASS, SIDE_POINTS, TWO_OFF, WIDE_MASS } from "./constants";
import { estimateLogDensity, type LogDensity, spikeDensity } from "./density";
import { levelOf, type Noise, residualsOf } from "./noise";
import { part, type Weighed } from "./weighed";

/** Where the first point of a new level lies; `widest`: beyond it other lines cannot draw it either. */
export type Place = { at: number; earliest: number; latest: number; widest: [number, number] };

/**
 * The noise that steps are judged by: density of the innovations, in units of the noise's scale. `spiked` is for how far out
 * their places may lie: with the spikes that a series like this has anywhere.
 */
export type Innovations = { logDensity: LogDensity; spiked: LogDensity; noise: Noise };

export function estimateInnovations(values: Weighed, ends: number[], noise: Noise): Innovations {
  const residuals = residualsOf(values, ends, noise);
  const innovations = new Float64Array(residuals.length);
  for (let i = 0; i < residuals.length; i++) {
    const before = i > 0 ? (residuals[i - 1] as number) : 0;
    innovations[i] = ((residuals[i] as number) - noise.correlation * before) / noise.scale;
  }
  const spiked = estimateLogDensity(innovations, spikeDensity(innovations));
  return { logDensity: estimateLogDensity(innovations), spiked, noise };
}

/** Moves every split to its best place between its neighbours, twice, for a moved neighbour changes the levels. */
export function relocate(values: Weighed, ends: number[], innovations: Innovations, from = 0): number[] {
  const bounds = [from, ...ends];
  for (let round = 0; round < 2; round++) {
    for (let k = 1; k < bounds.length - 1; k++) {
      bounds[k] = place(values, bounds[k - 1] as number, bounds[k] as number, bounds[k + 1] as number, innovations).at;
    }
  }
  return bounds.slice(1);
}

/**
 * The best place of the split of [start, end) near `split` (see `bestPlace`), and the narrowest range around it that holds
 * PLACE_MASS of the likelihood over all places (each as likely beforehand, levels as estimated at `split`); `widest` holds
 * WIDE_MASS of it where any point may be a spike, and at least that range.
 */
export function place(values: Weighed, start: number, split: number, end: number, innovations: Innovations): Place {
  const first = Math.max(start + (start === 0 ? HISTORY_POINTS : FOUND_POINTS), split - SIDE_POINTS);
  const last = Math.min(end - FOUND_POINTS, split + SIDE_POINTS);
  if (first >= last) {
    const [earliest, latest] = [Math.min(split, first), Math.max(split, last)];
    return { at: split, earliest, latest, widest: [earliest, latest] };
  }
  const window = { start, split, end, first, last };
  const { noise, logDensity, spiked } = innovations;
  const likelihood = likelihoodOf(profileOf(values, window, noise, logDensity));
  const best = bestPlace(likelihood);
  const range = certainRange(likelihood, best, PLACE_MASS);
  const wide = certainRange(likelihoodOf(profileOf(values, window, noise, spiked)), best, WIDE_MASS);
  const widest: [number, number] = [first + Math.min(wide.from, range.from), first + Math.max(wide.to, range.to)];
  return { at: first + best, earliest: first + range.from, latest: first + range.to, widest };
}

type Window = { start: number; split: number; end: number; first: number; last: number };

/** Log likelihood of each place from `first` to `last`, up to a constant. */
function profileOf(values: Weighed, window: Window, noise: Noise, logDensity: LogDensity): Float64Array {
  const { start, split, end, first, last } = window;
  const { value, root } = values;
  const left = levelOf(part(values, Math.max(start, split - SIDE_POINTS), split), noise);
  const right = levelOf(part(values, split, Math.min(end, split + SIDE_POINTS)), noise);
  const r = noise.correlation;
  const off = (i: number, level: number) => ((value[i] as number) - level) * (root ? (root[i] as number) : 1);
  const of = (i: number, level: number, levelBefore: number) => {
    const before = i > 0 ? off(i - 1, levelBefore) : 0;
    return logDensity((off(i, level) - r * before) / noise.scale);
  };
  const profile = new Float64Array(last - first + 1);
  let sum = 0; // of the points from `first` to the place, on the left level against on the right one
  for (let at = first; at <= last; at++) {
    profile[at - first] = sum + of(at, right, left) - of(at, right, right);
    sum += of(at, left, left) - of(at, right, right);
  }
  return profile;
}

/** Likelihood of each place over that of the likeliest. */
function likelihoodOf(profile: Float64Array): Float64Array {
  const top = profile.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  return profile.map((value) => Math.exp(value - top));
}

/** The place of the largest expected worth: where two places far apart are alike, the one with likely neighbours wins. */
function bestPlace(likelihood: Float64Array): number {
  const at = (k: number) => likelihood[k] ?? 0;
  let best = 0;
  let most = 0;
  for (let k = 0; k < likelihood.length; k++) {
    const worth = at(k) + ONE_OFF * (at(k - 1) + at(k + 1)) + TWO_OFF * (at(k - 2) + at(k + 2));
    if (worth > most) [best, most] = [k, worth];
  }
  return best;
}

/** Grows from a place to the likelier side until the share is reached. */
function certainRange(likelihood: Float64Array, best: number, share: number): { from: number; to: number } {
  const total = likelihood.reduce((sum, weight) => sum + weight, 0);
  let from = best;
  let to = best;
  let mass = likelihood[best] as number;
  while (mass < share * total && (from > 0 || to < likelihood.length - 1)) {
    const down = from > 0 ? (likelihood[from - 1] as number) : -1;
    const up = to < likelihood.length - 1 ? (likelihood[to + 1] as number) : -1;
    if (down >= up) from--;
    else to++;
    mass += Math.max(down, up);
  }
  return { from, to };
}
