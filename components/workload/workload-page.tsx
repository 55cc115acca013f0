"use client";
import { memo, useDeferredValue, useMemo } from "react";
import type { AxisCommit, ChartStore } from "@/components/charts/chart-store";
import { Analysed } from "@/components/frame/analysed";
import { Section } from "@/components/frame/page-head";
import { Button } from "@/components/ui/button";
import { Command, EmptyState, ErrorState } from "@/components/ui/state";
import type { XKind } from "@/lib/chart/trend";
import { metricLabel } from "@/lib/format/name";
import { scaleFor } from "@/lib/format/unit";
import type { SeriesChangepoint, SeriesRead } from "@/lib/queries/series";
import type { WorkloadRead } from "@/lib/queries/workload";
import { ByHand } from "./by-hand";
import { Changepoints, type ListedChange } from "./changepoints";
import { Detector } from "./detector";
import { sizeText } from "./detector-words";
import { linesView } from "./lines";
import { Pictures } from "./pictures";
import { type GhostChange, Plot, useChartStore } from "./plot";
import { PointsTable } from "./points-table";
import { type SelectionHandle, useSelection } from "./selection";
import { movementOf, sentenceOf, type Words } from "./sentence";
import { csvPath, shownMetrics } from "./series-path";
import { SeveralPage } from "./several-page";
import { useDetectors } from "./use-detectors";
import { type MetricSeries, useSeries } from "./use-series";
import { axisCommits, endsOfStretch, type ShownWindow, windowOf } from "./window";
import { WorkloadFrame } from "./workload-frame";

/** The trends of one workload: a sentence, charts, their changepoints; one line with all its metrics, or several together. */
export function WorkloadPage({ head }: { head: WorkloadRead }) {
  return linesView(head) === "one" ? <OnePage head={head} /> : <SeveralPage head={head} />;
}

function OnePage({ head }: { head: WorkloadRead }) {
  const handle = useSelection(head);
  const { selection } = handle;
  const store = useChartStore();
  const metrics = useMemo(() => shownMetrics(head, selection.metric), [head, selection.metric]);
  const series = useSeries(head, metrics, selection);
  const data = useMemo(() => laidOut(series, selection.x), [series, selection.x]);
  const { from, to, x } = selection;
  const view = useMemo(() => viewOf(data, { from, to }, x), [data, from, to, x]);
  const around = useAround({ head, handle, view });
  const words = useMemo(() => wordsOf(around.view), [around.view]);
  const { window, commits, releases } = around.view;
  return (
    <WorkloadFrame {...{ head, handle: around.handle, window, commits, releases, words }}>
      <Failures series={series} />
      {view.lines.length > 0 ? (
        <>
          <Charts head={head} handle={handle} view={view} store={store} />
          <Below {...around} store={store} />
        </>
      ) : (
        <Nothing head={head} series={series} />
      )}
    </WorkloadFrame>
  );
}

type Shown = { head: WorkloadRead; handle: SelectionHandle; view: View };

/**
 * What stands around the charts: they answer a zoom in the next frame, the rest follows when there is time. With another
 * workload or line both change at once.
 */
function useAround({ head, handle, view }: Shown): Shown {
  const now = useMemo(() => ({ head, handle, view }), [head, handle, view]);
  const late = useDeferredValue(now);
  return late.head === head ? late : now;
}

function wordsOf({ lines, window, commits }: View): Words[] {
  return sentenceOf(
    lines.map(({ movement }) => movement),
    inside(commits, window).length,
  );
}

const inside = (commits: readonly AxisCommit[], { domain: [from, to] }: ShownWindow): AxisCommit[] =>
  commits.filter(({ x }) => x >= from && x <= to);

type Data = {
  /** What the charts draw, a metric each. */
  reads: readonly SeriesRead[];
  commits: AxisCommit[];
  releases: ReturnType<typeof releasesOf>;
  lines: Omit<View["lines"][number], "movement">[];
  isStale: boolean;
};

type View = Omit<Data, "lines"> & { window: ShownWindow; lines: Parameters<typeof Plot>[0]["lines"] };

function releasesOf(series: readonly MetricSeries[]) {
  return series.find(({ whole }) => whole !== undefined)?.whole?.releases ?? [];
}

/** Everything that follows from the data alone; a zoom leaves it as it is. */
function laidOut(series: readonly MetricSeries[], kind: XKind): Data {
  const measured = series.filter(({ whole }) => whole !== undefined && whole.points.length + whole.failures.length > 0);
  const commits = axisCommits(
    measured.flatMap(({ whole }) => whole ?? []),
    kind,
  );
  const lines = measured.flatMap(({ shown, whole }) => {
    if (!shown || !whole) return [];
    const scale = scaleFor(
      shown.points.map(({ value }) => value),
      shown.unit,
    );
    return {
      read: shown,
      whole,
      scale,
      label: metricLabel(shown.metric, shown.metricName),
      points: new Map(shown.points.map((point) => [point.sha, point])),
    };
  });
  return {
    reads: lines.map(({ read }) => read),
    commits,
    releases: releasesOf(series),
    lines,
    isStale: series.some(({ isStale }) => isStale),
  };
}

/** What follows from the window too. */
function viewOf(data: Data, ends: { from: string | null; to: string | null }, kind: XKind): View {
  const window = windowOf(data.commits, data.releases, ends, kind);
  const places = { from: window.first?.position ?? 0, to: window.last?.position ?? -1 };
  return { ...data, window, lines: data.lines.map((line) => ({ ...line, movement: movementOf(line.whole, places) })) };
}

type PartProps = Shown & { store: ChartStore };

/** The charts, or their points as a table. */
function Charts({ head, handle, view, store }: PartProps) {
  const { window, commits, lines } = view;
  const metrics = useMemo(() => lines.map(({ read }) => read.metric), [lines]);
  const ghostsOf = useGhosts(head, metrics, handle.selection.sensitivity);
  if (handle.selection.table)
    return (
      <PointsTable
        project={head.project}
        commits={inside(commits, window)}
        lines={lines}
        csvOf={({ read }) => csvPath(head, read.metric)}
      />
    );
  return (
    <Plot
      head={head}
      handle={handle}
      lines={lines}
      reads={view.reads}
      window={window}
      store={store}
      ghostsOf={ghostsOf}
      isStale={view.isStale}
    />
  );
}

/** What is told below the charts: addresses of pictures, changepoints, corrections, the detector. */
const Below = memo(function Below({ head, handle, view, store }: PartProps) {
  const { window, commits, lines } = view;
  const metrics = useMemo(() => lines.map(({ read }) => read.metric), [lines]);
  const changes = lines
    .flatMap(({ whole, movement }) => movement.changepoints.map((change): ListedChange => ({ read: whole, change })))
    .sort((a, b) => b.change.position - a.change.position);
  const zoomTo = (change: SeriesChangepoint) => {
    const at = commits.findIndex(({ sha }) => sha === change.sha);
    const [from, to] = [commits[Math.max(0, at - 16)], commits[Math.min(commits.length - 1, at + 16)]];
    const ends = from && to ? endsOfStretch(commits, from.x, to.x) : null;
    if (ends) handle.show(ends);
  };
  return (
    <>
      {!handle.selection.table && <Pictures head={head} handle={handle} window={window} lines={lines} />}
      <Section
        title="Changepoints"
        note={`${changes.length} in this window`}
        right={<span className="text-label text-ink-3">{smallestText(head)}</span>}
      >
        {changes.length > 0 ? (
          <Changepoints project={head.project} changes={changes} store={store} onZoom={zoomTo} />
        ) : (
          <NoChanges lines={lines} window={window} head={head} />
        )}
      </Section>
      <ByHand head={head} metrics={metrics} />
      {head.chosen.branch === head.project.defaultBranch && <Detector head={head} handle={handle} metrics={metrics} />}
    </>
  );
});

/** What would appear and go at the sensitivity that is tried out, by metric; nothing while none is. */
function useGhosts(head: WorkloadRead, metrics: readonly string[], sensitivity: number | null) {
  const answers = useDetectors(head, metrics, { sensitivity, enabled: sensitivity !== null });
  return (metric: string): GhostChange[] => {
    const read = sensitivity === null ? undefined : answers.find(({ data }) => data?.metric === metric)?.data;
    if (!read) return [];
    const scale = scaleFor([read.level], read.unit);
    return [
      ...read.appear.map((one) => ({ ...one, text: `would appear, ${sizeText(one, scale)}` })),
      ...read.go.map((one) => ({ ...one, text: "would go" })),
    ];
  };
}

/** "Nothing found" and "nothing analysed" are two things. */
function NoChanges({ lines, window, head }: { lines: View["lines"]; window: ShownWindow; head: WorkloadRead }) {
  const analysed = lines.flatMap(({ read }) => read.analysedAt ?? []).sort();
  return (
    <p className="text-ink-2">
      {analysed.length > 0 && `No changepoint${window.isWhole ? "" : " in this window"}. `}
      <Analysed series={analysed.length} at={analysed.at(-1) ?? null} pending={0} newest={head.newest} />
    </p>
  );
}

function smallestText(head: WorkloadRead): string {
  const groups = new Map<number, string[]>();
  for (const { name, displayName, smallestEffect } of head.metrics) {
    groups.set(smallestEffect, [...(groups.get(smallestEffect) ?? []), metricLabel(name, displayName)]);
  }
  const parts = [...groups].map(([effect, names]) => `${+(effect * 100).toFixed(2)} % ${names.join(", ")}`);
  return parts.length > 0 ? `Smallest effect told: ${parts.join("; ")}` : "";
}

function Failures({ series }: { series: readonly MetricSeries[] }) {
  return series
    .filter(({ error, whole }) => error !== null && whole === undefined)
    .map(({ metric, error, retry }) => (
      <ErrorState
        key={metric.name}
        className="py-6"
        title={`${metricLabel(metric.name, metric.displayName)} could not be read`}
        actions={<Button onClick={retry}>Try again</Button>}
      >
        {error?.message} The other charts are not affected.
      </ErrorState>
    ));
}

function Nothing({ head, series }: { head: WorkloadRead; series: readonly MetricSeries[] }) {
  if (series.some(({ error }) => error !== null)) return null;
  const { environment, branch } = head.chosen;
  return (
    <EmptyState
      title={environment === null ? "No results yet" : `No runs of ${head.name} on ${branch} in ${environment}`}
    >
      <p className="mb-2">Send the first with</p>
      <Command>{`tidemark push --project ${head.project.slug} runs.ndjson`}</Command>
    </EmptyState>
  );
}
