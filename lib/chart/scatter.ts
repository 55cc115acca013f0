/** A point of two relative changes, with their intervals where they are known. */
export type ScatterPlace = {
  x: number;
  y: number;
  xInterval: readonly [number, number] | null;
  yInterval: readonly [number, number] | null;
};

/** The box of a label beside its point, in px. */
export type LabelBox = { left: number; top: number; width: number; anchor: "start" | "end" };

const LABEL_HEIGHT = 14;
const GAP = 8;

/**
 * Where the labels of points stand, the first ones first: right of the point, else left, else above or below; null where
 * every place would cover another label, a point or the edge. All in px; `plot` is what labels must stay within. O(n m).
 */
export function placeLabels(
  points: readonly { x: number; y: number; width: number; wanted: boolean }[],
  plot: { left: number; right: number; top: number; bottom: number },
): (LabelBox | null)[] {
  const taken: Box[] = points.map(({ x, y }) => ({ left: x - 4, right: x + 4, top: y - 4, bottom: y + 4 }));
  return points.map((point) => {
    if (!point.wanted) return null;
    const found = placesOf(point).find((one) => {
      const box = boxOf(one);
      const isInside =
        box.left >= plot.left && box.right <= plot.right && box.top >= plot.top && box.bottom <= plot.bottom;
      return isInside && !taken.some((other) => overlaps(box, other));
    });
    if (!found) return null;
    taken.push(boxOf(found));
    return found;
  });
}

type Box = { left: number; right: number; top: number; bottom: number };

function placesOf({ x, y, width }: { x: number; y: number; width: number }): LabelBox[] {
  const middle = y - LABEL_HEIGHT / 2;
  return [
    { left: x + GAP, top: middle, width, anchor: "start" },
    { left: x - GAP - width, top: middle, width, anchor: "end" },
    { left: x - width / 2, top: y - GAP - LABEL_HEIGHT, width, anchor: "start" },
    { left: x - width / 2, top: y + GAP, width, anchor: "start" },
    { left: x + GAP, top: y - GAP - LABEL_HEIGHT, width, anchor: "start" },
    { left: x - GAP - width, top: y - GAP - LABEL_HEIGHT, width, anchor: "end" },
    { left: x + GAP, top: y + GAP, width, anchor: "start" },
    { left: x - GAP - width, top: y + GAP, width, anchor: "end" },
  ];
}

const boxOf = ({ left, top, width }: LabelBox): Box => ({
  left,
  right: left + width,
  top,
  bottom: top + LABEL_HEIGHT,
});

const overlaps = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * The point to which an arrow key leads: the nearest one that lies that way, sideways distance counted double; the same
 * point where there is none. px, y grows downwards.
 */
export function neighbourOf(
  points: readonly { x: number; y: number }[],
  from: number,
  way: "left" | "right" | "up" | "down",
): number {
  const here = points[from];
  if (!here) return 0;
  let best = from;
  let least = Number.POSITIVE_INFINITY;
  points.forEach((point, i) => {
    const [dx, dy] = [point.x - here.x, point.y - here.y];
    const ahead = { left: -dx, right: dx, up: -dy, down: dy }[way];
    const aside = way === "left" || way === "right" ? Math.abs(dy) : Math.abs(dx);
    // Points at the very same place follow each other in their order.
    const isAhead = ahead > 0 || (ahead === 0 && aside === 0 && (way === "right" || way === "down") === i > from);
    if (i === from || !isAhead) return;
    const distance = ahead + 2 * aside;
    if (distance < least) {
      least = distance;
      best = i;
    }
  });
  return best;
}
