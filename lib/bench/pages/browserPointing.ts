import type { Browser, Page } from "@playwright/test";
import { median } from "../table";
import { CHARTS } from "./browserData";
import { largest, newVisitor, quantile, visit } from "./browserOpen";

/**
 * Times of one kind of interaction, in ms: from the input to the frame that shows its effect having been painted.
 * `handled`: without the wait until the page heard of it, which is up to a frame for a moving pointer.
 */
export type Interaction = {
  name: string;
  count: number;
  median: number;
  p95: number;
  longest: number;
  handled: number;
  isWithin: boolean;
};

/** The goal: 95 of 100 painted within so many ms. */
const MOST_MS = 20;
const MOVES = 120;
const ZOOMS = 20;
const KEYS = 60;
const CHART_COUNT = 4;

/** The traces of the charts, and the crosshair over each of them. */
const TRACES = "[data-testid^='chart-'] [role='img'] .stroke-trace path:first-child";
const CROSSHAIRS = "[data-testid^='chart-'] [data-testid='crosshair']";

type Times = { took: number[]; handled: number[] };

/** Points at, walks through and zooms four synchronised charts of 600 points each; and, as the least, a page with one line. */
export async function interactions(
  browser: Browser,
  url: string,
  address: string,
  rounds: number,
): Promise<Interaction[]> {
  const kinds: Record<string, Times> = {};
  const add = (name: string, { took, handled }: Times) => {
    kinds[name] ??= { took: [], handled: [] };
    kinds[name].took.push(...took);
    kinds[name].handled.push(...handled);
  };
  const context = await newVisitor(browser, { height: 1000 });
  try {
    const page = await context.newPage();
    for (let round = -1; round < rounds; round++) {
      const floor = await hoverNothing(page);
      await visit(page, url + address);
      await page
        .locator(TRACES)
        .nth(CHART_COUNT - 1)
        .waitFor({ state: "attached" });
      const measured = { hover: await hover(page), keys: await walk(page), ...(await zoom(page)) };
      if (round < 0) continue; // compiles and fills caches
      add("the least: one line follows", floor);
      add("hover", measured.hover);
      add("arrow key", measured.keys);
      add("zoom", measured.zooms);
      add("zoom reset", measured.resets);
    }
  } finally {
    await context.close();
  }
  return Object.entries(kinds).map(([name, { took, handled }]) => ({
    name,
    count: took.length,
    median: median(took),
    p95: quantile(took, 0.95),
    longest: largest(took),
    handled: quantile(handled, 0.95),
    isWithin: name.startsWith("the least") || quantile(took, 0.95) <= MOST_MS,
  }));
}

/** A page with nothing but a line that follows the pointer: what browser and machine need for any hover. */
async function hoverNothing(page: Page): Promise<Times> {
  await page.goto("about:blank");
  await page.setContent('<svg width="1280" height="900"><line y1="0" y2="900" stroke="black" /></svg>');
  await page.evaluate(() => {
    const line = document.querySelector("line");
    addEventListener("pointermove", ({ clientX }) => {
      for (const end of ["x1", "x2"]) line?.setAttribute(end, String(clientX));
    });
  });
  return moves(page, { left: 60, width: 1000, tops: [100, 300, 500, 700] }, async () => undefined);
}

async function hover(page: Page): Promise<Times> {
  const charts = await page.locator("[data-testid^='chart-']").all();
  const boxes = await Promise.all(charts.slice(0, CHART_COUNT).map((chart) => chart.boundingBox()));
  const [first] = boxes;
  if (!first || boxes.length < CHART_COUNT) throw new Error(`The page of ${CHARTS.four} shows ${boxes.length} charts.`);
  const tops = boxes.flatMap((box) => (box ? box.y + box.height / 2 : []));
  return moves(page, { left: first.x + 60, width: first.width - 80, tops }, () => crosshairsMoved(page));
}

/** Every chart has its crosshair, all at one place; else what was timed was not what it should be. */
async function crosshairsMoved(page: Page): Promise<void> {
  const places = await page.locator(CROSSHAIRS).evaluateAll((lines) => lines.map((line) => line.getAttribute("style")));
  if (places.length !== CHART_COUNT || new Set(places).size !== 1)
    throw new Error(
      `The crosshairs stand at ${places.join(", ") || "no place"}: one per chart, together, was expected.`,
    );
}

type Area = { left: number; width: number; tops: readonly number[] };

/** Moves the pointer to places in no order, each far enough from the one before to be another commit. */
async function moves(page: Page, { left, width, tops }: Area, check: () => Promise<void>): Promise<Times> {
  await page.mouse.move(left, tops[0] ?? 0);
  await page.evaluate(() => globalThis.bench.listen(["pointermove"]));
  for (let i = 0; i < MOVES; i++) {
    const share = ((i * 37) % MOVES) / MOVES;
    await page.mouse.move(left + share * width, tops[i % tops.length] ?? 0);
    await settled(page, i + 1);
    if (i % 20 === 0) await check();
  }
  return heard(page);
}

async function walk(page: Page): Promise<Times> {
  await page.getByRole("slider", { name: /^Crosshair/ }).focus();
  await page.evaluate(() => globalThis.bench.listen(["keydown"]));
  for (let i = 0; i < KEYS; i++) {
    await page.keyboard.press("ArrowRight");
    await settled(page, i + 1);
  }
  return heard(page);
}

const settled = (page: Page, count: number) =>
  page.waitForFunction((least) => globalThis.bench.inputs.length >= least, count);

async function heard(page: Page): Promise<Times> {
  const inputs = await page.evaluate(() => globalThis.bench.inputs.splice(0));
  return { took: inputs.map(({ took }) => took), handled: inputs.map(({ took, waited }) => took - waited) };
}

/** Drags a stretch of the first chart, and resets by a double click: until all four charts show other traces. */
async function zoom(page: Page): Promise<{ zooms: Times; resets: Times }> {
  const box = await page.locator("[data-testid^='chart-']").first().boundingBox();
  if (!box) throw new Error("The first chart is not in the page.");
  const y = box.y + box.height / 2;
  const zooms: Times = { took: [], handled: [] };
  const resets: Times = { took: [], handled: [] };
  for (let i = 0; i < ZOOMS; i++) {
    const from = box.x + box.width * (0.1 + 0.3 * (i / ZOOMS));
    await page.mouse.move(from, y);
    await page.mouse.down();
    await page.mouse.move(from + box.width * 0.2, y);
    await page.mouse.move(from + box.width * 0.4, y);
    await traced(page, "pointerup", zooms, () => page.mouse.up());
    await traced(page, "dblclick", resets, () => page.mouse.dblclick(from, y));
  }
  return { zooms, resets };
}

/** Does something and adds how long after that event the frame with other traces on all charts had been painted. */
async function traced(page: Page, type: string, times: Times, act: () => Promise<void>): Promise<void> {
  await page.evaluate(
    ([kind, selector, charts]) => {
      const traces = () => [...document.querySelectorAll(selector)].map((path) => path.getAttribute("d"));
      const before = traces();
      globalThis.benchTimed = new Promise((resolve) => {
        addEventListener(
          kind,
          ({ timeStamp }) => {
            const at = performance.now();
            const isOther = () => {
              const now = traces();
              return now.length === charts && now.every((path, i) => path !== before[i]);
            };
            globalThis.bench.painted(isOther).then((now) => resolve({ took: now - timeStamp, handled: now - at }));
          },
          { capture: true, once: true },
        );
      });
    },
    [type, TRACES, CHART_COUNT] as const,
  );
  await act();
  const { took, handled } = await page.evaluate(() => globalThis.benchTimed);
  times.took.push(took);
  times.handled.push(handled);
}

declare global {
  var benchTimed: Promise<{ took: number; handled: number }>;
}
