"use client";
import { useMemo } from "react";
import type { ChartStore } from "@/components/charts/chart-store";
import { useSeen } from "@/components/charts/use-seen";
import { Skeleton } from "@/components/ui/skeleton";
import { trendsOf } from "@/lib/chart/trend";
import { metricLabel } from "@/lib/format/name";
import type { WorkloadRead } from "@/lib/queries/workload";
import type { ChartsActions, ChartsView } from "./charts-frame";
import type { ShownLine } from "./lines";
import { type DrawnLine, OverlayRow } from "./overlay-row";
import { PlotSkeleton } from "./plot-skeleton";
import type { SelectionHandle } from "./selection";
import { SeveralFrame, useSeveralCharts } from "./several-charts";
import type { LineMovement } from "./several-sentence";
import { linesOf, type SeveralView } from "./several-view";
import { shownTrend } from "./shown-trend";
import { belowOf, togetherHeight, togetherHeights } from "./sizes";
import { useReads } from "./use-reads";

export type SeveralProps = {
  head: WorkloadRead;
  handle: SelectionHandle;
  all: readonly ShownLine[];
  view: SeveralView;
  metrics: WorkloadRead["metrics"];
  store: ChartStore;
};

/** Width of a pin's card with room beside it, px. */
const CARD_ROOM = 300;

/** A chart per metric with up to eight lines; charts below the fold are read when they are seen. */
export function Overlays({ head, handle, all, view, metrics, store }: SeveralProps) {
  const several = useSeveralCharts({ handle, view, store });
  const main = useDrawn(view.lines, handle, several.charts, togetherHeight(all.length, true));
  const changes = [...new Set(main.flatMap(({ trend }) => trend.changes.map(({ x }) => x)))].sort((a, b) => a - b);
  return (
    <SeveralFrame
      {...{ several, head, handle, view, changes }}
      skeleton={<PlotSkeleton heights={togetherHeights(all.length, metrics.length)} />}
      lines={main.map(({ line, read, points, trend }) => ({ label: line.label, read, points, scale: trend.scale }))}
      cardPlace={(charts, axis) => {
        const at = charts.pins.at(-1);
        const x = at ? Math.min(axis.plot.right, Math.max(axis.plot.left, axis.x(at.x))) : 0;
        const left = x + CARD_ROOM < axis.plot.right ? x + 12 : Math.max(0, x - CARD_ROOM);
        return { left, top: metrics.length > 1 ? togetherHeight(all.length, true) - 8 : 24 };
      }}
    >
      {(charts, actions) => (
        <div className="flex flex-col gap-5 max-md:gap-6">
          {metrics.map((metric, i) => {
            const row = {
              all,
              view: charts,
              height: togetherHeight(all.length, i === 0),
              below: belowOf(i, metrics.length),
              actions,
            };
            return i === 0 ? (
              <Row key={metric.name} {...{ metric, handle, row }} lines={main} />
            ) : (
              <LaterRow key={metric.name} {...{ head, metric, handle, row }} />
            );
          })}
        </div>
      )}
    </SeveralFrame>
  );
}

/** Lines laid out on one y axis. */
function useDrawn(
  lines: readonly LineMovement[],
  handle: SelectionHandle,
  charts: ChartsView | null,
  height: number,
): DrawnLine[] {
  const { y, without } = handle.selection;
  return useMemo(() => {
    if (!charts) return [];
    const trends = trendsOf(
      lines.map(({ read }) => read),
      charts.kind,
      charts.domain,
      y,
      height,
    );
    return lines.flatMap((line, i) => (trends[i] ? [{ ...line, trend: shownTrend(trends[i], without) }] : []));
  }, [lines, charts, y, without, height]);
}

type RowParts = {
  all: readonly ShownLine[];
  view: ChartsView;
  height: number;
  below: number;
  actions: ChartsActions;
};
type RowProps = {
  metric: WorkloadRead["metrics"][number];
  handle: SelectionHandle;
  row: RowParts;
  lines: readonly DrawnLine[];
};

function Row({ metric, handle, row, lines }: RowProps) {
  return (
    <OverlayRow
      {...row}
      metric={metric.name}
      label={metricLabel(metric.name, metric.displayName)}
      lines={lines}
      without={handle.selection.without}
      onHide={(hide) => handle.show({ hide })}
    />
  );
}

/** A metric whose lines are read when its chart comes near the window. */
function LaterRow({ head, metric, handle, row }: Omit<RowProps, "lines"> & { head: WorkloadRead }) {
  const [ref, isSeen] = useSeen<HTMLDivElement>();
  const { from, to } = handle.selection;
  const asks = useMemo(
    () => row.all.map((line) => ({ metric: metric.name, line, isWanted: isSeen })),
    [row.all, metric.name, isSeen],
  );
  const reads = useReads(head, asks, { from, to });
  const { first, last } = row.view.window;
  const found = useMemo(
    () => linesOf(row.all, reads, { from: first?.position ?? 0, to: last?.position ?? -1 }),
    [row.all, reads, first, last],
  );
  const lines = useDrawn(found, handle, row.view, row.height);
  const failed = reads.find(({ error }) => error !== null);
  return (
    <div ref={ref}>
      {lines.length > 0 ? (
        <Row {...{ metric, handle, row, lines }} />
      ) : (
        <div className="border-b border-line pl-14" style={{ height: row.height }}>
          {failed ? (
            <p className="pt-6 text-warn">
              {metricLabel(metric.name, metric.displayName)} could not be read. {failed.error?.message}{" "}
              <button type="button" className="link" onClick={failed.retry}>
                Try again
              </button>
            </p>
          ) : (
            <Skeleton className="mt-6 w-1/3" />
          )}
        </div>
      )}
    </div>
  );
}
