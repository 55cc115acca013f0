import { readFileSync } from "node:fs";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { findBrowser, installBrowser } from "@/lib/start/browser";

/** An input that a page heard: after how many ms, and after how many the frame that followed had been painted. */
export type HeardInput = { type: string; at: number; waited: number; took: number };

/** What probe.js keeps in each page; times in ms since the navigation began. */
type Probe = {
  largest: number;
  largestIs: string;
  drawn: number | null;
  events: { name: string; startTime: number; duration: number }[];
  inputs: HeardInput[];
  listen(types: readonly string[]): void;
  afterPaint(then: (now: number) => void): void;
  painted(holds: () => boolean): Promise<number>;
  watchFrames(look: () => unknown): () => { took: number; seen: unknown }[];
};

declare global {
  var bench: Probe;
}

/** Marks of a page that `drawn` waits for. */
export type Marks = { selector: string; count: number };

/** As in the browser tests: for root in a container. None of them changes what a page does. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const WIDTH = 1280;
const HEIGHT = 800;

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: findBrowser() ?? installBrowser(), args: FLAGS });

type Looks = { marks?: Marks; height?: number };

/** A visitor whom no page knows yet: nothing cached. */
export async function newVisitor(browser: Browser, { marks, height = HEIGHT }: Looks = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: WIDTH, height } });
  await context.addInitScript(`globalThis.benchMarks = ${JSON.stringify(marks ?? null)};`);
  await context.addInitScript(readFileSync("lib/bench/pages/probe.js", "utf8"));
  return context;
}

/** Opens an address and waits until nothing is loaded any more. */
export async function visit(page: Page, url: string): Promise<void> {
  const answer = await page.goto(url, { waitUntil: "networkidle" });
  if (!answer?.ok()) throw new Error(`${answer?.status()} ${url}`);
}

/** The value below which `share` of the values lie; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const largest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), 0);
