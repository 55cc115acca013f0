import type { Frame } from "./frame";
import { dotRadius, MOST_DOTS } from "./marks";
import { fixed } from "./paths";
import type { Trend } from "./trend";

/** `d` of the medians of one line and what belongs to them, a path per kind of mark; "" where there is none. */
export type DotPaths = {
  /** Least to most of a commit's runs, cut at the plot. */
  spreads: string;
  /** Lines without length: their round ends, `2 * radius` wide, are the dots. */
  medians: string;
  radius: number;
  /** Its runs disagree: a hollow circle. */
  open: string;
  /** A hollow diamond. */
  outliers: string;
  /** All of its runs were slow: a hollow square. */
  slow: string;
  /** Beyond the scale: a triangle at the edge. It does not stretch the axis. */
  beyond: string;
};

/** A path each instead of an element per point: what is drawn anew while somebody zooms. Beyond MOST_DOTS only what lies beyond. O(n). */
export function dotPaths(trend: Trend, frame: Frame): DotPaths {
  const { plot } = frame;
  const radius = dotRadius(trend, frame);
  const paths: DotPaths = { spreads: "", medians: "", radius, open: "", outliers: "", slow: "", beyond: "" };
  const hasDots = trend.points.length <= MOST_DOTS;
  for (const point of trend.points) {
    const [x, y] = [frame.x(point.x), frame.y(point.value)];
    if (x < plot.left - 1 || x > plot.right + 1) continue;
    if (hasDots) paths.spreads += spread(x, frame.y(point.max), frame.y(point.min), plot);
    if (y < plot.top) paths.beyond += `M${fixed(x)} ${plot.top - 5}l3.2 5h-6.4z`;
    else if (y > plot.bottom) paths.beyond += `M${fixed(x)} ${plot.bottom + 5}l3.2-5h-6.4z`;
    else if (!hasDots) continue;
    else if (point.slow) paths.slow += square(x, y, radius + 0.4);
    else if (point.outlier) paths.outliers += diamond(x, y, radius + 1.6);
    else if (point.open) paths.open += circle(x, y, radius + 0.6);
    else paths.medians += `M${fixed(x)} ${fixed(y)}h0`;
  }
  return paths;
}

function spread(x: number, high: number, low: number, plot: Frame["plot"]): string {
  const [top, bottom] = [Math.max(plot.top, high), Math.min(plot.bottom, low)];
  return bottom - top > 1 ? `M${fixed(x)} ${fixed(top)}V${fixed(bottom)}` : "";
}

const square = (x: number, y: number, half: number): string =>
  `M${fixed(x - half)} ${fixed(y - half)}h${fixed(2 * half)}v${fixed(2 * half)}h${fixed(-2 * half)}z`;

const diamond = (x: number, y: number, half: number): string => {
  const by = fixed(half);
  return `M${fixed(x)} ${fixed(y - half)}l${by} ${by}l-${by} ${by}l-${by} -${by}z`;
};

const circle = (x: number, y: number, radius: number): string => {
  const by = fixed(radius);
  return `M${fixed(x - radius)} ${fixed(y)}a${by} ${by} 0 1 0 ${fixed(2 * radius)} 0a${by} ${by} 0 1 0 -${fixed(2 * radius)} 0z`;
};
