import { median } from "../stats/quantile";
import { OPEN_SPREAD } from "./constants";
import type { PointValue } from "./types";

/** The measured points of a series, in order; `index` is their place among the values as given. */
export type Points = { index: number[]; value: Float64Array; runs: number[]; open: number[] };

/**
 * Reduces each point to the median of its run medians. Points whose runs differ by more than OPEN_SPREAD of the smaller
 * one are left out as open: which of the runs is right cannot be told. Where more than a fifth of the points are such,
 * it is the noise of the series and none is left out.
 */
export function readPoints(values: readonly PointValue[]): Points {
  const index: number[] = [];
  const medians: number[] = [];
  const runs: number[] = [];
  const disagreeing: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const point = values[i] ?? null;
    const ofRuns = point === null ? [] : typeof point === "number" ? finite(point) : runMedians(point);
    const value = ofRuns.length === 1 ? (ofRuns[0] as number) : median(ofRuns);
    if (value === null) continue;
    index.push(i);
    medians.push(value);
    runs.push(ofRuns.length);
    if (ofRuns.length > 1 && disagree(ofRuns)) disagreeing.push(i);
  }
  const all = { index, value: new Float64Array(medians), runs, open: [] };
  return disagreeing.length === 0 || disagreeing.length * 5 > index.length ? all : without(all, disagreeing);
}

function without({ index, value, runs }: Points, open: number[]): Points {
  const out = new Set(open);
  const kept = index.flatMap((at, k) => (out.has(at) ? [] : [k]));
  return {
    index: kept.map((k) => index[k] as number),
    value: Float64Array.from(kept, (k) => value[k] as number),
    runs: kept.map((k) => runs[k] as number),
    open,
  };
}

function disagree(medians: readonly number[]): boolean {
  const low = Math.min(...medians);
  const high = Math.max(...medians);
  return high - low > OPEN_SPREAD * Math.min(Math.abs(low), Math.abs(high));
}

function finite(value: number): number[] {
  return Number.isFinite(value) ? [value] : [];
}

/** Medians of the runs that have a finite sample. */
function runMedians(point: number[] | number[][]): number[] {
  return runsOf(point).flatMap((run) => median(run.filter(Number.isFinite)) ?? []);
}

function runsOf(point: number[] | number[][]): number[][] {
  return isRuns(point) ? point : [point];
}

function isRuns(point: number[] | number[][]): point is number[][] {
  return Array.isArray(point[0]);
}
