import type { Browser, Page } from "@playwright/test";
import { median } from "../table";
import { newVisitor, visit } from "./browserOpen";
import type { Target } from "./targets";

/**
 * What a page needs to be seen: the largest contentful paint of a first visit and of a third one, medians in ms since the
 * navigation began; what it was; the scripts that the first visit loaded until nothing more came, in kB as sent.
 */
export type Paint = {
  name: string;
  cold: number;
  warm: number;
  largest: string;
  scripts: number;
  isWithin: boolean;
};

/** The goal: a page ships at most so much. */
const MOST_KILOBYTES = 250;

/** A third visit finds scripts cached and compiled. */
const VISITS = 3;

/** Visits each page by turns, `rounds` times as a new visitor. */
export async function paints(
  browser: Browser,
  url: string,
  targets: readonly Target[],
  rounds: number,
): Promise<Paint[]> {
  const pages = targets.filter(({ path }) => !path.startsWith("/api/"));
  const seen = new Map<string, { cold: number[]; warm: number[]; scripts: number[]; largest: string }>();
  for (let round = 0; round < rounds; round++)
    for (const { name, path } of pages) {
      const one = seen.get(name) ?? { cold: [], warm: [], scripts: [], largest: "" };
      const visits = await visitAnew(browser, url + path);
      one.cold.push(visits.cold);
      one.warm.push(visits.warm);
      one.scripts.push(visits.scripts);
      seen.set(name, { ...one, largest: visits.largest });
    }
  return [...seen].map(([name, { cold, warm, scripts, largest }]) => {
    const kilobytes = median(scripts);
    return {
      name,
      cold: median(cold),
      warm: median(warm),
      largest,
      scripts: kilobytes,
      isWithin: kilobytes <= MOST_KILOBYTES,
    };
  });
}

async function visitAnew(browser: Browser, address: string) {
  const context = await newVisitor(browser);
  try {
    const page = await context.newPage();
    const loaded = await countScripts(page);
    const times: number[] = [];
    let scripts = 0;
    for (let turn = 0; turn < VISITS; turn++) {
      await visit(page, address);
      if (turn === 0) scripts = loaded();
      times.push(await page.evaluate(() => globalThis.bench.largest));
    }
    const largest = await page.evaluate(() => globalThis.bench.largestIs);
    return { cold: times[0] ?? Number.NaN, warm: times.at(-1) ?? Number.NaN, scripts, largest };
  } finally {
    await context.close();
  }
}

/** Counts what the scripts of a page weigh on the wire, in kB, without headers. */
async function countScripts(page: Page): Promise<() => number> {
  const devtools = await page.context().newCDPSession(page);
  const scripts = new Map<string, number>();
  await devtools.send("Network.enable");
  devtools.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.set(requestId, 0);
  });
  devtools.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    const known = scripts.get(requestId);
    if (known !== undefined) scripts.set(requestId, known + encodedDataLength);
  });
  return () => [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0) / 1000;
}
