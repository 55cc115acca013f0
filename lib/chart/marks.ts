import type { Frame } from "./frame";
import type { LevelSpan } from "./levels";
import type { Trend } from "./trend";

/** Beyond this many points only the trace is drawn: dots would hide it. */
export const MOST_DOTS = 200;
/** Below so many px from point to point, dots shrink. */
const CLOSE = 4;
const FEW_DOTS = 60;

/** Radius of a median's dot in px, by how close the points stand. */
export function dotRadius(trend: Pick<Trend, "points">, frame: Frame): number {
  const step = frame.plot.width / Math.max(1, trend.points.length);
  return step < CLOSE ? 1.4 : trend.points.length <= FEW_DOTS ? 2.2 : 2;
}

/** Room that "7.94 s" needs; a narrower level keeps its value to itself (hover tells it). */
const LABEL_ROOM = 52;

export type LevelLabel = { span: LevelSpan; x: number; y: number; anchor: "start" | "end" };

/** Where the values of the levels stand, in px: over the line's right end, the first one over its left; under it where there is no room. */
export function levelLabels(trend: Pick<Trend, "spans">, frame: Frame): LevelLabel[] {
  const last = trend.spans.length - 1;
  return trend.spans.flatMap((span, i) => {
    const [left, right] = [frame.x(span.from), frame.x(span.to)];
    if (i < last && right - left < LABEL_ROOM) return [];
    const isLeft = span.isFirst && i < last;
    return { span, x: isLeft ? left + 4 : right - 4, y: labelY(span, frame), anchor: isLeft ? "start" : "end" };
  });
}

function labelY(span: LevelSpan, frame: Frame): number {
  const y = frame.y(span.level);
  return y - 18 < frame.plot.top ? y + 15 : y - 6;
}

/** The hatched column of a commit where nothing passed: never narrower than 6 px. */
export function gapColumn(
  gap: { x: number; from: number; to: number },
  frame: Frame,
): { left: number; width: number; middle: number } {
  const half = Math.max(3, (frame.x(gap.to) - frame.x(gap.from)) / 2);
  const middle = frame.x(gap.x);
  return { left: middle - half, width: 2 * half, middle };
}
