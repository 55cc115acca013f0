import { scoreFamilies, usualShape } from "./measure";

/**
 * Prints the figures of docs/comparison.md: `npx tsx lib/compare/testing/figures.ts [families] [seed]`, families of 80 rows.
 * Not a test, for it takes minutes; the tests hold the same figures on fewer families.
 */
function printFigures(families: number, seed: number): void {
  for (const runs of [1, 3, 5, 10]) {
    print(
      "quiet",
      runs,
      scoreFamilies(families, seed + runs, (i) => usualShape(runs, 0, i)),
    );
    const loud = { factor: 0.02, slowRun: false };
    print(
      "quiet, run factor 2 %",
      runs,
      scoreFamilies(families, seed + 20 + runs, (i) => ({ ...usualShape(runs, 0, i), ...loud })),
    );
    print(
      "mixed",
      runs,
      scoreFamilies(families, seed + 40 + runs, (i) => usualShape(runs, 0.3, i)),
    );
  }
}

function print(kind: string, runs: number, score: object): void {
  const rounded = Object.entries(score).map(([name, value]) => [
    name,
    typeof value === "number" ? Number(value.toFixed(4)) : value,
  ]);
  console.log(JSON.stringify({ kind, runs, ...Object.fromEntries(rounded) }));
}

printFigures(Number(process.argv[2] ?? 240), Number(process.argv[3] ?? 2026));
