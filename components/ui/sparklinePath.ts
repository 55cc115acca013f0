/** A line small enough to be one glyph: what is drawn, in data coordinates. x is a place, y a value. */
export type SparklineData = {
  /** Medians from left to right; null breaks the trace (failed or not measured). */
  points: { x: number; y: number | null }[];
  /** Levels: from the first point of a segment to the first of the next. */
  segments: { from: number; to: number; level: number }[];
};

export type SparklinePaths = {
  /** Thin trace of the medians. */
  trace: string;
  /** All levels in one path. */
  levels: string;
  /** The steps between neighbouring levels, left to right; `at` is the index of the segment that begins there. */
  steps: { at: number; path: string }[];
};

const PAD = 2;

/**
 * SVG paths for a sparkline of width x height px. y fits the levels and the middle 90 % of the points; what lies
 * outside is cut at the edge. More points than half the pixels are thinned to the lowest and highest of each two
 * pixels, so that no spike is lost. O(n log n). Without points and segments all paths are empty.
 */
export function sparklinePaths(data: SparklineData, width: number, height: number): SparklinePaths {
  const values = data.points.flatMap(({ y }) => (y === null ? [] : [y])).sort((a, b) => a - b);
  const at = (share: number) => values[Math.round(share * (values.length - 1))];
  const levels = data.segments.map(({ level }) => level);
  const ends = [at(0.05), at(0.95), ...levels].filter((end) => end !== undefined);
  if (ends.length === 0) return { trace: "", levels: "", steps: [] };
  const [low, high] = widened(Math.min(...ends), Math.max(...ends));
  const places = [...data.points.map(({ x }) => x), ...data.segments.flatMap(({ from, to }) => [from, to])];
  const [first, last] = [Math.min(...places), Math.max(...places)];
  const x = (place: number) => round(last === first ? width / 2 : 1 + ((place - first) / (last - first)) * (width - 2));
  const y = (value: number) => {
    const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
    return round(height - PAD - share * (height - 2 * PAD));
  };
  return {
    trace: tracePath(
      data.points.map((point) => ({ x: x(point.x), y: point.y === null ? null : y(point.y) })),
      width,
    ),
    levels: data.segments
      .map(({ from, to, level }) => `M${x(from)} ${y(level)}H${Math.max(x(to), x(from) + 1)}`)
      .join(""),
    steps: data.segments.slice(1).map((segment, index) => {
      const before = data.segments[index] as { level: number };
      return { at: index + 1, path: `M${x(segment.from)} ${y(before.level)}V${y(segment.level)}` };
    }),
  };
}

/** A range that is never empty: a flat line is drawn in the middle, and 1 % of noise does not fill the height. */
function widened(low: number, high: number): [number, number] {
  const middle = (low + high) / 2;
  const least = Math.max(Math.abs(middle) * 0.08, Number.MIN_VALUE * 1e3);
  return high - low >= least ? [low, high] : [middle - least / 2, middle + least / 2];
}

type Pixel = { x: number; y: number | null };

function tracePath(pixels: Pixel[], width: number): string {
  const kept = pixels.length > width / 2 ? thinned(pixels) : pixels;
  let path = "";
  let pen = false;
  for (const { x, y } of kept) {
    if (y !== null) path += `${pen ? "L" : "M"}${x} ${y}`;
    pen = y !== null;
  }
  return path;
}

/** Lowest and highest of every two pixels, in their order; a gap wider than that stays a gap. */
function thinned(pixels: Pixel[]): Pixel[] {
  const columns = new Map<number, Pixel[]>();
  for (const pixel of pixels) {
    const column = Math.floor(pixel.x / 2);
    const members = columns.get(column);
    if (members) members.push(pixel);
    else columns.set(column, [pixel]);
  }
  return [...columns.values()].flatMap((members) => {
    const seen = members.filter((member): member is { x: number; y: number } => member.y !== null);
    if (seen.length <= 2) return seen.length === 0 ? members.slice(0, 1) : seen;
    const lowest = seen.reduce((a, b) => (b.y < a.y ? b : a));
    const highest = seen.reduce((a, b) => (b.y > a.y ? b : a));
    if (lowest === highest) return [lowest];
    return seen.indexOf(lowest) < seen.indexOf(highest) ? [lowest, highest] : [highest, lowest];
  });
}

const round = (pixel: number) => Math.round(pixel * 10) / 10;
