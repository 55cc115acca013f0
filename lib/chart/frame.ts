/** Room around the plot, in px (design: left gutter 56, right 8, top 18 for flags, foot 4). */
export type Margin = { top: number; right: number; bottom: number; left: number };
export const MARGIN: Margin = { top: 18, right: 8, bottom: 4, left: 56 };

export type Frame = {
  width: number;
  height: number;
  margin: Margin;
  /** The plot inside the margins. */
  plot: { left: number; right: number; top: number; bottom: number; width: number; height: number };
  /** Data to px, from the left and top edge of the chart; what lies outside the domain is not cut. */
  x(value: number): number;
  y(value: number): number;
  /** px to data. */
  xAt(px: number): number;
};

/**
 * The pixels of a chart. `xDomain` and `y` span the plot; an empty x domain is widened by half a step to either side, so
 * that a single commit stands in the middle.
 */
export function frameOf(
  size: { width: number; height: number },
  xDomain: readonly [number, number],
  y: { lo: number; hi: number; log?: boolean },
  margin: Margin = MARGIN,
): Frame {
  const plot = {
    left: margin.left,
    right: Math.max(margin.left + 1, size.width - margin.right),
    top: margin.top,
    bottom: Math.max(margin.top + 1, size.height - margin.bottom),
    width: Math.max(1, size.width - margin.right - margin.left),
    height: Math.max(1, size.height - margin.bottom - margin.top),
  };
  const [from, to] = widened(xDomain);
  const scale = y.log ? Math.log10 : (value: number) => value;
  const [low, high] = [scale(y.lo), scale(y.hi)];
  return {
    ...size,
    margin,
    plot,
    x: (value) => plot.left + ((value - from) / (to - from)) * plot.width,
    y: (value) => plot.bottom - ((scale(value) - low) / (high - low)) * plot.height,
    xAt: (px) => from + ((px - plot.left) / plot.width) * (to - from),
  };
}

/** A domain with some width. */
export function widened([from, to]: readonly [number, number]): [number, number] {
  return to > from ? [from, to] : [from - 0.5, from + 0.5];
}
