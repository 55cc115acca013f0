import { median } from "@/lib/stats/quantile";
import type { Room } from "./room";
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

/** Reads a row: the median of every run, its scale, its counts. Its numbers are written into `room`. */
export function measure(row: FamilyRow, room: Room): Measured {
  const past = row.historyMedians ?? runMedians(row.history ?? []);
  const sides = [runMedians(row.baseline), runMedians(row.contender), past];
  const isPositive = sides.every(allPositive);
  const [baseline, contender, history] = sides.map((values) => onScale(values, isPositive, room)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  return {
    scale: isPositive ? "log" : "plain",
    baseline,
    contender,
    history,
    counts: { baseline: count(row.baseline), contender: count(row.contender) },
  };
}

/** Whether no value is 0 or less; missing ones do not count. */
function allPositive(values: readonly number[]): boolean {
  for (const value of values) if (value <= 0) return false;
  return true;
}

function onScale(values: readonly number[], isLog: boolean, room: Room): Float64Array {
  const scaled = room.take(values.length);
  for (let run = 0; run < scaled.length; run++) {
    const value = values[run] as number;
    scaled[run] = isLog ? Math.log(value) : value;
  }
  return scaled;
}

const runMedians = (runs: readonly RunSamples[]): number[] => runs.map(runMedian);

function runMedian(samples: RunSamples): number {
  if (samples === null) return Number.NaN;
  return samples.length === 1 ? (samples[0] as number) : (median(samples) ?? Number.NaN);
}

function count(runs: readonly RunSamples[]): Omit<Side, "value"> {
  let measured = 0;
  let samples = 0;
  for (const run of runs) {
    if (run === null || run.length === 0) continue;
    measured++;
    samples += run.length;
  }
  return { runs: measured, samples };
}
