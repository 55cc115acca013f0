import { median } from "../stats/quantile";
import { OPEN_SPREAD } from "./constants";
import type { PointValue } from "./types";
import { rootsOf } from "./weigh";

/**
 * The measured points of a series, in order; `index` is their place among the values as given, `root` the square roots of
 * their weights (see `rootsOf`).
 */
export type Points = {
  index: number[];
  value: Float64Array;
  root: Float64Array | null;
  runs: number[];
  open: number[];
};

type Reduced = { index: number; value: number; medians: number[]; samples: number; pair: number | null };

/**
 * Reduces each point to the median of its run medians. Points whose runs differ by more than OPEN_SPREAD of the smaller
 * one are left out as open: which of the runs is right cannot be told. Where more than a fifth of the points are such,
 * it is the noise of the series and none is left out.
 */
export function readPoints(values: readonly PointValue[]): Points {
  return values.every((value) => value === null || typeof value === "number")
    ? readNumbers(values as (number | null)[])
    : readRuns(values);
}

function readNumbers(values: readonly (number | null)[]): Points {
  const index: number[] = [];
  const value: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const one = values[i];
    if (!Number.isFinite(one)) continue;
    index.push(i);
    value.push(one as number);
  }
  return { index, value: new Float64Array(value), root: null, runs: new Array<number>(index.length).fill(1), open: [] };
}

function readRuns(values: readonly PointValue[]): Points {
  const all = values.flatMap((point, index) => reduce(point, index) ?? []);
  const disagreeing = new Set(all.filter(({ medians }) => disagree(medians)));
  const isNoise = disagreeing.size * 5 > all.length;
  const used = isNoise ? all : all.filter((point) => !disagreeing.has(point));
  const value = Float64Array.from(used, (point) => point.value);
  const runs = used.map((point) => point.medians.length);
  const root = rootsOf(value, {
    runs,
    samples: used.map((point) => point.samples),
    runPairs: used.flatMap(({ medians: [first, second] }) =>
      first === undefined || second === undefined ? [] : Math.abs(first - second),
    ),
    samplePairs: used.flatMap((point) => point.pair ?? []),
  });
  const open = isNoise ? [] : [...disagreeing].map((point) => point.index);
  return { index: used.map((point) => point.index), value, root, runs, open };
}

/** null for a point without any finite number. */
function reduce(point: PointValue, index: number): Reduced | null {
  if (point === null) return null;
  const runs = (typeof point === "number" ? [[point]] : runsOf(point)).map((run) => run.filter(Number.isFinite));
  const measured = runs.filter((run) => run.length > 0);
  const medians = measured.map((run) => median(run) as number);
  const value = median(medians);
  if (value === null) return null;
  const samples = measured.reduce((sum, run) => sum + run.length, 0) / measured.length;
  const [first, second] = measured.find((run) => run.length > 1) ?? [];
  const pair = first === undefined || second === undefined ? null : Math.abs(first - second);
  return { index, value, medians, samples, pair };
}

function disagree(medians: readonly number[]): boolean {
  const low = Math.min(...medians);
  const high = Math.max(...medians);
  return high - low > OPEN_SPREAD * Math.min(Math.abs(low), Math.abs(high));
}

function runsOf(point: number[] | number[][]): number[][] {
  return isRuns(point) ? point : [point];
}

function isRuns(point: number[] | number[][]): point is number[][] {
  return Array.isArray(point[0]);
}
