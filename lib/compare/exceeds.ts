import { studentCdf } from "@/lib/stats/student";
import { addVariances } from "./judge";
import type { ComparedRow } from "./types";

/** Changes that a heat map asks about. */
export const EXCEEDED = [-0.3, -0.2, -0.1, -0.05, 0, 0.05, 0.1, 0.2, 0.3] as const;

/** The probability that contender / baseline - 1 is above a threshold. */
export type Exceeds = { threshold: number; probability: number };

/**
 * Probabilities that the change is above each threshold (relative, over -1): the t distribution of the log of the ratio
 * around what was measured, with the moderated noise and its degrees of freedom, which is the posterior under a flat prior of
 * the change (Box & Tiao 1973, section 2.4). At the ends of the row's 95 % interval it is 0.975 and 0.025. null without a ratio and where
 * the noise is unknown; 0 or 1 where there is none. Says nothing of the other rows: among many, some are high by chance.
 */
export function exceeds(
  { change, variance, exact }: Pick<ComparedRow, "change" | "variance" | "exact">,
  thresholds: readonly number[] = EXCEEDED,
): Exceeds[] | null {
  if (change === null) return null;
  if (exact) return thresholds.map((threshold) => ({ threshold, probability: change > threshold ? 1 : 0 }));
  if (variance === null) return null;
  const { variance: sum, df } = addVariances([variance.own, variance.shared]);
  if (!(sum > 0) || !(df > 0)) return null;
  const at = Math.log1p(change);
  return thresholds.map((threshold) => ({
    threshold,
    probability: studentCdf((at - Math.log1p(threshold)) / Math.sqrt(sum), df),
  }));
}
