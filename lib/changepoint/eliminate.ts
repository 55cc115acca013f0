import { FOUND_POINTS, HISTORY_POINTS } from "./constants";
import type { StrengthOf } from "./strength";

/** Whether the difference at a split is too small to be told, whatever its strength. */
export type IsNegligible = (start: number, split: number, end: number) => boolean;

/** How splits are judged: their strength over what is demanded at their place (1 where nothing else is said), and size. */
export type Judge = {
  strengthOf: StrengthOf;
  demandOf?: (start: number, split: number, end: number) => number;
  isNegligible?: IsNegligible | undefined;
};

/** A split of [start, end) at `split` that was taken out, judged as it stood then; `z` is the strength over the demand. */
export type Removed = {
  start: number;
  split: number;
  end: number;
  z: number;
  why: "early" | "short" | "small" | "weak";
};

export type Elimination = { ends: number[]; removed: Removed[] };

type Split = Omit<Removed, "why"> & { why: Removed["why"] | "kept" };

/**
 * Takes splits out of a segmentation, each time judging the neighbours anew, until all that are left have enough points on
 * both sides, are not negligible and are strong enough (`least` times what is demanded). Too short ones go first, then negligible ones,
 * then the weakest for what is demanded: the order does not depend on `least`, so what is kept under one is kept under every smaller one.
 * `ends` as `segment` gives them, those of [from, last end); so is the answer. `removed` in the order of removal.
 */
export function eliminate(
  ends: number[],
  { strengthOf, demandOf = () => 1, isNegligible = () => false }: Judge,
  least: number,
  from = 0,
): Elimination {
  const bounds = [from, ...ends];
  const judge = (k: number): Split => {
    const [start, split, end] = [bounds[k - 1] as number, bounds[k] as number, bounds[k + 1] as number];
    const z = strengthOf(start, split, end) / demandOf(start, split, end);
    return { start, split, end, z, why: verdict(start, split, end) ?? (z < least ? "weak" : "kept") };
  };
  const verdict = (start: number, split: number, end: number) => {
    if (split - start < FOUND_POINTS || end - split < FOUND_POINTS) return "short";
    if (start === 0 && split < HISTORY_POINTS) return "early";
    return isNegligible(start, split, end) ? "small" : null;
  };
  const splits: Split[] = [];
  const removed: Removed[] = [];
  for (let k = 1; k < bounds.length - 1; k++) splits.push(judge(k));
  while (splits.length > 0) {
    const at = weakest(splits);
    const { why, ...split } = splits[at] as Split;
    if (why === "kept") break;
    removed.push({ ...split, why });
    splits.splice(at, 1);
    bounds.splice(at + 1, 1);
    if (at > 0) splits[at - 1] = judge(at);
    if (at < splits.length) splits[at] = judge(at + 1);
  }
  return { ends: bounds.slice(1), removed };
}

const RANK = { short: 0, early: 0, small: 1, weak: 2, kept: 2 };

/** Splits of segments that are too short go first, then negligible ones, then the smallest z. */
function weakest(splits: Split[]): number {
  let at = 0;
  for (let k = 1; k < splits.length; k++) {
    const [one, least] = [splits[k] as Split, splits[at] as Split];
    if (RANK[one.why] < RANK[least.why] || (RANK[one.why] === RANK[least.why] && one.z < least.z)) at = k;
  }
  return at;
}
