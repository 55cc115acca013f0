import type { Tone } from "./glyph";
import { type SparklineData, sparklinePaths } from "./sparklinePath";

const STROKE: Partial<Record<Tone, string>> = { worse: "stroke-worse-mark", better: "stroke-better-mark" };

/**
 * History in the size of a word: trace, level of each segment, and the steps in the colour of their verdict.
 * `tones[i]` is the verdict of the step into segment i. Decoration for screen readers: the figure beside it says more.
 */
export function Sparkline({
  data,
  tones,
  width = 104,
  height = 28,
}: {
  data: SparklineData;
  tones: (Tone | null)[];
  width?: number;
  height?: number;
}) {
  const { trace, levels, steps } = sparklinePaths(data, width, height);
  // A path per colour: lists hold hundreds of these.
  const strokes = new Map<string, string>();
  for (const { at, path } of steps) {
    const tone = tones[at];
    const stroke = tone && (STROKE[tone] ?? "stroke-cross");
    if (stroke) strokes.set(stroke, (strokes.get(stroke) ?? "") + path);
  }
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className="block fill-none"
      aria-hidden="true"
    >
      {trace && <path d={trace} className="stroke-trace" />}
      {levels && <path d={levels} className="stroke-level" strokeWidth="1.5" />}
      {[...strokes].map(([stroke, path]) => (
        <path key={stroke} d={path} className={stroke} strokeWidth="2" />
      ))}
    </svg>
  );
}
