import Link from "next/link";
import { Delta } from "@/components/ui/delta";
import { Sparkline } from "@/components/ui/sparkline";
import { formatChange, formatP } from "@/lib/format/change";
import { metricLabel } from "@/lib/format/name";
import { plural } from "@/lib/format/number";
import { formatDifference, formatValue, type Scale } from "@/lib/format/unit";
import { toneOf, toneOfChange, wayOf } from "@/lib/format/verdict";
import type { WorkloadCell, WorkloadList } from "@/lib/queries/workloads";

/** A change below this share is grey. */
const LEAST = 0.02;

type Props = {
  cell: WorkloadCell | null;
  metric: WorkloadList["metrics"][number];
  scale: Scale;
  /** Of the commits that the glyph shows. */
  places: readonly number[];
  href: string;
  name: string;
  /** With noise and certainty. */
  detail: boolean;
};

/** History as a glyph, the level now, its change. All of it is the link to that metric. */
export function MetricCell({ cell, metric, scale, places, href, name, detail }: Props) {
  if (!cell) return <span className="text-ink-3">not measured</span>;
  const { level, base, change, noise, points, certainty, sparkline } = cell;
  const value = formatValue(level, scale);
  // 0 -> 5 has no ratio: it is told in the metric's unit.
  const text =
    change === null && level !== null && base !== null ? formatDifference(level - base, scale) : formatChange(change);
  const label = metricLabel(metric.name, metric.displayName);
  const noiseText = noise === null ? null : formatChange(noise).replace("+", "");
  const sure = certainty && `${certainty.state}, p ${formatP(certainty.p)}`;
  const title = [plural(points, "point"), `noise ${noiseText ?? "not known yet"}`, sure].filter(Boolean).join(", ");
  return (
    <Link
      href={href}
      prefetch={false}
      title={title}
      aria-label={`${label} of ${name}: ${value}, ${text}${detail ? `, ${title}` : ""}`}
      className="flex items-center gap-2 md:mr-3"
    >
      {sparkline ? (
        <Sparkline
          isFluid
          data={{ ...sparkline, points: places.map((x, at) => ({ x, y: sparkline.values[at] ?? null })) }}
          tones={sparkline.directions.map((direction) => direction && toneOf(direction))}
        />
      ) : (
        <span className="min-w-20 flex-1" />
      )}
      <span className="w-[76px] shrink-0 text-right text-label whitespace-nowrap">
        <span className="block text-base leading-4 font-medium">{value}</span>
        {level !== null && base !== null && (
          <Delta
            tone={toneOfChange(base, level, metric.better, LEAST)}
            way={wayOf(level - base)}
            text={text}
            className="font-normal!"
          />
        )}
      </span>
      {detail && (
        <span className="w-[72px] shrink-0 text-right text-label whitespace-nowrap text-ink-3">
          <span className="block leading-4">{noiseText === null ? "–" : `± ${noiseText}`}</span>
          {certainty && (
            <span className={certainty.state === "provisional" ? "text-warn" : undefined}>
              p {formatP(certainty.p)}
            </span>
          )}
        </span>
      )}
    </Link>
  );
}
