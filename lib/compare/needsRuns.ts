import { normalCdfRough } from "@/lib/stats/normal";
import { studentCdf, studentToNormal } from "@/lib/stats/student";
import { studentUpper, studentUpperRough } from "@/lib/stats/studentInverse";
import { EQUIVALENCE_ERROR, MOST_NEEDED_RUNS, VERDICT_CHANCE } from "./constants";
import type { Estimate } from "./estimate";
import { errorOf } from "./judge";
import { sizeBeyond } from "./quiet";

/**
 * Additional runs a side for a chance of VERDICT_CHANCE that the row gets a verdict, if effect and noise are as estimated:
 * called at a two-sided p of `callP`, or shown to lie within `limit` of 0 (all on the row's scale). null when more than
 * MOST_NEEDED_RUNS would be needed. The chance grows with the runs, so the answer is found by halving: with a rough chance,
 * which is several times quicker, and then confirmed.
 */
export function needsRuns(estimate: Estimate, effect: number, limit: number, callP: number): number | null {
  const asked = { estimate, effect, limit, callP };
  if (roughChance(asked, MOST_NEEDED_RUNS) < VERDICT_CHANCE - ROUGH_ERROR) return null;
  let low = 0;
  let high = MOST_NEEDED_RUNS;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (roughChance(asked, middle) >= VERDICT_CHANCE) high = middle;
    else low = middle;
  }
  while (high <= MOST_NEEDED_RUNS && exactChance(asked, high) < VERDICT_CHANCE) high++;
  while (high > 1 && exactChance(asked, high - 1) >= VERDICT_CHANCE) high--;
  return high > MOST_NEEDED_RUNS ? null : high;
}

type Asked = { estimate: Estimate; effect: number; limit: number; callP: number };

/** How far a rough chance may lie from the exact one, with room. Below so few df it is not used. */
const ROUGH_ERROR = 0.05;
const ROUGH_DF = 10;

function roughChance(asked: Asked, more: number): number {
  const error = errorOf(asked.estimate, more);
  if (error.df < ROUGH_DF) return chanceOf(asked, error, studentUpper, studentCdf);
  return chanceOf(asked, error, studentUpperRough, roughCdf);
}

const exactChance = (asked: Asked, more: number): number =>
  chanceOf(asked, errorOf(asked.estimate, more), studentUpper, studentCdf);

const roughCdf = (t: number, df: number): number => normalCdfRough(studentToNormal(t, df));

function chanceOf(
  { effect, limit, callP }: Asked,
  { standardError, df }: ReturnType<typeof errorOf>,
  upper: (tail: number, df: number) => number,
  cdf: (t: number, df: number) => number,
): number {
  const size = Math.abs(effect) / standardError;
  const called = cdf(size - upper(Math.min(0.5, callP / 2), df), df);
  const room = limit / standardError - upper(EQUIVALENCE_ERROR, df);
  const unchanged = room > 0 ? cdf(room - size, df) - cdf(-room - size, df) : 0;
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
