import { changepointFigures } from "@/lib/changepoint/testing/figures";
import { comparisonFigures } from "@/lib/compare/testing/figures";

/** One table of docs/statistics.md or docs/comparison.md, and the same as data. */
export type Figures = { title: string; headings: string[]; rows: string[][]; data: unknown };

export type AccuracyOptions = {
  /** Series per figure. */
  series: number;
  seed: number;
};

/** What measures the figures of one chapter, table by table, each when it is asked for. */
const CHAPTERS: ((options: AccuracyOptions) => Iterable<Figures>)[] = [changepointFigures, comparisonFigures];

/**
 * Prints every figure that docs/statistics.md and docs/comparison.md state, as the tables that stand there, and at the end all of them as one
 * line of JSON. Takes long with the default number of series; fewer err more. Gives the exit code.
 */
export function benchAccuracy(options: AccuracyOptions): number {
  const data: Record<string, unknown> = {};
  for (const chapter of CHAPTERS) {
    for (const figures of chapter(options)) {
      console.log(`\n${figures.title}\n\n${markdown(figures)}`);
      data[figures.title] = figures.data;
    }
  }
  console.log(JSON.stringify({ bench: "accuracy", ...options, figures: data }));
  return 0;
}

function markdown({ headings, rows }: Figures): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(headings), `|${headings.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}
