import type { Browser, Page } from "@playwright/test";
import { median } from "../table";
import { largest, newVisitor, quantile, visit } from "./browserOpen";

/** The list of workloads in the browser; times in ms. */
export type ListTimes = {
  rows: number;
  /** From the navigation to the first rows painted: first visit, third visit. */
  firstRows: { cold: number; warm: number };
  /** Frames while it is scrolled by a wheel or finger, and the share of them in which the window showed an empty place. */
  scroll: { frames: number; p95: number; longest: number; waiting: number };
  /** From data there to so many sparklines painted, with their rows; and the same SVGs put there as ready HTML. */
  sparklines: { count: number; inList: number; asHtml: number; isWithin: boolean };
  /** From a key in the filter to its letter painted, and to the filtered rows painted; from a click on a heading to the sorted rows. */
  key: { echo: number; rows: number };
  sort: number;
};

/** The goal: so many sparklines within so many ms. */
const SPARKLINES = 600;
const MOST_MS = 80;
const COLUMNS = 3;
const ROW_PX = 44;
const SCROLL = { px: 30_000, speed: 3000 };
/** The row that sparklines are measured from. */
const FAR_ROW = 1000;
/** A list of fewer rows ends before what is measured. */
export const FEWEST_ROWS = FAR_ROW + 2 * (SPARKLINES / COLUMNS);

/** Sparklines, by their size. */
const PICTURES = "tbody tr[aria-rowindex] svg[viewBox^='0 0 104 ']";
/** Lines that heads of groups take among the rows of a window. */
const HEADS = 24;

export async function listTimes(browser: Browser, address: string, rows: number, rounds: number): Promise<ListTimes> {
  const cold: number[] = [];
  const warm: number[] = [];
  const frames: { took: number; seen: unknown }[] = [];
  const keys: { echo: number[]; rows: number[] } = { echo: [], rows: [] };
  const sorts: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const context = await newVisitor(browser, { marks: { selector: PICTURES, count: COLUMNS } });
    try {
      const page = await context.newPage();
      for (let turn = 0; turn < 3; turn++) {
        await visit(page, address);
        const drawn = await page.evaluate(() => globalThis.bench.drawn ?? Number.NaN);
        if (turn === 0) cold.push(drawn);
        if (turn === 2) warm.push(drawn);
      }
      frames.push(...(await scrollThrough(page)));
      const key = await typeIntoFilter(page, address);
      keys.echo.push(key.echo);
      keys.rows.push(key.rows);
      sorts.push(await sortByName(page, address));
    } finally {
      await context.close();
    }
  }
  const took = frames.map((frame) => frame.took);
  return {
    rows,
    firstRows: { cold: median(cold), warm: median(warm) },
    scroll: {
      frames: frames.length,
      p95: quantile(took, 0.95),
      longest: largest(took),
      waiting: frames.filter(({ seen }) => seen === true).length / frames.length,
    },
    sparklines: await sparklines(browser, address, rounds),
    key: { echo: median(keys.echo), rows: median(keys.rows) },
    sort: median(sorts),
  };
}

/** A finger's or wheel's scroll over some 700 rows at an even pace, twice: where rows are still to be read, and back. */
async function scrollThrough(page: Page) {
  const devtools = await page.context().newCDPSession(page);
  await page.evaluate(() => {
    const { innerWidth, innerHeight } = globalThis;
    globalThis.benchFrames = globalThis.bench.watchFrames(() => {
      // An empty place: room without rows in the middle of the window, or a row that waits for its data.
      const row = document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.closest("tr");
      return row ? !row.hasAttribute("aria-rowindex") || row.getAttribute("aria-busy") === "true" : false;
    });
  });
  for (const way of [-1, 1])
    await devtools.send("Input.synthesizeScrollGesture", {
      x: 640,
      y: 400,
      yDistance: way * SCROLL.px,
      speed: SCROLL.speed,
      preventFling: true,
      gestureSourceType: "mouse",
    });
  await devtools.detach();
  return page.evaluate(() => globalThis.benchFrames());
}

/** 200 rows of three in one high window: scrolled to for the second time, so that their data are there. */
async function sparklines(browser: Browser, address: string, rounds: number): Promise<ListTimes["sparklines"]> {
  const rows = SPARKLINES / COLUMNS;
  const context = await newVisitor(browser, { height: (rows + HEADS) * ROW_PX });
  const inList: number[] = [];
  const asHtml: number[] = [];
  try {
    const page = await context.newPage();
    await visit(page, address);
    for (let round = -1; round < rounds; round++) {
      const top = FAR_ROW * ROW_PX;
      await show(page, top);
      await show(page, 0);
      const took = await show(page, top);
      const html = await page.evaluate(asReadyHtml, PICTURES);
      if (round < 0) continue;
      inList.push(took);
      asHtml.push(html);
    }
  } finally {
    await context.close();
  }
  const time = median(inList);
  return { count: SPARKLINES, inList: time, asHtml: median(asHtml), isWithin: time <= MOST_MS };
}

/** Scrolls there, and gives the ms until the sparklines of the rows from there on had been painted. */
const show = (page: Page, top: number): Promise<number> =>
  page.evaluate(
    async ([to, height, selector, count]) => {
      const from = performance.now();
      globalThis.scrollTo(0, to);
      const first = Math.floor(to / height) - 1;
      const isFull = () => {
        const pictures = [...document.querySelectorAll(selector)];
        const there = pictures.filter((one) => Number(one.closest("tr")?.getAttribute("aria-rowindex")) > first);
        return there.length >= count;
      };
      return (await globalThis.bench.painted(isFull)) - from;
    },
    [top, ROW_PX, PICTURES, SPARKLINES] as const,
  );

/** The least for the same pictures: one string of HTML, parsed and painted. */
const asReadyHtml = async (selector: string): Promise<number> => {
  const html = [...document.querySelectorAll(selector)]
    .slice(0, 600)
    .map((svg) => svg.outerHTML)
    .join("");
  const place = document.createElement("div");
  place.style.cssText = "position:fixed;inset:0;z-index:99;display:flex;flex-wrap:wrap";
  document.body.append(place);
  const from = performance.now();
  place.innerHTML = html;
  const took = (await globalThis.bench.painted(() => true)) - from;
  place.remove();
  return took;
};

async function typeIntoFilter(page: Page, address: string): Promise<{ echo: number; rows: number }> {
  await visit(page, address);
  await page.getByRole("searchbox", { name: "Filter workloads" }).focus();
  await page.evaluate(() => globalThis.bench.listen(["keydown"]));
  await until(page, "keydown");
  await page.keyboard.press("7");
  const rows = await page.evaluate(() => globalThis.benchRows);
  const [input] = await page.evaluate(() => globalThis.bench.inputs);
  return { echo: input?.took ?? Number.NaN, rows };
}

async function sortByName(page: Page, address: string): Promise<number> {
  await visit(page, address);
  await until(page, "click");
  await page.getByRole("columnheader", { name: "Workload" }).getByRole("link").click();
  return page.evaluate(() => globalThis.benchRows);
}

/** From the next event of this kind to another number of rows, or another first row, painted. */
const until = (page: Page, type: string) =>
  page.evaluate((kind) => {
    const shown = () => {
      const first = document.querySelector("tbody tr[aria-rowindex] th[scope='row']");
      return first && `${first.textContent} of ${first.closest("table")?.getAttribute("aria-rowcount")}`;
    };
    const before = shown();
    globalThis.benchRows = new Promise((resolve, reject) => {
      addEventListener(
        kind,
        ({ timeStamp }) =>
          globalThis.bench
            .painted(() => shown() !== null && shown() !== before)
            .then((now) => resolve(now - timeStamp), reject),
        { capture: true, once: true },
      );
    });
  }, type);

declare global {
  var benchFrames: () => { took: number; seen: unknown }[];
  var benchRows: Promise<number>;
}
