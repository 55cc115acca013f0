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
