"use client";
import Link from "next/link";
import { memo, useMemo } from "react";
import { type ChartStore, usePointing } from "@/components/charts/chart-store";
import { Crosshair } from "@/components/charts/crosshair";
import { AXIS_HEIGHT, DateAxis } from "@/components/charts/date-axis";
import { PointerLayer } from "@/components/charts/pointer-layer";
import { TrendChart } from "@/components/charts/trend-chart";
import { useSeen } from "@/components/charts/use-seen";
import { useWidth } from "@/components/charts/use-width";
import { Delta } from "@/components/ui/delta";
import { Skeleton } from "@/components/ui/skeleton";
import { frameOf, type Margin } from "@/lib/chart/frame";
import { trendOf } from "@/lib/chart/trend";
import { formatChange } from "@/lib/format/change";
import { plural } from "@/lib/format/number";
import { formatValue } from "@/lib/format/unit";
import { wayOf } from "@/lib/format/verdict";
import { ticksOf } from "./axis-ticks";
import { type ChartsActions, ChartsFrame, type ChartsView } from "./charts-frame";
import type { ShownLine } from "./lines";
import type { SeveralProps } from "./overlays";
import { useChartsView } from "./plot";
import { PlotSkeleton } from "./plot-skeleton";
import type { SelectionHandle } from "./selection";
import type { LineMovement } from "./several-sentence";
import { shownTrend } from "./shown-trend";
import { Stale } from "./stale";

const HEIGHT = 88;
const MARGIN: Margin = { top: 6, right: 6, bottom: 4, left: 56 };
/** A small chart is at least so wide; the gap between two. */
const LEAST_WIDTH = 290;
const GAP = 20;

/** A small chart per line of one metric, each with its own y axis; they share window, crosshair and pins. Read when seen. */
export function Multiples({
  head,
  handle,
  all,
  view,
  metrics,
  store,
  onSeen,
}: SeveralProps & { onSeen: (key: string) => void }) {
  const [ref, outer] = useWidth<HTMLDivElement>();
  const { x: kind, pin } = handle.selection;
  const { window, lines } = view;
  const reads = useMemo(() => lines.map(({ read }) => read), [lines]);
  const charts = useChartsView({ reads, kind, window, store, pin, outer });
  const byKey = new Map(lines.map((one) => [one.line.key, one]));
  const columns = outer === null ? 1 : Math.max(1, Math.floor((outer + GAP) / (LEAST_WIDTH + GAP)));
  const width = outer === null ? 0 : Math.floor((outer - GAP * (columns - 1)) / columns);
  const changes = [...new Set(lines.flatMap(({ movement }) => movement.changepoints.map(({ position }) => position)))];
  const places = charts?.inWindow.filter(({ position }) => changes.includes(position)).map(({ x }) => x) ?? [];
  return (
    <Stale ref={ref} isStale={handle.isPending || view.isStale}>
      {charts === null ? (
        <PlotSkeleton charts={metrics.length} />
      ) : (
        <ChartsFrame
          head={head}
          handle={handle}
          view={charts}
          read={reads[0]}
          lines={lines.map(({ line, read, points }) => ({ label: line.label, read, points, scale: view.scale }))}
          changes={places}
          hideReleases
          cardPlace={() => ({ left: Math.max(0, charts.width - 288), top: 8 })}
        >
          {(actions) => (
            <div
              className="grid"
              style={{ gap: `${GAP - 4}px ${GAP}px`, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
            >
              {all.map((line) => (
                <Cell
                  key={line.key}
                  line={line}
                  found={byKey.get(line.key)}
                  view={charts}
                  handle={handle}
                  width={width}
                  actions={actions}
                  onSeen={onSeen}
                />
              ))}
            </div>
          )}
        </ChartsFrame>
      )}
    </Stale>
  );
}

type CellProps = {
  line: ShownLine;
  /** Undefined until it has been read. */
  found: LineMovement | undefined;
  view: ChartsView;
  handle: SelectionHandle;
  width: number;
  actions: ChartsActions;
  onSeen: (key: string) => void;
};

function Cell({ line, found, view, handle, width, actions, onSeen }: CellProps) {
  const [ref, isSeen] = useSeen<HTMLDivElement>(() => onSeen(line.key));
  const only = handle.urlOf({
    params: JSON.stringify(line.params),
    environment: [line.environment],
    with: [],
    hide: [],
  });
  return (
    <div ref={ref} className="min-w-0 break-inside-avoid" data-testid="small-chart">
      {found && isSeen ? (
        <SmallChart {...{ line, found, view, handle, width, actions, only }} />
      ) : (
        <>
          <Title line={line} only={only} />
          <div className="border-b border-line pl-14" style={{ height: HEIGHT + AXIS_HEIGHT }}>
            <Skeleton className="mt-9 w-2/3" />
          </div>
        </>
      )}
    </div>
  );
}

function Title({ line, only, children }: { line: ShownLine; only: string; children?: React.ReactNode }) {
  return (
    <div className="flex min-w-0 items-baseline gap-2">
      <Link
        href={only}
        prefetch={false}
        className="min-w-0 truncate leading-6 font-medium hover:underline"
        title={`Only ${line.label}`}
      >
        {line.label}
      </Link>
      {children}
    </div>
  );
}

type SmallProps = Omit<CellProps, "found" | "onSeen"> & { found: LineMovement; only: string };

function SmallChart({ line, found, view, handle, width, actions, only }: SmallProps) {
  const { kind, domain, store, inWindow, pins } = view;
  const { y, without } = handle.selection;
  const { read, movement, points } = found;
  const trend = useMemo(
    () => shownTrend(trendOf(read, kind, domain, y, HEIGHT), without),
    [read, kind, domain, y, without],
  );
  const frame = useMemo(() => frameOf({ width, height: HEIGHT }, domain, trend.y, MARGIN), [width, domain, trend.y]);
  const axis = useMemo(
    () => frameOf({ width, height: AXIS_HEIGHT }, domain, { lo: 0, hi: 1 }, MARGIN),
    [width, domain],
  );
  const drawn = useMemo(() => new Map(trend.points.map((point) => [point.sha, point])), [trend]);
  const value = movement.to ?? read.points.at(-1)?.value ?? null;
  const label = `${line.label}, ${plural(trend.points.length, "point")}, ${value === null ? "not measured" : `level now ${formatValue(value, trend.scale)}`}, ${plural(trend.changes.length, "changepoint")}`;
  return (
    <>
      <Title line={line} only={only}>
        <Figures store={store} found={{ movement, points }} trend={trend} value={value} />
      </Title>
      <div className="relative" style={{ width, height: HEIGHT }}>
        <TrendChart
          trend={trend}
          frame={frame}
          label={label}
          hideBands={without.includes("bands")}
          hideLevels={without.includes("levels")}
        />
        <PointerLayer frame={frame} store={store} commits={inWindow} {...actions} />
        <Crosshair frame={frame} store={store} points={drawn} pins={pins} />
      </div>
      <DateAxis ticks={ticksOf(read, inWindow, domain, axis, kind)} frame={axis} />
    </>
  );
}

type FiguresProps = {
  store: ChartStore;
  found: Pick<LineMovement, "movement" | "points">;
  trend: ReturnType<typeof trendOf>;
  value: number | null;
};

/** The level now and what it did in the window; the value at the crosshair while there is one. */
const Figures = memo(function Figures({ store, found: { movement, points }, trend, value }: FiguresProps) {
  const hover = usePointing(store, (pointing) => pointing.hover);
  const here = hover ? (points.get(hover.sha)?.value ?? null) : value;
  const { change, tone, from, to } = movement;
  return (
    <span className="ml-auto flex shrink-0 items-baseline gap-2">
      <span className="font-medium">{here === null ? "–" : formatValue(here, trend.scale)}</span>
      {!hover && change !== null && from !== null && to !== null && movement.changepoints.length > 0 && (
        <Delta tone={tone} way={wayOf(to - from)} text={formatChange(change)} />
      )}
      {trend.y.logRefused && <span className="text-label text-warn">drawn linear</span>}
    </span>
  );
});
