import { FOUND_POINTS, HISTORY_POINTS } from "./constants";
import type { StrengthOf } from "./strength";

/** Whether the difference at a split is too small to be told, whatever its strength. */
export type IsNegligible = (start: number, split: number, end: number) => boolean;

type Split = { z: number; reason: "short" | "weak" | "kept" };

/**
 * Takes splits out of a segmentation, the weakest first, each time judging the neighbours anew, until all that are left
 * are strong enough (z at least `least`), have enough points on both sides, and are not negligible. `ends` as `segment`
 * gives them; so is the answer.
 */
export function eliminate(
  ends: number[],
  strengthOf: StrengthOf,
  least: number,
  isNegligible: IsNegligible = () => false,
): number[] {
  const bounds = [0, ...ends];
  const judge = (k: number): Split => {
    const [start, split, end] = [bounds[k - 1] as number, bounds[k] as number, bounds[k + 1] as number];
    const z = strengthOf(start, split, end);
    const points = start === 0 ? HISTORY_POINTS : FOUND_POINTS;
    if (split - start < points || end - split < FOUND_POINTS) return { z, reason: "short" };
    return { z, reason: z < least || isNegligible(start, split, end) ? "weak" : "kept" };
  };
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

const RANK = { short: 0, weak: 1, kept: 2 };

/** Splits of segments that are too short go first, then weak ones; within each the smallest z. */
function weakest(splits: Split[]): number {
  let at = 0;
  for (let k = 1; k < splits.length; k++) {
    const [one, least] = [splits[k] as Split, splits[at] as Split];
    if (RANK[one.reason] < RANK[least.reason] || (one.reason === least.reason && one.z < least.z)) at = k;
  }
  return at;
}
