import type { Better } from "@/lib/model/words";

/** The samples of one run of a row, at least one, in the metric's unit; null where the run did not measure the row. */
export type RunSamples = readonly number[] | null;

/**
 * A case and metric with its two sides. The run is the unit: a place in `baseline` is the same run in every row of the
 * same metric and environment; likewise in `contender` and `history`. Shorter arrays lack the last runs.
 */
export type FamilyRow = {
  workload: string;
  params?: unknown;
  metric: string;
  environment?: string;
  better: Better;
  baseline: readonly RunSamples[];
  contender: readonly RunSamples[];
  /** Runs on one level (one segment, version and set of facts) that show the noise; their level is not used. */
  history?: readonly RunSamples[];
  /** The same as medians of runs, NaN where one did not measure the row: for whoever has no samples. Wins over `history`. */
  historyMedians?: readonly number[];
  /**
   * The day of each place, as a text ("2026-11-24"); null where it is not known. What runs of one day have in common in the
   * history then counts against sides that ran on other days. The same for all rows of a metric and environment.
   */
  days?: Readonly<Record<"baseline" | "contender" | "history", readonly (string | null)[]>>;
  /** Relative, >= 0: the smallest change worth telling. */
  smallestEffect?: number;
  /** Names the pair of sides where a family holds several (n variants against one): their runs are not the same ones. */
  sides?: string;
  /** As in the options, where rows of one family stand at different looks. */
  look?: LookAt;
};

export type Verdict = "regression" | "improvement" | "unchanged" | "inconclusive" | "rose" | "fell";

/** One side of a compared row. `value`: geometric mean of the run medians (mean on the plain scale); null without runs. */
export type Side = { value: number | null; runs: number; samples: number };

/** A variance and the degrees of freedom it rests on. */
export type Variance = { variance: number; df: number };

export type ComparedRow = {
  workload: string;
  params?: unknown;
  metric: string;
  environment?: string;
  verdict: Verdict;
  /** contender / baseline - 1; null on the plain scale (values not all above 0) and without runs on a side. */
  change: number | null;
  /** contender - baseline, in the metric's unit. */
  difference: number | null;
  /** 95 % interval of the change, of the difference where `change` is null; null where the noise is unknown. */
  interval: readonly [number, number] | null;
  /** Two-sided p of no difference; null where the noise is unknown and where there is none (`exact`). */
  p: number | null;
  q: number | null;
  /** q of the two one-sided tests: what a gate compares that relies on `unchanged`. null where the noise is unknown. */
  unchangedQ: number | null;
  /**
   * Additional runs a side for an 80 % chance of a verdict; null when there is one, and over 50. Where the noise is
   * unknown: what is missing to three runs a side.
   */
  needsRuns: number | null;
  /** Certain, yet under the smallest effect: such a row is `unchanged`. */
  small: boolean;
  /** The planned runs are not all there: an interval, and no verdict yet. */
  open: boolean;
  /** The values of a side do not vary at all: the difference is what it is, without p. */
  exact: boolean;
  /** Sd of a run: of its log (close to a share), in the metric's unit on the plain scale. null where unknown. */
  noise: number | null;
  /** Degrees of freedom behind the interval; null where there is none. */
  df: number | null;
  /** Where 95 of 100 comparisons of equal sides with these runs and this noise lie, as `change` (or `difference`). */
  quiet: readonly [number, number] | null;
  /** The smallest change (difference on the plain scale) that these runs call in 80 of 100 cases; null: noise unknown. */
  detectable: number | null;
  /**
   * Variance of the difference on the row's scale (of the log of the ratio): the row's own, and what its runs lay on all
   * rows of the metric and environment. null where the noise is unknown or there is none.
   */
  variance: { own: Variance; shared: Variance } | null;
  baseline: Side;
  contender: Side;
};

/** What a run did to every row of a metric and environment at once. */
export type RunFactor = {
  metric: string;
  environment?: string;
  side: "baseline" | "contender";
  /** Place in the side's array. */
  run: number;
  /** Relative to the side's other runs: 0.02 is 2 % more in every row. */
  factor: number;
  /** Stands out from the side's other runs: its factor is taken out of the estimate. */
  slow: boolean;
};

/** Where a comparison stands that is looked at again and again while runs arrive. */
export type LookAt = {
  /** Runs a side after which it is judged for the first time. */
  planned: number;
  /** Runs that the side with fewer has. */
  runs: number;
};

export type CompareOptions = {
  /** A comparison that is repeated as runs arrive: no verdict before its plan, and each later look spends error. */
  look?: LookAt;
  /** False-discovery rate held over the family; default 0.05. */
  falseDiscoveryRate?: number;
  /** Smallest effect of rows that do not say their own; default 0.05. */
  smallestEffect?: number;
};
