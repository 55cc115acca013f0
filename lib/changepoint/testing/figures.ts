import { KINDS } from "./generate";
import { scoreFresh, scoreLive, scoreQuiet, scoreSteps } from "./measure";

/**
 * Prints the figures of docs/statistics.md: `npx tsx lib/changepoint/testing/figures.ts [series] [seed]`.
 * Not a test, for it takes minutes; the tests hold the same figures on fewer series.
 */
function printFigures(series: number, seed: number): void {
  for (const kinds of [...KINDS.map((kind) => [kind]), KINDS]) {
    const steps = scoreSteps(kinds, series, seed);
    const range = scoreSteps(kinds, series, seed, 10);
    const quiet = scoreQuiet(kinds, series, seed + 1);
    const fresh = (size: number, after: number) => scoreFresh(kinds, series, seed + 10 * size + after, size, after);
    const live = scoreLive(kinds, Math.ceil(series / 12), seed + 2);
    console.log(
      JSON.stringify({
        noise: kinds.length > 1 ? "all" : kinds[0],
        f1: round(steps.f1),
        precision: round(steps.matched / steps.reported),
        recall: round(steps.matched / steps.truths),
        exact: round(steps.exact / steps.matched),
        covered: round(range.covered / range.matched),
        falsePer1000: round(quiet.per1000),
        quietEnd: round(fresh(0, 6).found),
        found5sd: [2, 3, 4].map((after) => round(fresh(5, after).found)),
        confirmed5sdAfter5: round(fresh(5, 5).confirmed),
        found3sd: [4, 6, 8].map((after) => round(fresh(3, after).found)),
        live: { raised: round(live.raised), confirmed: round(live.confirmed), points: live.points },
      }),
    );
  }
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

printFigures(Number(process.argv[2] ?? 2400), Number(process.argv[3] ?? 2026));
