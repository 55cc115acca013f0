import type { AxisTick } from "./dates";
import type { Frame } from "./frame";

/** Width of a character of a label, by eye, and the room between two labels; px. */
const CHARACTER = 6.6;
const ROOM = 6;

export type PlacedLabel = AxisTick & {
  /** px from the left of the chart. */
  at: number;
  anchor: "start" | "middle" | "end";
  /** Does it fit beside the one before? Its tick stands anyway. */
  isFree: boolean;
};

/** Where the labels of an x axis stand: inside the plot at its ends, and none over another. */
export function placeLabels(ticks: readonly AxisTick[], { plot, x: px }: Pick<Frame, "plot" | "x">): PlacedLabel[] {
  let end = Number.NEGATIVE_INFINITY;
  return ticks.map(({ x, label }) => {
    const at = px(x);
    const width = label.length * CHARACTER;
    const anchor = at - width / 2 < plot.left ? "start" : at + width / 2 > plot.right ? "end" : "middle";
    const left = anchor === "start" ? at : anchor === "end" ? at - width : at - width / 2;
    const isFree = left >= end + ROOM;
    if (isFree) end = left + width;
    return { x, label, at, anchor, isFree };
  });
}
