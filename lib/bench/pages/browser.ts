import { workloadUrl } from "@/lib/urls/workload";
import { workloadsUrl } from "@/lib/urls/workloads";
import type { App } from "../app";
import { table } from "../table";
import { CHARTS } from "./browserData";
import { type ListTimes, listTimes } from "./browserList";
import { openBrowser } from "./browserOpen";
import { type Paint, paints } from "./browserPaints";
import { type Interaction, interactions } from "./browserPointing";
import { type Drawn, drawnPages } from "./browserTrend";
import type { Target } from "./targets";

/** Everything that is measured in a browser. */
export type InBrowser = { paints: Paint[]; interactions: Interaction[]; list: ListTimes; drawn: Drawn[] };

/** Where the numbers are; `numbers`: those of the workloads of the charts' project. */
export type BrowserAsk = {
  targets: readonly Target[];
  numbers: { four: number; one: number };
  rows: { slug: string; count: number };
  rounds: number;
};

/** Measures the pages of a filled app in a real browser, one thing after the other. */
export async function measureInBrowser(app: Pick<App, "url" | "databaseUrl">, ask: BrowserAsk): Promise<InBrowser> {
  const { targets, numbers, rows, rounds } = ask;
  const browser = await openBrowser();
  const chart = (number: number) => workloadUrl(CHARTS.slug, { number, name: "" });
  const trend = (name: string, path: string, charts: number, counts: boolean) => ({
    name,
    url: app.url + path,
    marks: { selector: TRACES, count: charts },
    counts,
  });
  const page = (name: string) => targets.find((target) => target.name === name)?.path ?? "/";
  const pages = [
    trend("trend page of the same 300 points", chart(numbers.one), 1, true),
    trend("four metrics, 600 commits", chart(numbers.four), 4, false),
    trend("three metrics, 2,000 commits", page("workload"), 3, false),
    trend("10,000 commits", page("workload, 10,000 commits"), 1, false),
  ];
  try {
    return {
      drawn: await drawnPages(browser, app.databaseUrl, pages, rounds),
      interactions: await interactions(browser, app.url, chart(numbers.four), rounds),
      list: await listTimes(browser, app.url + workloadsUrl(rows.slug), rows.count, rounds),
      paints: await paints(browser, app.url, targets, rounds),
    };
  } finally {
    await browser.close();
  }
}

/** The trace of each chart, drawn. */
const TRACES = "[data-testid^='chart-'] [role='img'] .stroke-trace path:first-child[d^='M']";

/** Is every goal kept? */
export const keepsInBrowser = ({ paints, interactions, list, drawn }: InBrowser): boolean =>
  [...paints, ...interactions, ...drawn, list.sparklines].every(({ isWithin }) => isWithin);

const ms = (value: number) => value.toFixed(value < 100 ? 1 : 0);
const over = (isWithin: boolean) => (isWithin ? "" : "over");

/** Prints the tables. */
export function reportInBrowser({ paints, interactions, list, drawn }: InBrowser): void {
  const tables: [string[], string[][]][] = [
    [
      ["page", "largest paint, ms: first visit", "third visit", "JavaScript loaded, kB", "250 kB"],
      paints.map((one) => [one.name, ms(one.cold), ms(one.warm), ms(one.scripts), over(one.isWithin)]),
    ],
    [
      ["drawn", "first visit, ms", "third visit", "ratio", "ratio", "1.3"],
      drawn.map((one) => [
        one.name,
        ms(one.cold),
        ms(one.warm),
        one.coldRatio.toFixed(2),
        one.warmRatio.toFixed(2),
        over(one.isWithin),
      ]),
    ],
    [
      ["input to paint", "number", "median, ms", "p95", "longest", "p95 once heard", "20 ms"],
      interactions.map((one) => [
        one.name,
        String(one.count),
        ...[one.median, one.p95, one.longest, one.handled].map(ms),
        over(one.isWithin),
      ]),
    ],
    [[`list of ${list.rows} rows`, "ms", ""], listRows(list)],
  ];
  for (const [headings, rows] of tables) console.log(`\n${table(headings, rows)}`);
}

const listRows = ({ firstRows, scroll, sparklines, key, sort }: ListTimes): string[][] => [
  ["first rows, first visit", ms(firstRows.cold), ""],
  ["first rows, third visit", ms(firstRows.warm), ""],
  [`frame while scrolled, p95 of ${scroll.frames}`, ms(scroll.p95), ""],
  ["longest frame", ms(scroll.longest), ""],
  ["frames with an empty place, %", ms(100 * scroll.waiting), ""],
  [`${sparklines.count} sparklines with their rows`, ms(sparklines.inList), over(sparklines.isWithin)],
  ["the same as ready HTML", ms(sparklines.asHtml), ""],
  ["key in the filter, its letter", ms(key.echo), ""],
  ["key in the filter, filtered rows", ms(key.rows), ""],
  ["click on a heading, sorted rows", ms(sort), ""],
];
