import { median } from "@/lib/stats/quantile";
import type { FamilyRow, RunSamples, Side } from "./types";

/** A row in numbers: run medians by place (NaN where missing), on the log scale where all are above 0. */
export type Measured = {
  scale: "log" | "plain";
  baseline: Float64Array;
  contender: Float64Array;
  history: Float64Array;
  /** Runs that have a value, and their samples. */
  counts: { baseline: Omit<Side, "value">; contender: Omit<Side, "value"> };
};

/** Reads a row: the median of every run, its scale, its counts. */
export function measure(row: FamilyRow): Measured {
  const sides = [row.baseline, row.contender, row.history ?? []].map(runMedians) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const isPositive = sides.every((values) => values.every((value) => Number.isNaN(value) || value > 0));
  const [baseline, contender, history] = isPositive
    ? (sides.map((values) => values.map(Math.log)) as typeof sides)
    : sides;
  return {
    scale: isPositive ? "log" : "plain",
    baseline,
    contender,
    history,
    counts: { baseline: count(row.baseline), contender: count(row.contender) },
  };
}

function runMedians(runs: readonly RunSamples[]): Float64Array {
  return Float64Array.from(runs, (samples) => (samples === null ? Number.NaN : (median(samples) ?? Number.NaN)));
}

function count(runs: readonly RunSamples[]): Omit<Side, "value"> {
  const measured = runs.filter((samples) => samples !== null && samples.length > 0);
  return { runs: measured.length, samples: measured.reduce((sum, samples) => sum + (samples?.length ?? 0), 0) };
}
