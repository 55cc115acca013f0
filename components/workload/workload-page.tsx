"use client";
import { useMemo } from "react";
import type { AxisCommit } from "@/components/charts/chart-store";
import { Analysed } from "@/components/frame/analysed";
import { Section } from "@/components/frame/page-head";
import { Button } from "@/components/ui/button";
import { Command, EmptyState, ErrorState } from "@/components/ui/state";
import { metricLabel } from "@/lib/format/name";
import { scaleFor } from "@/lib/format/unit";
import type { SeriesChangepoint } from "@/lib/queries/series";
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
import { type Movement, movementOf, sentenceOf } from "./sentence";
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
  const metrics = useMemo(() => shownMetrics(head, selection.metric), [head, selection.metric]);
  const series = useSeries(head, metrics, selection);
  const view = useMemo(() => viewOf(series, selection), [series, selection]);
  const commitCount = view.commits.filter(({ x }) => x >= view.window.domain[0] && x <= view.window.domain[1]).length;
  const words = sentenceOf(
    view.lines.map(({ movement }) => movement),
    commitCount,
  );
  const { window, commits, releases } = view;
  return (
    <WorkloadFrame {...{ head, handle, window, commits, releases, words }}>
      <Failures series={series} />
      {view.lines.length > 0 ? (
        <Body head={head} handle={handle} view={view} />
      ) : (
        <Nothing head={head} series={series} />
      )}
    </WorkloadFrame>
  );
}

type View = {
  commits: AxisCommit[];
  releases: ReturnType<typeof releasesOf>;
  window: ShownWindow;
  lines: (Parameters<typeof Plot>[0]["lines"][number] & { movement: Movement })[];
  isStale: boolean;
};

function releasesOf(series: readonly MetricSeries[]) {
  return series.find(({ whole }) => whole !== undefined)?.whole?.releases ?? [];
}

/** Everything that follows from the data and the selection; laid out anew only when one of them changes. */
function viewOf(series: readonly MetricSeries[], selection: SelectionHandle["selection"]): View {
  const measured = series.filter(({ whole }) => whole !== undefined && whole.points.length + whole.failures.length > 0);
  const releases = releasesOf(series);
  const commits = axisCommits(
    measured.flatMap(({ whole }) => whole ?? []),
    selection.x,
  );
  const window = windowOf(commits, releases, selection, selection.x);
  const places = { from: window.first?.position ?? 0, to: window.last?.position ?? -1 };
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
      movement: movementOf(whole, places),
      points: new Map(shown.points.map((point) => [point.sha, point])),
    };
  });
  return { commits, releases, window, lines, isStale: series.some(({ isStale }) => isStale) };
}

function Body({ head, handle, view }: { head: WorkloadRead; handle: SelectionHandle; view: View }) {
  const store = useChartStore();
  const { window, commits, lines } = view;
  const metrics = useMemo(() => lines.map(({ read }) => read.metric), [lines]);
  const ghostsOf = useGhosts(head, metrics, handle.selection.sensitivity);
  const changes = lines
    .flatMap(({ whole, movement }) => movement.changepoints.map((change): ListedChange => ({ read: whole, change })))
    .sort((a, b) => b.change.position - a.change.position);
  const zoomTo = (change: SeriesChangepoint) => {
    const at = commits.findIndex(({ sha }) => sha === change.sha);
    const [from, to] = [commits[Math.max(0, at - 16)], commits[Math.min(commits.length - 1, at + 16)]];
    const ends = from && to ? endsOfStretch(commits, from.x, to.x) : null;
    if (ends) handle.show(ends);
  };
  const inWindow = commits.filter(({ x }) => x >= window.domain[0] && x <= window.domain[1]);
  return (
    <>
      {handle.selection.table ? (
        <PointsTable
          project={head.project}
          commits={inWindow}
          lines={lines}
          csvOf={({ read }) => csvPath(head, read.metric)}
        />
      ) : (
        <>
          <Plot
            head={head}
            handle={handle}
            lines={lines}
            window={window}
            store={store}
            ghostsOf={ghostsOf}
            isStale={view.isStale}
          />
          <Pictures head={head} handle={handle} window={window} lines={lines} />
        </>
      )}
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
}

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
