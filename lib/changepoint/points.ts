import { median } from "../stats/quantile";
import { OPEN_SPREAD } from "./constants";
import type { PointValue } from "./types";

/** The measured points of a series, in order; `index` is their place among the values as given. */
export type Points = { index: number[]; value: Float64Array; runs: number[]; open: number[] };

type Reduced = { index: number; value: number; runs: number; disagree: boolean };

/**
 * Reduces each point to the median of its run medians. Points whose runs differ by more than OPEN_SPREAD of the smaller
 * one are left out as open: which of the runs is right cannot be told. Where more than a fifth of the points are such,
 * it is the noise of the series and none is left out.
 */
export function readPoints(values: readonly PointValue[]): Points {
  const all: Reduced[] = [];
  for (let index = 0; index < values.length; index++) {
    const point = reduce(values[index] ?? null, index);
    if (point !== null) all.push(point);
  }
  const disagreeing = all.filter((point) => point.disagree);
  const open = disagreeing.length * 5 > all.length ? [] : disagreeing.map((point) => point.index);
  const used = open.length === 0 ? all : all.filter((point) => !point.disagree);
  return {
    index: used.map((point) => point.index),
    value: Float64Array.from(used, (point) => point.value),
    runs: used.map((point) => point.runs),
    open,
  };
}

/** null for a point without any finite number. */
function reduce(point: PointValue, index: number): Reduced | null {
  if (point === null) return null;
  if (typeof point === "number")
    return Number.isFinite(point) ? { index, value: point, runs: 1, disagree: false } : null;
  const medians = runsOf(point).flatMap((run) => median(run.filter(Number.isFinite)) ?? []);
  const value = median(medians);
  if (value === null) return null;
  const low = Math.min(...medians);
  const high = Math.max(...medians);
  return {
    index,
    value,
    runs: medians.length,
    disagree: high - low > OPEN_SPREAD * Math.min(Math.abs(low), Math.abs(high)),
  };
}

function runsOf(point: number[] | number[][]): number[][] {
  return isRuns(point) ? point : [point];
}

function isRuns(point: number[] | number[][]): point is number[][] {
  return Array.isArray(point[0]);
}
