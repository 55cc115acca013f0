import { FALSE_DISCOVERY_RATE, SMALLEST_EFFECT } from "./constants";
import { daysOf } from "./dayEffect";
import { decide } from "./decide";
import { type Estimate, estimateGroup, type GroupEstimate } from "./estimate";
import { test } from "./judge";
import { type Measured, measure } from "./measured";
import { quietTail } from "./quiet";
import { Room } from "./room";
import type { ComparedRow, CompareOptions, FamilyRow, RunFactor } from "./types";

/** Rows in the order they came in, and what each run did to all rows of its metric and environment. */
export type ComparedFamily = { rows: ComparedRow[]; runFactors: RunFactor[] };

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
  const room = new Room();
  const measured = rows.map((row) => measure(row, room));
  const { estimates, runFactors } = estimateAll(rows, measured);
  const judged = rows.map((row, i) => {
    const look = row.look ?? options.look ?? null;
    const one = { row, look, measured: measured[i] as Measured, estimate: estimates[i] as Estimate };
    const limit = limitOf(one.measured, one.estimate, row.smallestEffect ?? options.smallestEffect ?? SMALLEST_EFFECT);
    return { ...one, limit, result: test(one.estimate, limit) };
  });
  return { rows: decide(judged, options.falseDiscoveryRate ?? FALSE_DISCOVERY_RATE), runFactors };
}

function estimateAll(rows: readonly FamilyRow[], measured: readonly Measured[]) {
  const found = groups(rows, measured).map((places) => {
    const own = places.map((place) => measured[place] as Measured);
    return {
      places,
      group: estimateGroup(own, own[0]?.scale === "log", daysOf(rows[places[0] as number] as FamilyRow)),
    };
  });
  const quiet = quietTail(found.map(({ group }) => group.quiet));
  const estimates = new Array<Estimate>(rows.length);
  for (const { places, group } of found) {
    group.rows.forEach((estimate, i) => {
      estimates[places[i] as number] = withQuiet(estimate, group.quiet && quiet);
    });
  }
  const runFactors = found.flatMap(({ places, group }) => factorsOf(group, rows[places[0] as number] as FamilyRow));
  return { estimates, runFactors };
}

/** Written out field by field, as in `decide`. */
const withQuiet = (
  { baseline, contender, row, factor, days, runs }: GroupEstimate["rows"][number],
  quiet: Estimate["quiet"],
): Estimate => ({ baseline, contender, row, factor, quiet, days, runs });

/** Places of the rows of each metric, environment, scale and pair of sides. */
function groups(rows: readonly FamilyRow[], measured: readonly Measured[]): number[][] {
  const found = new Map<string, number[]>();
  rows.forEach(({ metric, environment, sides }, i) => {
    const key = JSON.stringify([metric, environment ?? null, sides ?? null, (measured[i] as Measured).scale]);
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
