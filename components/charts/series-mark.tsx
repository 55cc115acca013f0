import type { SeriesShape } from "@/lib/chart/seriesShapes";

/** The mark of a line in a legend: a piece of its line with its shape. */
export function SeriesMark({ shape }: { shape: SeriesShape }) {
  return (
    <svg width="18" height="10" viewBox="-9 -5 18 10" className="shrink-0" aria-hidden="true">
      <path d="M-9 0H9" style={{ stroke: shape.colour }} strokeWidth="1.5" />
      <path
        d={shape.path}
        style={{ stroke: shape.colour, fill: shape.filled ? shape.colour : "var(--bg)" }}
        strokeWidth="1.3"
      />
    </svg>
  );
}
