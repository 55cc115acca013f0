import { seeded } from "@/lib/stats/random";
import { compareFamily } from "../compareFamily";
import type { ComparedRow } from "../types";
import { type FamilyShape, type KnownRow, makeFamily } from "./generate";

/** What a method says of families whose truth is known. Shares are null where nothing could be counted. */
export type Score = {
  families: number;
  rows: number;
  /** Share of families with a call of a row that did not change, and the most such calls in one. */
  familiesWithFalseCall: number;
  worstFamily: number;
  /** Mean over families of false calls / calls. */
  falseShare: number;
  /** Calls in the wrong direction, per 1,000 rows. */
  wrongSignPer1000: number;
  /** Share of the changes of at least 10 % that are called with the right sign. */
  found: number | null;
  coverage: number;
  unchanged: number;
  /** Share of the unchanged rows whose true change is above 5 %. */
  unchangedWrong: number;
};

/** Families as test clusters show them: 1, 3 or 5 samples a run, run factors of 0, 0.5 or 2 %, now and then a slow run. */
export function usualShape(runs: number, changed: number, i: number): FamilyShape {
  return {
    workloads: 40,
    runs,
    samples: [1, 3, 5][i % 3] as number,
    changed,
    factor: [0, 0.005, 0.02][Math.floor(i / 3) % 3] as number,
    slowRun: runs > 1 && i % 4 === 3,
    history: runs === 1 ? 30 : 0,
  };
}

/** Scores `families` families of the shapes that `shapeOf` gives for 0, 1, 2 ... */
export function scoreFamilies(
  families: number,
  seed: number,
  shapeOf: (i: number) => FamilyShape,
  compare: (rows: KnownRow[]) => ComparedRow[] = (rows) => compareFamily(rows),
): Score {
  const random = seeded(seed);
  const sum = {
    rows: 0,
    withFalse: 0,
    worst: 0,
    falseShare: 0,
    wrongSign: 0,
    big: 0,
    found: 0,
    intervals: 0,
    covered: 0,
  };
  const unchanged = { all: 0, wrong: 0 };
  for (let i = 0; i < families; i++) {
    const rows = makeFamily(shapeOf(i), random);
    let calls = 0;
    let wrong = 0;
    compare(rows).forEach((row, k) => {
      const { truth } = rows[k] as KnownRow;
      const isCalled = row.verdict === "regression" || row.verdict === "improvement";
      const isRight = isCalled && truth !== 0 && (row.change ?? 0) > 0 === truth > 0;
      sum.rows++;
      if (isCalled) calls++;
      if (isCalled && truth === 0) wrong++;
      if (isCalled && truth !== 0 && !isRight) sum.wrongSign++;
      if (Math.abs(truth) >= 0.1) sum.big++;
      if (Math.abs(truth) >= 0.1 && isRight) sum.found++;
      if (row.interval) sum.intervals++;
      if (row.interval && row.interval[0] <= truth && truth <= row.interval[1]) sum.covered++;
      if (row.verdict === "unchanged") unchanged.all++;
      if (row.verdict === "unchanged" && Math.abs(truth) > 0.05) unchanged.wrong++;
    });
    if (wrong > 0) sum.withFalse++;
    sum.worst = Math.max(sum.worst, wrong);
    sum.falseShare += calls > 0 ? wrong / calls : 0;
  }
  return {
    families,
    rows: sum.rows,
    familiesWithFalseCall: sum.withFalse / families,
    worstFamily: sum.worst,
    falseShare: sum.falseShare / families,
    wrongSignPer1000: (1000 * sum.wrongSign) / sum.rows,
    found: sum.big > 0 ? sum.found / sum.big : null,
    coverage: sum.covered / sum.intervals,
    unchanged: unchanged.all / sum.rows,
    unchangedWrong: unchanged.all > 0 ? unchanged.wrong / unchanged.all : 0,
  };
}

/** A family that is looked at again and again: shares of families, and of changes of at least 10 %. */
export type LooksScore = {
  families: number;
  looks: number;
  /** Share of families with a call of a row that did not change, at the first look and at any. */
  falseAtFirst: number;
  falseAtAny: number;
  /** The same where every look is judged as if it were the only one. */
  falseUncorrected: number;
  /** Share of the changes of at least 10 % that are called with the right sign at the first and at the last look. */
  foundAtFirst: number | null;
  foundAtLast: number | null;
};

/** Looks at families `looks` times from `planned` runs a side on, one more run of both sides each time. */
export function scoreLooks(
  families: number,
  seed: number,
  { planned, looks, changed }: { planned: number; looks: number; changed: number },
): LooksScore {
  const random = seeded(seed);
  const sum = { first: 0, any: 0, uncorrected: 0, big: 0, foundFirst: 0, foundLast: 0 };
  for (let i = 0; i < families; i++) {
    const rows = makeFamily(usualShape(planned + looks - 1, changed, i), random);
    const at = (runs: number, isPlanned: boolean) =>
      tally(
        rows,
        compareFamily(
          rows.map((row) => firstRuns(row, runs)),
          isPlanned ? { look: { planned, runs } } : {},
        ),
      );
    const judged = Array.from({ length: looks }, (_, k) => at(planned + k, true));
    const [first, last] = [judged[0], judged.at(-1)];
    if (!first || !last) continue;
    if (first.wrong > 0) sum.first++;
    if (judged.some(({ wrong }) => wrong > 0)) sum.any++;
    if (judged.some((_, k) => at(planned + k, false).wrong > 0)) sum.uncorrected++;
    sum.big += first.big;
    sum.foundFirst += first.found;
    sum.foundLast += last.found;
  }
  return {
    families,
    looks,
    falseAtFirst: sum.first / families,
    falseAtAny: sum.any / families,
    falseUncorrected: sum.uncorrected / families,
    foundAtFirst: sum.big > 0 ? sum.foundFirst / sum.big : null,
    foundAtLast: sum.big > 0 ? sum.foundLast / sum.big : null,
  };
}

/** Experiments of equal variants, each held against one baseline, all cells one family: the share with any call. */
export function scoreVariants(experiments: number, seed: number, variants: number): { withCall: number } {
  const random = seeded(seed);
  let withCall = 0;
  for (let i = 0; i < experiments; i++) {
    const rows = makeFamily({ ...usualShape(5 * variants, 0, i), workloads: 20 }, random);
    const cells = Array.from({ length: variants }, (_, k) =>
      rows.map((row) => ({
        ...row,
        sides: `variant ${k}`,
        baseline: row.baseline.slice(0, 5),
        contender: row.contender.slice(5 * k, 5 * k + 5),
      })),
    ).flat();
    if (tally(cells, compareFamily(cells)).wrong > 0) withCall++;
  }
  return { withCall: withCall / experiments };
}

const firstRuns = (row: KnownRow, runs: number): KnownRow => ({
  ...row,
  baseline: row.baseline.slice(0, runs),
  contender: row.contender.slice(0, runs),
});

function tally(rows: readonly KnownRow[], compared: readonly ComparedRow[]) {
  const counts = { wrong: 0, big: 0, found: 0 };
  compared.forEach((row, k) => {
    const { truth } = rows[k] as KnownRow;
    const isCalled = row.verdict === "regression" || row.verdict === "improvement";
    if (isCalled && truth === 0) counts.wrong++;
    if (Math.abs(truth) < 0.1) return;
    counts.big++;
    if (isCalled && (row.change ?? 0) > 0 === truth > 0) counts.found++;
  });
  return counts;
}
