import { studentCdf } from "@/lib/stats/student";
import { studentUpper } from "@/lib/stats/studentInverse";
import { EQUIVALENCE_ERROR, MOST_NEEDED_RUNS, VERDICT_CHANCE } from "./constants";
import type { Estimate } from "./estimate";
import { errorOf } from "./judge";

/**
 * Additional runs a side for a chance of VERDICT_CHANCE that the row gets a verdict, if effect and noise are as estimated:
 * called at a two-sided p of `callP`, or shown to lie within `limit` of 0 (all on the row's scale). null when more than
 * MOST_NEEDED_RUNS would be needed. The chance grows with the runs, so the answer is found by halving.
 */
export function needsRuns(estimate: Estimate, effect: number, limit: number, callP: number): number | null {
  const chance = (more: number) => verdictChance(estimate, effect, limit, callP, more);
  if (chance(MOST_NEEDED_RUNS) < VERDICT_CHANCE) return null;
  let low = 0;
  let high = MOST_NEEDED_RUNS;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (chance(middle) >= VERDICT_CHANCE) high = middle;
    else low = middle;
  }
  return high;
}

function verdictChance(estimate: Estimate, effect: number, limit: number, callP: number, more: number): number {
  const { standardError, df } = errorOf(estimate, more);
  const size = Math.abs(effect) / standardError;
  const called = studentCdf(size - studentUpper(Math.min(0.5, callP / 2), df), df);
  const room = limit / standardError - studentUpper(EQUIVALENCE_ERROR, df);
  const unchanged = room > 0 ? studentCdf(room - size, df) - studentCdf(-room - size, df) : 0;
  return Math.min(1, called + unchanged);
}
