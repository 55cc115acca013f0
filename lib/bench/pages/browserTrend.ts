import type { Browser } from "@playwright/test";
import { buildAside, startAside } from "../aside";
import { median } from "../table";
import { CHARTS } from "./browserData";
import { type Marks, newVisitor, visit } from "./browserOpen";

const NAME = "trend";
const LAYOUT = 'export default ({ children }) => <html lang="en"><body>{children}</body></html>;\n';

/** A trend page beside the bare one, in ms since the navigation began until the marks of all charts had been painted. */
export type Drawn = {
  name: string;
  cold: number;
  warm: number;
  coldRatio: number;
  warmRatio: number;
  isWithin: boolean;
};

/** The goal: at most so many times the bare page. */
const MOST_TIMES = 1.3;

/** A page, and the traces that make it drawn. */
export type TrendPage = { name: string; url: string; marks: Marks; counts: boolean };

const BARE: Marks = { selector: ".recharts-line-curve[d]", count: 1 };

/** Builds and starts the bare page over the data of workload `one`, measures it and `pages` by turns, and ends it. */
export async function drawnPages(
  browser: Browser,
  databaseUrl: string,
  pages: readonly TrendPage[],
  rounds: number,
): Promise<Drawn[]> {
  await buildAside(NAME, {
    "layout.js": { text: LAYOUT },
    "page.js": { copy: "lib/bench/pages/bare/page.js" },
    "chart.js": { copy: "lib/bench/pages/bare/chart.js" },
  });
  const aside = await startAside(NAME, {
    DATABASE_URL: databaseUrl,
    BENCH_PROJECT: CHARTS.slug,
    BENCH_WORKLOAD: CHARTS.one,
  });
  try {
    const bare: TrendPage = { name: "bare", url: aside.url, marks: BARE, counts: false };
    return await measure(browser, [bare, ...pages], rounds);
  } finally {
    await aside.stop();
  }
}

async function measure(browser: Browser, pages: readonly TrendPage[], rounds: number): Promise<Drawn[]> {
  const times = pages.map(() => ({ cold: [] as number[], warm: [] as number[] }));
  for (let round = -1; round < rounds; round++)
    for (const [i, page] of pages.entries()) {
      const { cold, warm } = await visits(browser, page);
      if (round < 0) continue; // servers compile and fill their caches
      times[i]?.cold.push(cold);
      times[i]?.warm.push(warm);
    }
  const [bare, ...others] = times.map(({ cold, warm }) => ({ cold: median(cold), warm: median(warm) }));
  if (!bare) return [];
  return [bare, ...others].map((one, i) => {
    const { name = "", counts = false } = pages[i] ?? {};
    const ratios = { coldRatio: one.cold / bare.cold, warmRatio: one.warm / bare.warm };
    const isWithin = !counts || (ratios.coldRatio <= MOST_TIMES && ratios.warmRatio <= MOST_TIMES);
    return { name, ...one, ...ratios, isWithin };
  });
}

/** A third visit finds scripts cached and compiled. */
const VISITS = 3;

async function visits(browser: Browser, { url, marks }: TrendPage): Promise<{ cold: number; warm: number }> {
  const context = await newVisitor(browser, { marks });
  try {
    const page = await context.newPage();
    const times: number[] = [];
    for (let turn = 0; turn < VISITS; turn++) {
      await visit(page, url);
      await page.waitForFunction(() => globalThis.bench.drawn !== null);
      times.push(await page.evaluate(() => globalThis.bench.drawn ?? Number.NaN));
    }
    return { cold: times[0] ?? Number.NaN, warm: times.at(-1) ?? Number.NaN };
  } finally {
    await context.close();
  }
}
