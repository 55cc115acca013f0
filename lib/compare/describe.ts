import { varianceOf } from "./judge";
import { isExact, type Judged } from "./judged";
import type { ComparedRow } from "./types";

type Described = Omit<
  ComparedRow,
  "verdict" | "small" | "exact" | "open" | "p" | "q" | "unchangedQ" | "needsRuns" | "detectable"
>;

/** The figures of a row that do not depend on the others. */
export function describe(one: Judged): Described {
  const { row, measured, estimate, result } = one;
  const isLog = measured.scale === "log";
  const effect = estimate.contender - estimate.baseline;
  const value = (level: number) => (Number.isNaN(level) ? null : isLog ? Math.exp(level) : level);
  const baseline = value(estimate.baseline);
  const contender = value(estimate.contender);
  // Beyond the largest number there is no Infinity in JSON.
  const relative = (x: number) => Math.min(Number.MAX_VALUE, isLog ? Math.expm1(x) : x);
  const reach = result ? result.interval[1] - effect : 0;
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
    quiet: result && [relative(-reach), relative(reach)],
    noise: estimate.row.df === 0 ? null : Math.sqrt(variance),
    df: result?.df ?? null,
    variance: result && varianceOf(estimate),
    baseline: { value: baseline, ...measured.counts.baseline },
    contender: { value: contender, ...measured.counts.contender },
  };
}
