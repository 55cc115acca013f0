import { chanceOf } from "../changepoint/chance";
import { CONFIRMED_P, FOUND_Z, MOST_NEEDED_POINTS, SIDE_POINTS } from "../changepoint/constants";
import { meanVariance } from "../changepoint/noise";
import { falseDiscoveryRates } from "../stats/falseDiscovery";

/** Share of confirmed lines that may be confirmed by chance, over all lines of the branch. */
export const CONFIRMED_FALSE_SHARE = 0.05;

/** A changepoint as its own data have it. */
export type Unconfirmed = {
  line: string;
  p: number;
  /** Points that its own data ask for; 0: by its own data it is confirmed. */
  ownNeeds: number;
  pointsBefore: number;
  pointsAfter: number;
  /** Lag-1 correlation of its series' noise. */
  correlation: number;
  /** Whether an earlier analysis had confirmed it. */
  wasConfirmed: boolean;
};

export type Confirmation = { state: "provisional" | "confirmed"; needsPoints: number };

/**
 * Which changepoints of a branch are confirmed, and how many more points would confirm the others. `lines`: how many lines
 * were judged, those without changepoints counted. One that its own data confirm is confirmed when its p is also at most
 * the threshold of Benjamini and Hochberg over all lines (one hypothesis a line: its smallest p), or when it was confirmed
 * before: what other lines show confirms nothing away. In the order given; O(n log n).
 */
export function confirm(changepoints: readonly Unconfirmed[], lines: number): Confirmation[] {
  const most = Math.min(CONFIRMED_P, thresholdOf(changepoints, lines));
  return changepoints.map((one) => {
    if (one.ownNeeds > 0) return { state: "provisional", needsPoints: one.ownNeeds };
    if (one.wasConfirmed || one.p <= most) return { state: "confirmed", needsPoints: 0 };
    return { state: "provisional", needsPoints: neededFor(one, most) };
  });
}

/** The largest p that is confirmed; where no line would be, the one that a single line needs. */
function thresholdOf(changepoints: readonly Unconfirmed[], lines: number): number {
  const least = new Map<string, number>();
  for (const { line, p } of changepoints) least.set(line, Math.min(p, least.get(line) ?? 1));
  const quiet = Math.max(0, lines - least.size);
  const ps = [...least.values(), ...Array.from({ length: quiet }, () => 1)];
  const rates = falseDiscoveryRates(ps);
  const called = ps.filter((_, k) => (rates[k] ?? 1) <= CONFIRMED_FALSE_SHARE);
  // One more line with a p up to here would be called as well.
  return (CONFIRMED_FALSE_SHARE * Math.min(called.length + 1, ps.length)) / Math.max(1, ps.length);
}

/** Points that the shorter side lacks for p to fall to `most`, levels staying as they are; at most MOST_NEEDED_POINTS. */
function neededFor({ p, pointsBefore, pointsAfter, correlation }: Unconfirmed, most: number): number {
  const shorter = Math.min(pointsBefore, pointsAfter);
  const longer = Math.max(pointsBefore, pointsAfter);
  const error = (n: number) =>
    Math.sqrt(
      meanVariance(Math.min(n, SIDE_POINTS), correlation) + meanVariance(Math.min(longer, SIDE_POINTS), correlation),
    );
  const strength = strengthOf(p, correlation);
  for (let more = 1; more < MOST_NEEDED_POINTS; more++)
    if (chanceOf((strength * error(shorter)) / error(shorter + more), correlation) <= most) return more;
  return MOST_NEEDED_POINTS;
}

/** The strength that has this p: `chanceOf` read backwards. */
function strengthOf(p: number, correlation: number): number {
  let [low, high] = [FOUND_Z, 60];
  for (let round = 0; round < 50; round++) {
    const middle = (low + high) / 2;
    if (chanceOf(middle, correlation) > p) low = middle;
    else high = middle;
  }
  return low;
}
