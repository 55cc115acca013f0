import { directionOf } from "@/lib/model/words";
import { adaptiveRates, falseDiscoveryRates } from "@/lib/stats/falseDiscovery";
import { FAMILY_ROWS, FEWEST_RUNS } from "./constants";
import { describe } from "./describe";
import { isExact, type Judged } from "./judged";
import { errorOfLook, lookOf } from "./looks";
import { detectable, needsRuns } from "./needsRuns";
import type { ComparedRow, Verdict } from "./types";
import { weightsOf } from "./weights";

type Called = Pick<ComparedRow, "verdict" | "small" | "exact" | "open">;

/** Verdicts of rows that are judged together, the false-discovery rate held at `rate` over them. */
export function decide(judged: readonly Judged[], rate: number): ComparedRow[] {
  const open = judged.map(({ look }) => look !== null && lookOf(look) === 0);
  const ps = judged.map(({ result }, i) => (open[i] ? null : (result?.p ?? null)));
  const rates = judged.map(({ look }) => (look === null ? rate : errorOfLook(rate, lookOf(look))));
  const isFamily = ps.filter((p) => p !== null).length >= FAMILY_ROWS;
  const weights = isFamily ? weightsOf(judged) : null;
  const qs = isFamily ? adaptiveRates(ps, largest(rates), weights) : falseDiscoveryRates(ps);
  const unchangedQs = falseDiscoveryRates(
    judged.map(({ result }, i) => (open[i] ? null : (result?.equivalenceP ?? null))),
  );
  const tested = ps.filter((p) => p !== null).length;
  const calls = qs.filter((q, i) => q !== null && q <= (rates[i] as number)).length;
  return judged.map((one, i) => {
    const q = qs[i] ?? null;
    const called = open[i] ? openCall(one) : verdictOf(one, q, rates[i] as number);
    // One more call moves the threshold of Benjamini and Hochberg to this.
    const share = Math.min(Math.max(1, tested), calls + 1) / Math.max(1, tested);
    const callP = (rates[i] || rate) * (weights?.[i] ?? 1) * share;
    // Written out field by field: spreading several objects into one costs more than the statistics, in ten thousand rows.
    const told = describe(one);
    return {
      workload: told.workload,
      ...(told.params === undefined ? {} : { params: told.params }),
      metric: told.metric,
      ...(told.environment === undefined ? {} : { environment: told.environment }),
      verdict: called.verdict,
      change: told.change,
      difference: told.difference,
      interval: told.interval,
      p: ps[i] ?? null,
      q,
      unchangedQ: unchangedQs[i] ?? null,
      needsRuns: called.verdict === "inconclusive" ? runsNeeded(one, callP) : null,
      small: called.small,
      open: called.open,
      exact: called.exact,
      noise: told.noise,
      df: told.df,
      quiet: told.quiet,
      detectable: leastShown(one, callP),
      variance: told.variance,
      baseline: told.baseline,
      contender: told.contender,
    };
  });
}

const largest = (values: readonly number[]) => values.reduce((most, value) => Math.max(most, value), 0);

/** Before its plan a row has an interval, and no verdict. */
const openCall = (one: Judged): Called => ({
  verdict: "inconclusive",
  small: false,
  exact: one.result === null && isExact(one),
  open: true,
});

function verdictOf(one: Judged, q: number | null, rate: number): Called {
  const { result, limit, row } = one;
  const effect = one.estimate.contender - one.estimate.baseline;
  const told = (verdict: Verdict, small = false): Called => ({ verdict, small, exact: false, open: false });
  if (result === null) {
    if (!isExact(one)) return told("inconclusive");
    const isWithin = Math.abs(effect) <= limit;
    return { ...told(isWithin ? "unchanged" : directionOf(effect, row.better), isWithin && effect !== 0), exact: true };
  }
  const isCertain = q !== null && q <= rate;
  const [lo, hi] = result.equivalenceInterval;
  if (lo >= -limit && hi <= limit) return told("unchanged", isCertain);
  return told(isCertain && effect !== 0 ? directionOf(effect, row.better) : "inconclusive");
}

/** What is missing to the plan, and after it to a verdict. */
function runsNeeded({ look, estimate, limit, result }: Judged, callP: number): number | null {
  if (look !== null && lookOf(look) === 0) return look.planned - look.runs;
  if (result !== null) return needsRuns(estimate, result.effect, limit, callP);
  return Math.max(1, FEWEST_RUNS - Math.min(estimate.runs.baseline, estimate.runs.contender));
}

function leastShown({ estimate, measured, result }: Judged, callP: number): number | null {
  if (result === null) return null;
  const least = detectable(estimate, callP);
  if (least === null) return null;
  return measured.scale === "log" ? Math.min(Number.MAX_VALUE, Math.expm1(least)) : least;
}
