import type { SeriesRead } from "@/lib/queries/series";

/** Measured commits beside the sides. */
const BESIDE = 40;

/**
 * The part of a line that holds the commits of both sides and some on either hand; the newest part, where the line holds
 * neither. Segments and changepoints that do not reach into it are left out.
 */
export function around<Series extends Pick<SeriesRead, "points" | "segments" | "changepoints" | "failures" | "months">>(
  series: Series,
  shas: readonly string[],
): Series {
  const { points } = series;
  const places = shas.map((sha) => points.findIndex((point) => point.sha === sha)).filter((place) => place >= 0);
  const [first, last] = places.length > 0 ? [Math.min(...places), Math.max(...places)] : [points.length, points.length];
  const shown = points.slice(Math.max(0, first - BESIDE), last + BESIDE + 1);
  const [from, to] = [shown[0]?.position ?? 0, shown.at(-1)?.position ?? 0];
  const inside = ({ position }: { position: number }) => position >= from && position <= to;
  return {
    ...series,
    points: shown,
    // A segment is cut where its points are: the chart looks for them.
    segments: series.segments
      .filter((segment) => segment.last >= from && segment.first <= to)
      .map((segment) => ({ ...segment, first: Math.max(segment.first, from), last: Math.min(segment.last, to) })),
    changepoints: series.changepoints.filter(inside),
    failures: series.failures.filter(inside),
    months: series.months.filter(inside),
  };
}
