import { FOUND_POINTS, FOUND_Z, HISTORY_POINTS } from "./constants";
import type { Noise } from "./noise";
import type { Innovations } from "./locate";
import { contrast, likelihoodStrength, strength } from "./strength";

export type EliminateOptions = {
  threshold?: number;
  innovations?: Innovations;
  /** Whether a difference is too small to matter, whatever its strength. */
  isNegligible?: (values: Float64Array, start: number, split: number, end: number) => boolean;
};

type Split = { z: number; reason: "short" | "weak" | "kept" };

/**
 * Takes splits out of a segmentation, the weakest first, each time judging the neighbours anew, until all that are left
 * are strong enough, long enough on both sides, and not negligible. `ends` as `segment` gives them; so is the answer.
 */
export function eliminate(
  values: Float64Array,
  ends: number[],
  noise: Noise,
  options: EliminateOptions = {},
): number[] {
  const threshold = options.threshold ?? FOUND_Z;
  const bounds = [0, ...ends];
  const judge = (k: number) => judgeSplit(values, bounds, k, noise, threshold, options.isNegligible, options.innovations);
  const splits: Split[] = [];
  for (let k = 1; k < bounds.length - 1; k++) splits.push(judge(k));
  while (splits.length > 0) {
    const at = weakest(splits);
    if (splits[at]?.reason === "kept") break;
    splits.splice(at, 1);
    bounds.splice(at + 1, 1);
    if (at > 0) splits[at - 1] = judge(at);
    if (at < splits.length) splits[at] = judge(at + 1);
  }
  return bounds.slice(1);
}

function judgeSplit(
  values: Float64Array,
  bounds: number[],
  k: number,
  noise: Noise,
  threshold: number,
  isNegligible: EliminateOptions["isNegligible"],
  innovations?: Innovations,
): Split {
  const [start, split, end] = [bounds[k - 1] as number, bounds[k] as number, bounds[k + 1] as number];
  const free = values.length - bounds.length + 1;
  const zg = strength(contrast(values, start, split, end, noise), free);
  const z = innovations ? MODE(zg, likelihoodStrength(values, start, split, end, innovations)) : zg;
  const least = start === 0 ? HISTORY_POINTS : FOUND_POINTS;
  if (split - start < least || end - split < FOUND_POINTS) return { z, reason: "short" };
  if (z < threshold || isNegligible?.(values, start, split, end)) return { z, reason: "weak" };
  return { z, reason: "kept" };
}

/** Splits of segments that are too short go first, then weak ones; within each the smallest z. */
function weakest(splits: Split[]): number {
  const rank = { short: 0, weak: 1, kept: 2 };
  let at = 0;
  for (let k = 1; k < splits.length; k++) {
    const [a, b] = [splits[k] as Split, splits[at] as Split];
    if (rank[a.reason] < rank[b.reason] || (a.reason === b.reason && a.z < b.z)) at = k;
  }
  return at;
}

const MODE = (_a: number, b: number) => b;
