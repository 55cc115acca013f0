import type { Trend } from "@/lib/chart/trend";
import { plural } from "@/lib/format/number";
import { formatDate, shortSha } from "@/lib/format/time";
import { formatValue } from "@/lib/format/unit";
import { type ChartStore, usePointing } from "./chart-store";

/** The point under the crosshair in words, over the dates of a small chart; nothing while none is. */
export function PointedAt({ store, trend }: { store: ChartStore; trend: Trend }) {
  const hover = usePointing(store, (pointing) => pointing.hover);
  const point = hover && trend.points.find(({ sha }) => sha === hover.sha);
  if (!hover || !point) return null;
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-0 truncate bg-bg pl-14 text-label text-ink-2">
      <b className="font-mono font-medium text-ink">{shortSha(hover.sha)}</b> {formatDate(hover.committedAt)}
      {hover.pullRequest !== null && ` · #${hover.pullRequest}`} ·{" "}
      <b className="font-medium text-ink">{formatValue(point.value, trend.scale)}</b>
      {`, ${plural(point.runs, "run")}, n ${point.n}`}
    </div>
  );
}
