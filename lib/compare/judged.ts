import type { Estimate } from "./estimate";
import type { Test } from "./judge";
import type { Measured } from "./measured";
import type { FamilyRow, LookAt } from "./types";

/** A row with its estimate and test; `limit`: the smallest effect on its scale. */
export type Judged = {
  row: FamilyRow;
  look: LookAt | null;
  measured: Measured;
  estimate: Estimate;
  limit: number;
  result: Test | null;
};

/**
 * Whether the difference is what it is: no run differs from the others of its group, or, with one run a side, both are 0
 * in every sample, or one is and the other does not vary within the run.
 */
export function isExact({ estimate, row }: Pick<Judged, "estimate" | "row">): boolean {
  if (Number.isNaN(estimate.contender - estimate.baseline)) return false;
  if (estimate.row.df > 0) return estimate.row.variance === 0;
  const sides = [row.baseline, row.contender].map((runs) => new Set(runs.flatMap((samples) => samples ?? [])));
  return sides.every((values) => values.size === 1) && sides.some((values) => values.has(0));
}
