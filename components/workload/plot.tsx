"use client";
import { useMemo, useState } from "react";
import { type ChartStore, createChartStore } from "@/components/charts/chart-store";
import { useWidth } from "@/components/charts/use-width";
import { placeOf, trendOf, type XKind } from "@/lib/chart/trend";
import type { SeriesRead } from "@/lib/queries/series";
import type { WorkloadRead } from "@/lib/queries/workload";
import { cardPlace } from "./card-place";
import { type ChartLine, ChartRow } from "./chart-row";
import { ChartsFrame, type ChartsView } from "./charts-frame";
import type { PinnedLine } from "./pin-card";
import { PlotSkeleton } from "./plot-skeleton";
import type { SelectionHandle } from "./selection";
import type { Movement } from "./sentence";
import { shownTrend } from "./shown-trend";
import { belowOf, chartWidth, heightsOf, MAIN_HEIGHT, SUB_HEIGHT } from "./sizes";
import { Stale } from "./stale";
import { axisCommits, type ShownWindow } from "./window";

type Props = {
  head: WorkloadRead;
  handle: SelectionHandle;
  lines: readonly (PinnedLine & { movement: Movement; whole: SeriesRead })[];
  /** Those of the lines: the same array while only the window changes. */
  reads: readonly SeriesRead[];
  window: ShownWindow;
  store: ChartStore;
  /** Changepoints of a metric at another sensitivity. */
  ghostsOf: (metric: string) => readonly GhostChange[];
  /** What is drawn is not yet what was asked for. */
  isStale: boolean;
};

const NOTHING_TOLD: ReadonlySet<string> = new Set();

/** The stacked charts of one line, a metric each: one x axis, one crosshair, one window. */
export function Plot({ head, handle, lines, reads, window, store, ghostsOf, isStale }: Props) {
  const [ref, outer] = useWidth<HTMLDivElement>();
  const { x: kind, y, without, pin } = handle.selection;
  const { domain } = window;
  const rows = useMemo(
    () =>
      lines.map((line, i): ChartLine => {
        const height = i === 0 ? MAIN_HEIGHT : SUB_HEIGHT;
        const trend = shownTrend(trendOf(line.read, kind, domain, y, height), without);
        return { ...line, trend, scale: trend.scale, height };
      }),
    [lines, kind, domain, y, without],
  );
  const view = useChartsView({ reads, kind, window, store, pin, outer });
  const changes = [...new Set(rows.flatMap(({ trend }) => trend.changes.map(({ x }) => x)))].sort((a, b) => a - b);
  const told = new Set(rows[0]?.trend.events.map(({ text }) => text));
  return (
    <Stale ref={ref} isStale={handle.isPending || isStale}>
      {view === null ? (
        <PlotSkeleton heights={heightsOf(lines.length)} />
      ) : (
        <ChartsFrame
          head={head}
          handle={handle}
          view={view}
          read={rows[0]?.read}
          lines={rows}
          changes={changes}
          cardPlace={(axis) => cardPlace(axis, view.pins.at(-1), rows)}
        >
          {(actions) => (
            <div className="flex flex-col gap-5 max-md:gap-6">
              {rows.map((line, i) => (
                <ChartRow
                  key={line.read.metric}
                  slug={head.project.slug}
                  line={line}
                  view={view}
                  ghosts={ghostsOf(line.read.metric).flatMap((ghost) => placedGhost(ghost, kind))}
                  told={i === 0 ? NOTHING_TOLD : told}
                  without={without}
                  below={belowOf(i, rows.length)}
                  actions={actions}
                />
              ))}
            </div>
          )}
        </ChartsFrame>
      )}
    </Stale>
  );
}

type ViewParts = Pick<ChartsView, "kind" | "window" | "store"> & {
  reads: readonly SeriesRead[];
  pin: readonly string[];
  /** px of the page; null before it is known. */
  outer: number | null;
};

/** What the charts share, from the series that they draw; null before the width is known. */
export function useChartsView({ reads, kind, window, store, pin, outer }: ViewParts): ChartsView | null {
  const commits = useMemo(() => axisCommits(reads, kind), [reads, kind]);
  const { domain } = window;
  const inWindow = useMemo(() => commits.filter(({ x }) => x >= domain[0] && x <= domain[1]), [commits, domain]);
  if (outer === null) return null;
  const pins = pin
    .flatMap((sha) => commits.find((commit) => commit.sha.startsWith(sha)) ?? [])
    .sort((a, b) => a.position - b.position);
  return { width: chartWidth(outer), kind, domain, window, store, commits, inWindow, pins };
}

/** A changepoint that would appear or go, before it has a place on the axis. */
export type GhostChange = { sha: string; position: number; committedAt: string | null; text: string };

function placedGhost(ghost: GhostChange, kind: XKind) {
  const x = placeOf(ghost, kind);
  return x === null ? [] : [{ sha: ghost.sha, x, text: ghost.text }];
}

/** The store of one page's charts, kept over renders. */
export function useChartStore(): ChartStore {
  return useState(createChartStore)[0];
}
