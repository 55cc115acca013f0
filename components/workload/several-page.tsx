"use client";
import { useMemo, useState } from "react";
import { Analysed } from "@/components/frame/analysed";
import { Section } from "@/components/frame/page-head";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/state";
import { MOST_LINES_TOGETHER } from "@/lib/chart/seriesShapes";
import { metricLabel } from "@/lib/format/name";
import { formatCount } from "@/lib/format/number";
import type { WorkloadRead } from "@/lib/queries/workload";
import { Changepoints, type ListedChange } from "./changepoints";
import { linesView, type ShownLine, shownLines } from "./lines";
import { LinesTable } from "./lines-table";
import { Multiples } from "./multiples";
import { Overlays } from "./overlays";
import { useChartStore } from "./plot";
import { MultiplesSkeleton, PlotSkeleton } from "./plot-skeleton";
import { PointsTable } from "./points-table";
import { type SelectionHandle, useSelection } from "./selection";
import { csvPath, shownMetrics } from "./series-path";
import { severalSentence } from "./several-sentence";
import { type SeveralView, viewOf } from "./several-view";
import { togetherHeights } from "./sizes";
import { type ReadState, useReads } from "./use-reads";
import { endsOfStretch } from "./window";
import { WorkloadFrame } from "./workload-frame";

/** Several lines of a workload: up to eight share a chart per metric, more have a small chart each of one metric. */
export function SeveralPage({ head }: { head: WorkloadRead }) {
  const handle = useSelection(head);
  const { hide, metric, from, to } = handle.selection;
  const all = useMemo(() => shownLines(head, hide), [head, hide]);
  const metrics = useMemo(() => shownMetrics(head, metric), [head, metric]);
  const [seen, setSeen] = useState<ReadonlySet<string>>(() => new Set());
  const isTogether = linesView(head) === "together";
  const readsAll = isTogether || handle.selection.table;
  const main = metrics[0];
  const asks = useMemo(
    () =>
      all.map((line, i) => ({
        metric: main?.name ?? "",
        line,
        isWanted: main !== undefined && (readsAll || i < MOST_LINES_TOGETHER || seen.has(line.key)),
      })),
    [all, main, readsAll, seen],
  );
  const reads = useReads(head, asks, { from, to });
  const view = useMemo(() => viewOf(all, reads, handle.selection), [all, reads, handle.selection]);
  if (!main) return null;
  const label = metricLabel(main.name, main.displayName);
  const visible = all.filter(({ isHidden }) => !isHidden).length;
  return (
    <WorkloadFrame
      head={head}
      handle={handle}
      window={view.window}
      commits={view.commits}
      releases={view.releases}
      words={severalSentence(view.lines, label, visible, view.scale)}
    >
      {head.linesTotal > head.lines.length && (
        <p className="mb-3 text-warn">
          {formatCount(head.lines.length)} of {formatCount(head.linesTotal)} lines are shown. Choose fewer values of a
          parameter to see the others.
        </p>
      )}
      <Failed all={all} reads={reads} label={label} />
      <Body
        {...{ head, handle, all, reads, view, metrics, isTogether }}
        onSeen={(key) => setSeen((old) => new Set([...old, key]))}
      />
    </WorkloadFrame>
  );
}

type BodyProps = {
  head: WorkloadRead;
  handle: SelectionHandle;
  all: readonly ShownLine[];
  reads: readonly ReadState[];
  view: SeveralView;
  metrics: WorkloadRead["metrics"];
  isTogether: boolean;
  onSeen: (key: string) => void;
};

function Body({ head, handle, all, reads, view, metrics, isTogether, onSeen }: BodyProps) {
  const store = useChartStore();
  const { lines, commits, window } = view;
  const [main] = metrics;
  if (!main) return null;
  const label = metricLabel(main.name, main.displayName);
  const changes = lines
    .flatMap(({ line, movement }) =>
      movement.changepoints.map((change): ListedChange => ({ read: movement.read, change, line })),
    )
    .sort((a, b) => b.change.position - a.change.position);
  const zoomTo = (place: number) => {
    const at = commits.findIndex(({ position }) => position === place);
    const [from, to] = [commits[Math.max(0, at - 16)], commits[Math.min(commits.length - 1, at + 16)]];
    const ends = from && to ? endsOfStretch(commits, from.x, to.x) : null;
    if (ends) handle.show(ends);
  };
  const inWindow = commits.filter(({ x }) => x >= window.domain[0] && x <= window.domain[1]);
  const table = isTogether ? (
    <PointsTable
      project={head.project}
      commits={inWindow}
      lines={lines.map(({ line, read, points }) => ({ label: line.label, read, points, scale: view.scale, line }))}
      csvOf={({ line }) => csvPath(head, main.name, line)}
    />
  ) : (
    <LinesTable head={head} handle={handle} all={all} metric={main.name} lines={lines} scale={view.scale} />
  );
  const shared = { head, handle, all, view, metrics, store };
  return (
    <>
      {handle.selection.table ? (
        table
      ) : commits.length === 0 && reads.some(({ whole, error }) => !whole && !error) ? (
        isTogether ? (
          <PlotSkeleton heights={togetherHeights(all.length, metrics.length)} />
        ) : (
          <MultiplesSkeleton lines={all.length} />
        )
      ) : isTogether ? (
        <Overlays {...shared} />
      ) : (
        <Multiples {...shared} onSeen={onSeen} />
      )}
      <Section
        title={`Changepoints of ${label}`}
        note={`${changes.length} in this window${lines.length < all.filter(({ isHidden }) => !isHidden).length ? ` of the ${lines.length} lines read so far` : ""}`}
      >
        {changes.length > 0 ? (
          <Changepoints
            project={head.project}
            changes={changes}
            store={store}
            onZoom={({ position }) => zoomTo(position)}
          />
        ) : (
          <p className="text-ink-2">
            No changepoint of these lines in this window.{" "}
            <Analysed
              series={lines.filter(({ read }) => read.analysedAt !== null).length}
              at={
                lines
                  .flatMap(({ read }) => read.analysedAt ?? [])
                  .sort()
                  .at(-1) ?? null
              }
              pending={0}
              newest={head.newest}
            />
          </p>
        )}
      </Section>
    </>
  );
}

function Failed({ all, reads, label }: Pick<BodyProps, "all" | "reads"> & { label: string }) {
  return all.map((line, i) => {
    const { error, whole, retry } = reads[i] ?? {};
    if (!error || whole) return null;
    return (
      <ErrorState
        key={line.key}
        className="py-6"
        title={`${label} of ${line.label} could not be read`}
        actions={<Button onClick={retry}>Try again</Button>}
      >
        {error.message} The other lines are not affected.
      </ErrorState>
    );
  });
}
