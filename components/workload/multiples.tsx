"use client";
import Link from "next/link";
import { memo, useMemo } from "react";
import { type ChartStore, usePointing } from "@/components/charts/chart-store";
import { Crosshair } from "@/components/charts/crosshair";
import { AXIS_HEIGHT, DateAxis } from "@/components/charts/date-axis";
import { EventFlags } from "@/components/charts/event-flags";
import { Flags } from "@/components/charts/flags";
import { PointerLayer } from "@/components/charts/pointer-layer";
import { TrendChart } from "@/components/charts/trend-chart";
import { useSeen } from "@/components/charts/use-seen";
import { Delta } from "@/components/ui/delta";
import type { YDomain } from "@/lib/chart/domain";
import { frameOf, type Margin } from "@/lib/chart/frame";
import { trendOf, trendOn } from "@/lib/chart/trend";
import { formatChange } from "@/lib/format/change";
import { plural } from "@/lib/format/number";
import { formatValue } from "@/lib/format/unit";
import { wayOf } from "@/lib/format/verdict";
import { shiftUrl } from "@/lib/urls/shift";
import { AxesChoice, axesOf } from "./axes-choice";
import { ticksOf } from "./axis-ticks";
import type { ChartsActions, ChartsView } from "./charts-frame";
import type { ShownLine } from "./lines";
import type { SeveralProps } from "./overlays";
import { MultiplesSkeleton, SmallRoom } from "./plot-skeleton";
import type { SelectionHandle } from "./selection";
import { SeveralFrame, useSeveralCharts } from "./several-charts";
import type { LineMovement } from "./several-sentence";
import { shownTrend } from "./shown-trend";
import { SMALL, SMALL_GAP } from "./sizes";

const HEIGHT = SMALL.height;
/** Room for the flags above. */
const MARGIN: Margin = { top: 20, right: 6, bottom: 4, left: 56 };

type MultiplesProps = SeveralProps & { onSeen: (key: string) => void };

/** A small chart per line of one metric; they share window, crosshair, pins and, where it shows them well, the y axis. Read when seen. */
export function Multiples({ head, handle, all, view, metrics, store, onSeen }: MultiplesProps) {
  const several = useSeveralCharts({ handle, view, store });
  const { outer, charts: seen } = several;
  const { lines } = view;
  const axes = axesOf(head, handle, metrics[0]?.name);
  const byKey = new Map(lines.map((one) => [one.line.key, one]));
  const columns = outer === null ? 1 : Math.max(1, Math.floor((outer + SMALL.gap) / (SMALL.least + SMALL.gap)));
  const width = outer === null ? 0 : Math.floor((outer - SMALL.gap * (columns - 1)) / columns);
  const changes = [...new Set(lines.flatMap(({ movement }) => movement.changepoints.map(({ position }) => position)))];
  return (
    <SeveralFrame
      {...{ several, head, handle, view }}
      skeleton={<MultiplesSkeleton lines={all.length} />}
      lines={lines.map(({ line, read, points }) => ({ label: line.label, read, points, scale: view.scale }))}
      changes={seen?.inWindow.filter(({ position }) => changes.includes(position)).map(({ x }) => x) ?? []}
      apart={<AxesChoice axes={axes} onChange={(choice) => handle.show({ axes: choice })} />}
      cardPlace={(charts) => ({ left: Math.max(0, charts.width - 288), top: 8 })}
    >
      {(charts, actions) => (
        <div className="grid" style={{ gap: SMALL_GAP, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
          {all.map((line, i) => (
            <Cell
              key={line.key}
              line={line}
              found={byKey.get(line.key)}
              slug={head.project.slug}
              view={charts}
              handle={handle}
              width={width}
              shared={axes.shared}
              isFirst={i === 0}
              actions={actions}
              onSeen={onSeen}
            />
          ))}
        </div>
      )}
    </SeveralFrame>
  );
}

type CellProps = {
  line: ShownLine;
  /** Undefined until it has been read. */
  found: LineMovement | undefined;
  slug: string;
  view: ChartsView;
  handle: SelectionHandle;
  width: number;
  /** The y axis that all have; null: each its own. */
  shared: YDomain | null;
  /** The words of events stand on the first chart only; their lines on all. */
  isFirst: boolean;
  actions: ChartsActions;
  onSeen: (key: string) => void;
};

function Cell({ line, found, handle, onSeen, ...rest }: CellProps) {
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
        <SmallChart {...rest} {...{ line, found, handle, only }} />
      ) : (
        <>
          <Title line={line} only={only} />
          <SmallRoom />
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

function SmallChart({ line, found, slug, view, handle, width, shared, isFirst, actions, only }: SmallProps) {
  const { kind, domain, store, inWindow, pins } = view;
  const { y, without } = handle.selection;
  const { read, movement, points } = found;
  const trend = useMemo(
    () =>
      shownTrend(
        shared ? trendOn(read, kind, domain, shared, HEIGHT) : trendOf(read, kind, domain, y, HEIGHT),
        without,
      ),
    [read, kind, domain, y, shared, without],
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
        <Flags
          changes={trend.changes}
          scale={trend.scale}
          frame={frame}
          store={store}
          metric={`${read.metric} ${line.key}`}
          urlOf={({ shift }) => (shift === null ? null : shiftUrl(slug, shift))}
        />
        {isFirst && <EventFlags events={trend.events} frame={frame} />}
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
