"use client";
import { type ChartStore, usePointing } from "@/components/charts/chart-store";
import { Delta } from "@/components/ui/delta";
import type { Trend } from "@/lib/chart/trend";
import { formatChange } from "@/lib/format/change";
import { formatDate, shortSha } from "@/lib/format/time";
import { formatDifference, formatScaled, formatValue, type Scale } from "@/lib/format/unit";
import { wayOf } from "@/lib/format/verdict";
import type { LeftOutPoint, SeriesPoint, SeriesRead } from "@/lib/queries/series";
import type { Movement } from "./sentence";

/** Head of the readouts: "Level now", or the commit at the crosshair. */
export function ReadoutHead({ store }: { store: ChartStore }) {
  const hover = usePointing(store, (pointing) => pointing.hover);
  if (!hover) return <div className="truncate text-ink-3">Level now</div>;
  return (
    <div className="truncate text-ink-2" data-testid="crosshair-commit">
      <span className="sha font-medium text-ink">{shortSha(hover.sha)}</span> {formatDate(hover.committedAt)}
      {hover.pullRequest !== null && ` · #${hover.pullRequest}`}
    </div>
  );
}

type Props = {
  movement: Movement;
  points: ReadonlyMap<string, SeriesPoint>;
  scale: Scale;
  store: ChartStore;
  trend: Trend;
};

/** One metric's figure beside its chart: its level now, or its values at the crosshair, so that no box covers the data. */
export function Readout({ movement, points, scale, store, trend }: Props) {
  const hover = usePointing(store, (pointing) => pointing.hover);
  const { read, label } = movement;
  return (
    <div className="min-w-0 max-md:flex max-md:items-baseline max-md:gap-x-3 max-md:gap-y-0 max-md:flex-wrap">
      <div className="truncate font-medium" title={label}>
        {label}
      </div>
      {hover ? (
        <AtCrosshair point={points.get(hover.sha)} sha={hover.sha} scale={scale} read={read} />
      ) : (
        <LevelNow movement={movement} scale={scale} />
      )}
      {trend.y.logRefused && <div className="text-label text-warn">A value is zero or less: drawn linear.</div>}
    </div>
  );
}

function LevelNow({ movement, scale }: { movement: Movement; scale: Scale }) {
  const { read, change, tone, from, to } = movement;
  const last = read.points.at(-1);
  if (to === null || from === null) {
    return (
      <>
        <Figure text={last ? formatScaled(last.value, scale) : "–"} unit={last ? scale.unit : ""} />
        <div className="text-ink-3">{last ? "newest point" : "not measured"}</div>
      </>
    );
  }
  const noise = read.level && read.noise !== null ? (100 * read.noise) / Math.abs(read.level) : null;
  return (
    <>
      <Figure text={formatScaled(to, scale)} unit={scale.unit} />
      <div>
        {movement.changepoints.length === 0 ? (
          <span className="text-ink-3">no change in window</span>
        ) : (
          <>
            <Delta
              tone={tone}
              way={wayOf(to - from)}
              text={change === null ? formatDifference(to - from, scale) : formatChange(change)}
            />{" "}
            <span className="text-ink-3">in window</span>
          </>
        )}
      </div>
      {noise !== null && <div className="text-ink-3 max-md:hidden">noise ± {noise.toFixed(noise < 10 ? 1 : 0)} %</div>}
    </>
  );
}

type AtProps = { point: SeriesPoint | undefined; sha: string; scale: Scale; read: SeriesRead };

function AtCrosshair({ point, sha, scale, read }: AtProps) {
  const out = read.leftOut.filter((one) => one.sha === sha);
  const failed = failureAt(read, sha);
  if (!point) {
    return (
      <>
        <Figure text="–" unit="" />
        {(failed || out.length === 0) && (
          <div className={failed ? "text-warn" : "text-ink-3"}>{failed ?? "not measured here"}</div>
        )}
        <OutOfStatistics points={out} scale={scale} />
      </>
    );
  }
  const level = read.segments.find((one) => one.first <= point.position && point.position <= one.last)?.level;
  const [least, most] = [formatScaled(point.min, scale), formatValue(point.max, scale)];
  const spread = least === formatScaled(point.max, scale) ? null : `${least} … ${most}`;
  const against = level ? `${formatChange(point.value / level - 1)} of level` : null;
  return (
    <>
      <Figure text={formatScaled(point.value, scale)} unit={scale.unit} />
      <div className="text-ink-2">
        {point.runs === 1 ? "1 run" : `median of ${point.runs} runs`}, n {point.n}
      </div>
      <div className="truncate text-ink-3">{[spread, against].filter((text) => text !== null).join(", ")}</div>
      {failed && <div className="text-warn">{failed}</div>}
      {point.open && <div className="text-ink-3">its runs disagree</div>}
      {point.slow && <div className="text-ink-3">slow run: everything in it was</div>}
      {point.outlier && !point.slow && <div className="text-ink-3">outlier</div>}
      <OutOfStatistics points={out} scale={scale} />
    </>
  );
}

/** "left out by ada: 12.4 s of run gha-1, wrong cluster". */
function OutOfStatistics({ points, scale }: { points: readonly LeftOutPoint[]; scale: Scale }) {
  const [first] = points;
  if (!first) return null;
  const { by, value, run, whole, reason } = first;
  const text = `left out by ${by}: ${formatValue(value, scale)} of ${whole ? "the whole " : ""}run ${run}, ${reason}`;
  return (
    <div className="text-ink-3 [overflow-wrap:anywhere]" title={text}>
      <span className="line-clamp-3">{text}</span>
      {points.length > 1 && `and ${points.length - 1} more`}
    </div>
  );
}

/** "failed in 2 runs", "skipped in 1 run"; null where all passed or nothing ran. */
function failureAt(read: SeriesRead, sha: string): string | null {
  const failure = read.failures.find((one) => one.sha === sha);
  return failure ? `${failure.outcome} in ${failure.runs} ${failure.runs === 1 ? "run" : "runs"}` : null;
}

function Figure({ text, unit }: { text: string; unit: string }) {
  return (
    <div className="text-figure font-medium">
      {text}
      {unit && <span className="text-base font-normal text-ink-3"> {unit}</span>}
    </div>
  );
}
