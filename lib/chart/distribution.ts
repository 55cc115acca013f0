import { sortedQuantile } from "./domain";
import { roundStep } from "./ticks";

/** Samples farther from the middle eight tenths than so many times their width stand at the edge. */
const FARTHEST = 5;
/** Room on either side, as a share of the range. */
const ROOM = 0.03;

export type SampleDomain = { lo: number; hi: number };

/**
 * The axis on which samples of both sides stand, in their unit: all of them, but for those so far off that the others
 * would be one line. One value gets a tenth of its size around it; without values 0 to 1.
 */
export function sampleDomain(values: readonly number[]): SampleDomain {
  const sorted = values.filter(Number.isFinite).toSorted((a, b) => a - b);
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return { lo: 0, hi: 1 };
  const [low, high] = [sortedQuantile(sorted, 0.1), sortedQuantile(sorted, 0.9)];
  const width = high - low;
  const lo = width > 0 ? Math.max(first, low - FARTHEST * width) : first;
  const hi = width > 0 ? Math.min(last, high + FARTHEST * width) : last;
  const pad = hi > lo ? (hi - lo) * ROOM : Math.abs(hi || 1) * 0.1;
  return { lo: first >= 0 ? Math.max(0, lo - pad) : lo - pad, hi: hi + pad };
}

/** Where a value stands on the axis, from 0 to 1, and on which side it lies off it. */
export function placeIn({ lo, hi }: SampleDomain, value: number): { at: number; beyond: "low" | "high" | null } {
  const at = (value - lo) / (hi - lo);
  return { at: Math.min(1, Math.max(0, at)), beyond: at < 0 ? "low" : at > 1 ? "high" : null };
}

/** A bar of a histogram: [from, to), and how many samples of each run lie in it. */
export type Bin = { from: number; to: number; counts: number[]; total: number };

const FEWEST_BINS = 12;
const MOST_BINS = 32;

/**
 * Bins of one width over the axis, round in `factor` (how many of the samples' units one shown unit is), with the samples
 * of each run counted apart. Samples off the axis are in the outermost bins. O(samples + bins).
 */
export function binsOf(runs: readonly (readonly number[])[], domain: SampleDomain, samples: number, factor = 1): Bin[] {
  const wanted = Math.min(MOST_BINS, Math.max(FEWEST_BINS, Math.ceil(3 * Math.sqrt(samples))));
  const width = roundStep((domain.hi - domain.lo) / factor / wanted) * factor;
  const first = Math.floor(domain.lo / width);
  const count = Math.max(1, Math.ceil(domain.hi / width - 1e-9) - first);
  const bins = Array.from({ length: count }, (_, i): Bin => {
    const from = (first + i) * width;
    return { from, to: from + width, counts: runs.map(() => 0), total: 0 };
  });
  runs.forEach((run, place) => {
    for (const value of run) {
      const bin = bins[Math.min(count - 1, Math.max(0, Math.floor(value / width) - first))] as Bin;
      bin.counts[place] = (bin.counts[place] ?? 0) + 1;
      bin.total++;
    }
  });
  return bins;
}
