import type { AxisCommit } from "@/components/charts/chart-store";
import type { Frame } from "@/lib/chart/frame";
import type { ChartLine } from "./chart-row";
import { MAIN_HEIGHT } from "./sizes";

const CARD_WIDTH = 288;

/** Size of a flag's box and of the card, roughly: enough to keep them apart. */
const FLAG = { width: 84, height: 24 };
const cardHeight = (metrics: number) => 116 + 18 * metrics;

/**
 * Where the card covers neither its own line nor a flag: right or left of the line, under the main chart or over it.
 * Where every place covers one, it stands right of the line under the main chart.
 */
export function cardPlace(
  frame: Frame,
  pin: AxisCommit | undefined,
  rows: readonly ChartLine[],
): { left: number; top: number } {
  // A pin outside the window has its card at the edge beyond which it lies.
  const x = Math.min(frame.plot.right, Math.max(frame.plot.left, pin ? frame.x(pin.x) : 0));
  const tops = rows.length > 1 ? [MAIN_HEIGHT - 8, 24] : [60];
  const lefts = [x + 12, x - 12 - CARD_WIDTH].filter((left) => left >= 0 && left + CARD_WIDTH <= frame.plot.right);
  const flags = flagCorners(frame, rows);
  const isFree = ({ left, top }: { left: number; top: number }) =>
    flags.every(
      (flag) =>
        flag.left + FLAG.width < left ||
        flag.left > left + CARD_WIDTH ||
        flag.top + FLAG.height < top ||
        flag.top > top + cardHeight(rows.length),
    );
  const places = tops.flatMap((top) => lefts.map((left) => ({ left, top })));
  const narrow = { left: Math.max(0, Math.min(x + 12, frame.width - CARD_WIDTH)), top: tops[0] ?? 0 };
  return places.find(isFree) ?? places[0] ?? narrow;
}

function flagCorners(frame: Frame, rows: readonly ChartLine[]): { left: number; top: number }[] {
  let top = 0;
  return rows.flatMap(({ trend, height }) => {
    const own = trend.changes.map(({ x }) => ({ left: frame.x(x), top: top - 4 }));
    top += height + 20;
    return own;
  });
}
