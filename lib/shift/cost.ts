/** What the cost of a shift is made of. */
export type ShiftCost = {
  /** Seconds that one pass over all cases takes longer (negative: shorter), mean over the runs that see it; null: no duration moved. */
  seconds: number | null;
  /** Probability that the shift is real, 0 to 1. */
  certainty: number;
  /** Share of the recent runs that see it, 0 to 1. */
  reach: number;
  /** seconds x certainty x reach: by how much a recent run is expected to take longer. null where `seconds` is. */
  cost: number | null;
};

/** What a shift says of its cost: its environments with the seconds of each (null: no duration moved there). */
export type Costing = {
  environments: readonly { name: string; costSeconds: number | null }[];
  /** The smallest p of its changepoints; null: it has none any more. */
  p: number | null;
};

/**
 * Size x certainty x reach of a shift. `shares`: the share of the recent runs that each environment has, by name; one
 * that is not there has none. Where no duration moved, the reach is that of all its environments.
 */
export function costOf({ environments, p }: Costing, shares: ReadonlyMap<string, number>): ShiftCost {
  const timed = environments.filter(({ costSeconds }) => costSeconds !== null);
  const seen = timed.length > 0 ? timed : environments;
  const shareOf = (name: string) => shares.get(name) ?? 0;
  const reach = Math.min(1, sum(seen.map(({ name }) => shareOf(name))));
  const certainty = p === null ? 0 : probabilityReal(p);
  if (timed.length === 0) return { seconds: null, certainty, reach, cost: null };
  const weighted = sum(timed.map(({ name, costSeconds }) => (costSeconds ?? 0) * shareOf(name)));
  const plain = sum(timed.map(({ costSeconds }) => costSeconds ?? 0)) / timed.length;
  return { seconds: reach > 0 ? weighted / reach : plain, certainty, reach, cost: weighted * certainty };
}

/**
 * Probability that a step with this p is real, where it was as likely as not before it was looked at: the most that
 * p can say for it, 1 / (1 - e p ln p) below 1/e, one half above. O(1). p in 0 to 1.
 * Source: Sellke, Bayarri, Berger, "Calibration of p Values for Testing Precise Null Hypotheses", The American
 * Statistician 55 (2001).
 */
export function probabilityReal(p: number): number {
  if (p <= 0) return 1;
  if (p >= 1 / Math.E) return 0.5;
  return 1 / (1 - Math.E * p * Math.log(p));
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
