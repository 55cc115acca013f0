import { MARGIN } from "@/lib/chart/frame";

/** Heights of the charts of a workload, in px: the first one and those below it. */
export const MAIN_HEIGHT = 216;
export const SUB_HEIGHT = 112;

/** px between two charts. */
const GAP = 20;

/** Readout column and the gap before it; on a phone the readout stands above its chart. */
const READOUT = 184 + 24;
const WIDE = 900 - 48;

/** px of a chart in a page so wide. */
export const chartWidth = (outer: number): number => (outer >= WIDE ? outer - READOUT : outer);

/** px that a chart carries its crosshair on, to the next one's plot, so that all are one line. */
export const belowOf = (place: number, charts: number): number => (place === charts - 1 ? 4 : GAP + MARGIN.top - 4);

/** px of a small chart, how wide it is at least, and what lies between two. */
export const SMALL = { height: 104, least: 290, gap: 20 };
export const SMALL_GAP = `${SMALL.gap - 4}px ${SMALL.gap}px`;

/** Heights of the charts of one line; and of several together, whose legends need so much for a head and each line. */
export const heightsOf = (charts: number): number[] =>
  Array.from({ length: Math.max(1, charts) }, (_, i) => (i === 0 ? MAIN_HEIGHT : SUB_HEIGHT));
export const togetherHeight = (lines: number, isFirst: boolean): number =>
  Math.max(isFirst ? MAIN_HEIGHT : 132, 30 + 24 * lines);
export const togetherHeights = (lines: number, charts: number): number[] =>
  Array.from({ length: Math.max(1, charts) }, (_, i) => togetherHeight(lines, i === 0));
