import { scoreFamilies, scoreLooks, usualShape } from "./measure";

/** A table of docs/comparison.md, and the same as data. */
type Figures = { title: string; headings: string[]; rows: string[][]; data: unknown };

/** Runs a side. */
const SIDES = [1, 3, 5, 10] as const;
const LOOKS = 8;
/** Families of 80 rows stand for so many series of the other chapters. */
const SERIES_A_FAMILY = 4;

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const found = (share: number | null) => (share === null ? "" : share.toFixed(3));

/** The figures that docs/comparison.md states, table by table, each measured when it is asked for. */
export function* comparisonFigures({ series, seed }: { series: number; seed: number }): Generator<Figures> {
  const families = Math.max(1, Math.round(series / SERIES_A_FAMILY));
  const verdicts = SIDES.map((runs) => verdictsOf(families, seed, runs));
  yield {
    title: `Comparisons: verdicts on ${families} families of 80 rows a figure`,
    headings: [
      "runs a side",
      "quiet families with any call",
      "the same, run factor 2 %, no slow run",
      "mixed: false share of calls",
      "10 % changes found",
      "interval covers (quiet / factor 2 % / mixed)",
      "wrong sign per 1,000 rows",
      "unchanged though over 5 %",
    ],
    rows: verdicts.map(({ runs, quiet, loud, mixed }) => [
      runs === 1 ? "1, history" : String(runs),
      percent(quiet.familiesWithFalseCall),
      percent(loud.familiesWithFalseCall),
      percent(mixed.falseShare),
      found(mixed.found),
      [quiet, loud, mixed].map(({ coverage }) => (100 * coverage).toFixed(1)).join(" / "),
      mixed.wrongSignPer1000.toFixed(2),
      `${(100 * mixed.unchangedWrong).toFixed(2)} %`,
    ]),
    data: verdicts,
  };
  const looks = [3, 5].map((planned) => looksOf(Math.max(1, Math.round(families / 2)), seed, planned));
  yield {
    title: `Comparisons: ${LOOKS} looks at one family, from the planned runs on`,
    headings: [
      "planned runs a side",
      "quiet families with a call at the first look",
      "at any look",
      "at any, each judged as the only one",
      "10 % changes found at the first look",
      "at the last",
    ],
    rows: looks.map(({ planned, quiet, mixed }) => [
      String(planned),
      percent(quiet.falseAtFirst),
      percent(quiet.falseAtAny),
      percent(quiet.falseUncorrected),
      found(mixed.foundAtFirst),
      found(mixed.foundAtLast),
    ]),
    data: looks,
  };
}

function verdictsOf(families: number, seed: number, runs: number) {
  const loud = { factor: 0.02, slowRun: false };
  return {
    runs,
    quiet: scoreFamilies(families, seed + runs, (i) => usualShape(runs, 0, i)),
    loud: scoreFamilies(families, seed + 20 + runs, (i) => ({ ...usualShape(runs, 0, i), ...loud })),
    mixed: scoreFamilies(families, seed + 40 + runs, (i) => usualShape(runs, 0.3, i)),
  };
}

function looksOf(families: number, seed: number, planned: number) {
  return {
    planned,
    quiet: scoreLooks(families, seed + 60 + planned, { planned, looks: LOOKS, changed: 0 }),
    mixed: scoreLooks(Math.max(1, Math.round(families / 4)), seed + 80 + planned, {
      planned,
      looks: LOOKS,
      changed: 0.3,
    }),
  };
}
