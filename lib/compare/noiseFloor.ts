import { quantileSorted, sorted } from "@/lib/stats/quantile";
import { compareFamily } from "./compareFamily";
import { CERTAINTY } from "./constants";
import type { ComparedRow, CompareOptions, FamilyRow, RunSamples } from "./types";

/** What comparisons of equal sides showed. */
export type NoiseFloor = {
  /** How many comparisons: one of a copy, several drawn from a history. */
  comparisons: number;
  /** Runs a side in each. */
  runs: { baseline: number; contender: number };
  /** Rows of a comparison, on average. */
  rows: number;
  /** Rows called per comparison, and the share of comparisons with any: all of them false alarms. */
  calls: number;
  withCall: number;
  metrics: FloorMetric[];
};

/** What no change looks like in one metric. */
export type FloorMetric = {
  metric: string;
  /** Rows with a ratio, over all comparisons. */
  rows: number;
  /** The middle 95 % of their changes; null without one. */
  change: readonly [number, number] | null;
  /** Share of their intervals that hold no change: about 0.95. null without one. */
  covered: number | null;
  /** Half of the rows show a change of this size in 80 of 100 cases; null where noise is unknown. */
  detectable: number | null;
};

/** Rows that are drawn altogether, and bounds of the number of comparisons. */
const MOST_ROWS = 60_000;
const FEWEST_DRAWS = 4;
const MOST_DRAWS = 100;
/** Runs a side under which a split shows nothing. */
const FEWEST_A_SIDE = 2;

/** The floor as one comparison of equal sides shows it (a copy of the baseline against it). */
export function floorOfCopy(rows: readonly FamilyRow[], options: CompareOptions = {}): NoiseFloor {
  return summed([compareFamily(rows, options)], longest(rows));
}

/**
 * The floor as the histories of a family show it: their runs, split at random into two sides of as many runs as the comparison
 * has (fewer where the history is short), compared as a family, several times. Whole runs are drawn, so that what a run does to all rows
 * stays with it; runs mix in time. null where the history has fewer than four runs. `random` in [0, 1): seed it, so that a
 * page says the same twice. O(draws x rows).
 */
export function floorOfHistory(
  rows: readonly FamilyRow[],
  random: () => number,
  options: CompareOptions = {},
): NoiseFloor | null {
  const past = rows.reduce((most, row) => Math.max(most, (row.historyMedians ?? row.history ?? []).length), 0);
  const wanted = longest(rows);
  const share = Math.min(1, past / Math.max(1, wanted.baseline + wanted.contender));
  const runs = {
    baseline: Math.max(FEWEST_A_SIDE, Math.floor(wanted.baseline * share)),
    contender: Math.max(FEWEST_A_SIDE, Math.floor(wanted.contender * share)),
  };
  if (runs.baseline + runs.contender > past) return null;
  const draws = Math.max(FEWEST_DRAWS, Math.min(MOST_DRAWS, Math.floor(MOST_ROWS / Math.max(1, rows.length))));
  const compared = Array.from({ length: draws }, () =>
    compareFamily(split(rows, shuffled(past, random), runs), options),
  );
  return compared.every(({ length }) => length === 0) ? null : summed(compared, runs);
}

function longest(rows: readonly FamilyRow[]): { baseline: number; contender: number } {
  const most = (side: "baseline" | "contender") => rows.reduce((max, row) => Math.max(max, row[side].length), 0);
  return { baseline: most("baseline"), contender: most("contender") };
}

/**
 * Rows whose sides are runs of the history, those that have a value on both. The runs that are left over are their history,
 * as a comparison has one: without it other noise would be judged than the page judges.
 */
function split(rows: readonly FamilyRow[], order: readonly number[], runs: NoiseFloor["runs"]): FamilyRow[] {
  const first = order.slice(0, runs.baseline);
  const second = order.slice(runs.baseline, runs.baseline + runs.contender);
  const left = order.slice(runs.baseline + runs.contender).sort((a, b) => a - b);
  return rows.flatMap(({ history = [], historyMedians, days, ...row }) => {
    const medianAt = (place: number): RunSamples => {
      const median = historyMedians?.[place] ?? Number.NaN;
      return Number.isNaN(median) ? null : [median];
    };
    const pick = (places: readonly number[]): RunSamples[] =>
      places.map((place) => (historyMedians ? medianAt(place) : (history[place] ?? null)));
    const sides = { baseline: pick(first), contender: pick(second), history: pick(left) };
    const dayOf = (places: readonly number[]) => places.map((place) => days?.history[place] ?? null);
    const drawn = days ? { baseline: dayOf(first), contender: dayOf(second), history: dayOf(left) } : null;
    const isMeasured = (side: readonly RunSamples[]) => side.some((run) => run !== null);
    return isMeasured(sides.baseline) && isMeasured(sides.contender)
      ? [{ ...row, ...sides, ...(drawn ? { days: drawn } : {}) }]
      : [];
  });
}

/** 0 to count - 1 in random order. Source: Durstenfeld 1964 (algorithm 235). */
function shuffled(count: number, random: () => number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  return order;
}

const CALLED = new Set(["regression", "improvement", "rose", "fell"]);

function summed(compared: readonly ComparedRow[][], runs: NoiseFloor["runs"]): NoiseFloor {
  const calls = compared.map((rows) => rows.filter(({ verdict }) => CALLED.has(verdict)).length);
  const all = compared.flat();
  const names = [...new Set(all.map(({ metric }) => metric))];
  return {
    comparisons: compared.length,
    runs,
    rows: Math.round(all.length / compared.length),
    calls: calls.reduce((sum, count) => sum + count, 0) / compared.length,
    withCall: calls.filter((count) => count > 0).length / compared.length,
    metrics: names.map((name) =>
      metricFloor(
        name,
        all.filter(({ metric }) => metric === name),
      ),
    ),
  };
}

function metricFloor(metric: string, rows: readonly ComparedRow[]): FloorMetric {
  const changes = sorted(rows.flatMap(({ change }) => (change === null ? [] : [change])));
  const intervals = rows.flatMap(({ interval, exact }) => (interval === null || exact ? [] : [interval]));
  const least = sorted(
    rows.flatMap(({ detectable, change }) => (detectable === null || change === null ? [] : [detectable])),
  );
  const ends = [quantileSorted(changes, (1 - CERTAINTY) / 2), quantileSorted(changes, (1 + CERTAINTY) / 2)];
  return {
    metric,
    rows: changes.length,
    change: ends[0] == null || ends[1] == null ? null : [ends[0], ends[1]],
    covered: intervals.length > 0 ? intervals.filter(([lo, hi]) => lo <= 0 && hi >= 0).length / intervals.length : null,
    detectable: quantileSorted(least, 0.5),
  };
}
