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
  isFluid = false,
}: {
  data: SparklineData;
  tones: (Tone | null)[];
  width?: number;
  height?: number;
  /** Takes the width of where it stands; strokes keep theirs. */
  isFluid?: boolean;
}) {
  const stroke = isFluid ? "non-scaling-stroke" : undefined;
  const { trace, levels, steps } = sparklinePaths(data, width, height);
  // A path per colour: lists hold hundreds of these.
  const strokes = new Map<string, string>();
  for (const { at, path } of steps) {
    const tone = tones[at];
    const colour = tone && (STROKE[tone] ?? "stroke-cross");
    if (colour) strokes.set(colour, (strokes.get(colour) ?? "") + path);
  }
  return (
    <svg
      width={isFluid ? "100%" : width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio={isFluid ? "none" : undefined}
      className={isFluid ? "block min-w-20 flex-1 fill-none" : "block fill-none"}
      aria-hidden="true"
    >
      {trace && <path d={trace} className="stroke-trace" vectorEffect={stroke} />}
      {levels && <path d={levels} className="stroke-level" strokeWidth="1.5" vectorEffect={stroke} />}
      {[...strokes].map(([colour, path]) => (
        <path key={colour} d={path} className={colour} strokeWidth="2" vectorEffect={stroke} />
      ))}
    </svg>
  );
}
