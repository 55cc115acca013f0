import { directionOf } from "@/lib/model/words";
import { falseDiscoveryRates } from "@/lib/stats/falseDiscovery";
import { FALSE_DISCOVERY_RATE, FEWEST_RUNS, SMALLEST_EFFECT } from "./constants";
import { type Estimate, estimateGroup, type GroupEstimate } from "./estimate";
import { type Test, test, varianceOf } from "./judge";
import { type Measured, measure } from "./measured";
import { needsRuns } from "./needsRuns";
import type { ComparedRow, CompareOptions, FamilyRow, RunFactor, Verdict } from "./types";

/** Rows in the order they came in, and what each run did to all rows of its metric and environment. */
export type ComparedFamily = { rows: ComparedRow[]; runFactors: RunFactor[] };

type Judged = { row: FamilyRow; measured: Measured; estimate: Estimate; limit: number; result: Test | null };

/** As `compareFamilyWithRuns`, the rows alone. */
export function compareFamily(rows: readonly FamilyRow[], options: CompareOptions = {}): ComparedRow[] {
  return compareFamilyWithRuns(rows, options).rows;
}

/**
 * Compares the sides of all rows that are judged together: moderated t on the logs of run medians with a factor per run,
 * the false-discovery rate held over the rows (docs/comparison.md). Rows missing or failed on a side are the caller's;
 * a side without runs is `inconclusive` here. Values must be finite. Some 10 microseconds a row.
 */
export function compareFamilyWithRuns(rows: readonly FamilyRow[], options: CompareOptions = {}): ComparedFamily {
  const measured = rows.map(measure);
  const estimates = new Array<Estimate>(rows.length);
  const runFactors: RunFactor[] = [];
  for (const places of groups(rows, measured)) {
    const first = places[0] as number;
    const isLog = (measured[first] as Measured).scale === "log";
    const group = estimateGroup(
      places.map((place) => measured[place] as Measured),
      isLog,
    );
    group.rows.forEach((estimate, i) => {
      estimates[places[i] as number] = estimate;
    });
    runFactors.push(...factorsOf(group, rows[first] as FamilyRow));
  }
  const judged = rows.map((row, i) => {
    const one = { row, measured: measured[i] as Measured, estimate: estimates[i] as Estimate };
    const limit = limitOf(one.measured, one.estimate, row.smallestEffect ?? options.smallestEffect ?? SMALLEST_EFFECT);
    return { ...one, limit, result: test(one.estimate, limit) };
  });
  return { rows: decide(judged, options.falseDiscoveryRate ?? FALSE_DISCOVERY_RATE), runFactors };
}

/** Places of the rows of each metric, environment and scale. */
function groups(rows: readonly FamilyRow[], measured: readonly Measured[]): number[][] {
  const found = new Map<string, number[]>();
  rows.forEach((row, i) => {
    const key = JSON.stringify([row.metric, row.environment ?? null, (measured[i] as Measured).scale]);
    const places = found.get(key);
    if (places) places.push(i);
    else found.set(key, [i]);
  });
  return [...found.values()];
}

function factorsOf(group: GroupEstimate, { metric, environment }: FamilyRow): RunFactor[] {
  return (["baseline", "contender"] as const).flatMap((side) => {
    const { factor, slow } = group[side];
    return Array.from(factor, (value, run) => ({ value, run })).flatMap(({ value, run }) =>
      Number.isNaN(value)
        ? []
        : [{ metric, environment, side, run, factor: Math.expm1(value), slow: slow[run] as boolean }],
    );
  });
}

/** The smallest effect on the row's scale: a log, or on the plain scale a share of the larger level. */
function limitOf({ scale }: Measured, { baseline, contender }: Estimate, smallestEffect: number): number {
  if (scale === "log") return Math.log1p(smallestEffect);
  return smallestEffect * Math.max(Math.abs(baseline), Math.abs(contender)) || 0;
}

function decide(judged: readonly Judged[], rate: number): ComparedRow[] {
  const ps = judged.map(({ result }) => result?.p ?? null);
  const qs = falseDiscoveryRates(ps);
  const unchangedQs = falseDiscoveryRates(judged.map(({ result }) => result?.equivalenceP ?? null));
  const tested = ps.filter((p) => p !== null).length;
  const calls = qs.filter((q) => q !== null && q <= rate).length;
  // One more call moves the threshold of Benjamini and Hochberg to this.
  const callP = (rate * Math.min(tested, calls + 1)) / Math.max(1, tested);
  return judged.map((one, i) => {
    const q = qs[i] ?? null;
    const verdict = verdictOf(one, q, rate);
    return {
      ...describe(one),
      ...verdict,
      q,
      unchangedQ: unchangedQs[i] ?? null,
      needsRuns: verdict.verdict === "inconclusive" ? runsNeeded(one, callP) : null,
    };
  });
}

function verdictOf(one: Judged, q: number | null, rate: number): { verdict: Verdict; small: boolean; exact: boolean } {
  const { result, limit, row } = one;
  const effect = one.estimate.contender - one.estimate.baseline;
  if (result === null) {
    if (!isExact(one)) return { verdict: "inconclusive", small: false, exact: false };
    const isWithin = Math.abs(effect) <= limit;
    return {
      verdict: isWithin ? "unchanged" : directionOf(effect, row.better),
      small: isWithin && effect !== 0,
      exact: true,
    };
  }
  const isCertain = q !== null && q <= rate;
  const [lo, hi] = result.equivalenceInterval;
  if (lo >= -limit && hi <= limit) return { verdict: "unchanged", small: isCertain, exact: false };
  if (isCertain && effect !== 0) return { verdict: directionOf(effect, row.better), small: false, exact: false };
  return { verdict: "inconclusive", small: false, exact: false };
}

/**
 * Whether the difference is what it is: no run differs from the others of its group, or, with one run a side, both are 0
 * in every sample, or one is and the other does not vary within the run.
 */
function isExact({ estimate, row }: Judged): boolean {
  if (Number.isNaN(estimate.contender - estimate.baseline)) return false;
  if (estimate.row.df > 0) return estimate.row.variance === 0;
  const sides = [row.baseline, row.contender].map((runs) => new Set(runs.flatMap((samples) => samples ?? [])));
  return sides.every((values) => values.size === 1) && sides.some((values) => values.has(0));
}

function runsNeeded({ estimate, limit, result }: Judged, callP: number): number | null {
  if (result !== null) return needsRuns(estimate, result.effect, limit, callP);
  return Math.max(1, FEWEST_RUNS - Math.min(estimate.runs.baseline, estimate.runs.contender));
}

function describe(one: Judged): Omit<ComparedRow, "verdict" | "small" | "exact" | "q" | "unchangedQ" | "needsRuns"> {
  const { row, measured, estimate, result } = one;
  const isLog = measured.scale === "log";
  const effect = estimate.contender - estimate.baseline;
  const value = (level: number) => (Number.isNaN(level) ? null : isLog ? Math.exp(level) : level);
  const baseline = value(estimate.baseline);
  const contender = value(estimate.contender);
  // Beyond the largest number there is no Infinity in JSON.
  const relative = (x: number) => Math.min(Number.MAX_VALUE, isLog ? Math.expm1(x) : x);
  const ends = result?.interval ?? (isExact(one) ? ([effect, effect] as const) : null);
  const variance = estimate.row.variance + estimate.factor.variance; // of a run
  return {
    workload: row.workload,
    ...(row.params === undefined ? {} : { params: row.params }),
    metric: row.metric,
    ...(row.environment === undefined ? {} : { environment: row.environment }),
    change: isLog && !Number.isNaN(effect) ? Math.expm1(effect) : null,
    difference: baseline === null || contender === null ? null : contender - baseline,
    interval: ends && [relative(ends[0]), relative(ends[1])],
    p: result?.p ?? null,
    noise: estimate.row.df === 0 ? null : Math.sqrt(variance),
    df: result?.df ?? null,
    variance: result && varianceOf(estimate),
    baseline: { value: baseline, ...measured.counts.baseline },
    contender: { value: contender, ...measured.counts.contender },
  };
}
