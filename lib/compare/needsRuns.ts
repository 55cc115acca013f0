import { studentCdf } from "@/lib/stats/student";
import { studentUpper } from "@/lib/stats/studentInverse";
import { EQUIVALENCE_ERROR, MOST_NEEDED_RUNS, VERDICT_CHANCE } from "./constants";
import type { Estimate } from "./estimate";
import { errorOf } from "./judge";
import { sizeBeyond } from "./quiet";

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

/**
 * The smallest effect on the row's scale that is called at a two-sided p of `callP` with a chance of VERDICT_CHANCE, with the
 * runs and the noise that are there. null where the noise is unknown, or a single run's spikes hide every change.
 */
export function detectable(estimate: Estimate, callP: number): number | null {
  const { standardError, df } = errorOf(estimate);
  if (!(df > 0) || !(standardError > 0)) return null;
  const called = Math.max(studentUpper(Math.min(0.5, callP / 2), df), leastSize(estimate, callP));
  const least = standardError * (called + studentUpper(1 - VERDICT_CHANCE, df));
  return Number.isFinite(least) ? least : null;
}

/** Single runs: their spikes hide what quiet comparisons reach. */
const leastSize = ({ runs, quiet }: Estimate, callP: number) =>
  quiet !== null && Math.min(runs.baseline, runs.contender) === 1 ? sizeBeyond(quiet, callP) : 0;
