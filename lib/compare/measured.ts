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
  const past = row.historyMedians ?? runMedians(row.history ?? []);
  const sides = [runMedians(row.baseline), runMedians(row.contender), past] as const;
  const isPositive = sides.every(allPositive);
  const [baseline, contender, history] = isPositive ? (sides.map(logs) as [...typeof sides]) : sides;
  return {
    scale: isPositive ? "log" : "plain",
    baseline,
    contender,
    history,
    counts: { baseline: count(row.baseline), contender: count(row.contender) },
  };
}

/** Whether no value is 0 or less; missing ones do not count. */
function allPositive(values: Float64Array): boolean {
  for (const value of values) if (value <= 0) return false;
  return true;
}

const logs = (values: Float64Array): Float64Array => values.map(Math.log);

function runMedians(runs: readonly RunSamples[]): Float64Array {
  const medians = new Float64Array(runs.length).fill(Number.NaN);
  runs.forEach((samples, run) => {
    if (samples !== null)
      medians[run] = samples.length === 1 ? (samples[0] as number) : (median(samples) ?? Number.NaN);
  });
  return medians;
}

function count(runs: readonly RunSamples[]): Omit<Side, "value"> {
  const measured = runs.filter((samples) => samples !== null && samples.length > 0);
  return { runs: measured.length, samples: measured.reduce((sum, samples) => sum + (samples?.length ?? 0), 0) };
}
