import { normalCdfRough } from "@/lib/stats/normal";
import { AIMED_EFFECTS, FALSE_DISCOVERY_RATE, LEAST_WEIGHT } from "./constants";
import type { Judged } from "./judged";

/** Rows from whose sizes the spending is found: so many, evenly spaced, stand for all. */
const SAMPLE = 256;

/**
 * How much of the family's error each tested row is given, mean 1 over them: most where a change of AIMED_EFFECTS smallest
 * effects can just be told, little where it is seen anyhow or cannot be seen, nowhere less than LEAST_WEIGHT. Rests on
 * standard errors and smallest effects alone, never on what was measured between the sides, so that the rate holds.
 * null: no row was tested. O(n log n). Source: the weights of most power for a known effect, Roeder & Wasserman 2009,
 * doi 10.1214/09-STS289, theorem 4.1.
 */
export function weightsOf(judged: readonly Judged[]): Float64Array | null {
  const sizes = Float64Array.from(judged, ({ result, limit }) =>
    result === null ? Number.NaN : (AIMED_EFFECTS * limit) / result.standardError,
  );
  const tested = sizes.filter((size) => !Number.isNaN(size)).sort();
  if (tested.length === 0) return null;
  const spending = spendingOf(tested);
  const raw = sizes.map((size) => (Number.isNaN(size) ? 1 : weightAt(size, spending)));
  let sum = 0;
  raw.forEach((weight, i) => {
    if (!Number.isNaN(sizes[i])) sum += weight;
  });
  const mean = sum / tested.length;
  return raw.map((weight, i) =>
    Number.isNaN(sizes[i]) || !(mean > 0) ? 1 : inSteps(LEAST_WEIGHT + (1 - LEAST_WEIGHT) * (weight / mean)),
  );
}

/** Rounded down: quantiles are then looked up for few different tails. */
const inSteps = (weight: number): number => Math.floor(weight * 64) / 64;

/** The constant of the weights at which their mean is 1: the larger, the less is spent. `sizes` ascending. */
function spendingOf(sizes: Float64Array): number {
  const count = Math.min(SAMPLE, sizes.length);
  const sample = Float64Array.from(
    { length: count },
    (_, i) => sizes[Math.floor(((i + 0.5) * sizes.length) / count)] ?? 0,
  );
  let low = -50;
  let high = 50;
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    let sum = 0;
    for (const size of sample) sum += weightAt(size, middle);
    if (sum > count) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const weightAt = (size: number, spending: number): number =>
  size > 0 ? normalCdfRough(-(size / 2 + spending / size)) / (FALSE_DISCOVERY_RATE / 2) : 0;
