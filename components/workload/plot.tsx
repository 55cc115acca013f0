"use client";
import { useMemo, useState } from "react";
import { type AxisCommit, type ChartStore, createChartStore, usePointing } from "@/components/charts/chart-store";
import { AXIS_HEIGHT, DateAxis } from "@/components/charts/date-axis";
import { ReleaseStrip } from "@/components/charts/release-strip";
import { useWidth } from "@/components/charts/use-width";
import { classes } from "@/components/ui/classes";
import { type Frame, frameOf, MARGIN } from "@/lib/chart/frame";
import { placeOf, trendOf, type XKind } from "@/lib/chart/trend";
import { formatDate, shortSha } from "@/lib/format/time";
import type { SeriesRead } from "@/lib/queries/series";
import type { WorkloadRead } from "@/lib/queries/workload";
import { ticksOf } from "./axis-ticks";
import { BrushRow } from "./brush-row";
import { cardPlace } from "./card-place";
import { type ChartLine, ChartRow } from "./chart-row";
import { CrosshairSlider } from "./crosshair-slider";
import { PinActions } from "./pin-actions";
import { PinCard, type PinnedLine } from "./pin-card";
import { PlotSkeleton } from "./plot-skeleton";
import { ReadoutHead } from "./readout";
import type { SelectionHandle } from "./selection";
import type { Movement } from "./sentence";
import { MAIN_HEIGHT, SUB_HEIGHT } from "./sizes";
import { axisCommits, endsOfStretch, type ShownWindow, shortOf } from "./window";

/** Readout column and the gap before it; on a phone the readout stands above its chart. */
const READOUT = 184 + 24;
const WIDE = 900;

type Props = {
  head: WorkloadRead;
  handle: SelectionHandle;
  lines: readonly (PinnedLine & { movement: Movement; whole: SeriesRead })[];
  window: ShownWindow;
  store: ChartStore;
  /** Changepoints of a metric at another sensitivity. */
  ghostsOf: (metric: string) => readonly GhostChange[];
};

/** The stacked charts of a workload: one x axis, one crosshair, one window. */
export function Plot({ head, handle, lines, window, store, ghostsOf }: Props) {
  const [ref, outer] = useWidth<HTMLDivElement>();
  const kind = handle.selection.x;
  const width = outer === null ? null : outer >= WIDE - 48 ? outer - READOUT : outer;
  const { domain } = window;
  const rows = useMemo(
    () =>
      lines.map((line, i): ChartLine => {
        const height = i === 0 ? MAIN_HEIGHT : SUB_HEIGHT;
        const trend = trendOf(line.read, kind, domain, handle.selection.y, height);
        return { ...line, trend, scale: trend.scale, height };
      }),
    [lines, kind, domain, handle.selection.y],
  );
  const commits = useMemo(
    () =>
      axisCommits(
        lines.map(({ read }) => read),
        kind,
      ),
    [lines, kind],
  );
  const inWindow = useMemo(() => commits.filter(({ x }) => x >= domain[0] && x <= domain[1]), [commits, domain]);
  const pins = handle.selection.pin
    .flatMap((sha) => commits.find((commit) => commit.sha.startsWith(sha)) ?? [])
    .sort((a, b) => a.position - b.position);
  return (
    <div
      ref={ref}
      className={classes("relative", handle.isPending && "opacity-50")}
      aria-busy={handle.isPending || undefined}
    >
      {handle.isPending && <div className="absolute -top-2 left-14 h-0.5 w-24 bg-accent" />}
      {width === null ? (
        <PlotSkeleton charts={lines.length} />
      ) : (
        <Charts {...{ head, handle, rows, commits, inWindow, pins, width, domain, kind, window, store, ghostsOf }} />
      )}
    </div>
  );
}

const NOTHING_TOLD: ReadonlySet<string> = new Set();

type ChartsProps = {
  head: WorkloadRead;
  handle: SelectionHandle;
  rows: readonly ChartLine[];
  commits: readonly AxisCommit[];
  inWindow: readonly AxisCommit[];
  pins: readonly AxisCommit[];
  width: number;
  domain: [number, number];
  kind: XKind;
  window: ShownWindow;
  store: ChartStore;
  ghostsOf: Props["ghostsOf"];
};

function Charts({ head, handle, rows, commits, inWindow, pins, width, domain, kind, window, ...rest }: ChartsProps) {
  const { store, ghostsOf } = rest;
  const told = new Set(rows[0]?.trend.events.map(({ text }) => text));
  const first = rows[0]?.read;
  const axis = frameOf({ width, height: AXIS_HEIGHT }, domain, { lo: 0, hi: 1 });
  const ticks = first ? ticksOf(first, inWindow, domain, axis, kind) : [];
  const zoom = (from: number, to: number) => {
    const ends = endsOfStretch(commits, from, to);
    if (ends) handle.show(ends);
  };
  const reset = () => handle.show({ from: null, to: null });
  const pick = (commit: AxisCommit) => handle.note({ pin: pinned(handle.selection.pin, commit.sha) });
  const changes = [...new Set(rows.flatMap(({ trend }) => trend.changes.map(({ x }) => x)))].sort((a, b) => a - b);
  // Each chart carries the lines on to the next one's plot, so that together they are one.
  const below = (i: number) => (i === rows.length - 1 ? 4 : 20 + MARGIN.top - 4);
  return (
    <>
      <div className="mb-1.5 flex gap-6">
        <ReleaseStrip releases={first ? releasesOf(first, kind) : []} frame={axis} />
        <div className="w-(--chart-readout) shrink-0 pt-0.5 max-md:hidden">
          <ReadoutHead store={store} />
        </div>
      </div>
      <div className="md:hidden">
        <ReadoutHead store={store} />
      </div>
      <div className="relative">
        <CrosshairSlider
          label={`Crosshair of the charts of ${head.name}`}
          store={store}
          commits={inWindow}
          changes={changes}
          lines={rows}
          onPin={pick}
          onEscape={() => handle.note({ pin: [] })}
        />
        <div className="flex flex-col gap-5 max-md:gap-6">
          {rows.map((line, i) => (
            <ChartRow
              key={line.read.metric}
              slug={head.project.slug}
              line={line}
              width={width}
              domain={domain}
              store={store}
              commits={inWindow}
              pins={pins}
              ghosts={ghostsOf(line.read.metric).flatMap((ghost) => placedGhost(ghost, kind))}
              told={i === 0 ? NOTHING_TOLD : told}
              below={below(i)}
              onPick={pick}
              onZoom={zoom}
              onReset={reset}
            />
          ))}
        </div>
        <div className="relative" style={{ width }}>
          <DateAxis ticks={ticks} frame={axis} />
          <CrosshairLabel store={store} frame={axis} />
        </div>
        {pins.length > 0 && (
          <PinCard
            project={head.project}
            pins={pins.slice(0, 2)}
            lines={rows}
            previous={previousOf(commits, pins[0])}
            style={cardPlace(axis, pins.at(-1), rows)}
            actions={isCorrectable(head) && pins[0] && <PinActions head={head} commit={pins[0]} lines={rows} />}
            onClose={() => handle.note({ pin: [] })}
          />
        )}
      </div>
      <p className="sr-only">
        {kind === "time" ? "The x axis is the commit date, UTC." : "The x axis is the order of commits."}
      </p>
      {kind === "time" && <p className="pl-14 text-label text-ink-3">commit date, UTC</p>}
      <BrushRow {...{ rows, commits, width, kind, window, inWindow }} onZoom={zoom} onReset={reset} />
    </>
  );
}

/** A changepoint that would appear or go, before it has a place on the axis. */
export type GhostChange = { sha: string; position: number; committedAt: string | null; text: string };

function placedGhost(ghost: GhostChange, kind: XKind) {
  const x = placeOf(ghost, kind);
  return x === null ? [] : [{ sha: ghost.sha, x, text: ghost.text }];
}

/** Only the default branch is analysed, so only there is something to correct. */
const isCorrectable = ({ may, chosen, project }: WorkloadRead): boolean =>
  may.triage && chosen.branch === project.defaultBranch;

/** At most two pins; a third takes the place of the second, a pinned one is let go. */
function pinned(pins: readonly string[], sha: string): string[] {
  const kept = pins.filter((pin) => !sha.startsWith(pin));
  if (kept.length < pins.length) return kept;
  return [...kept.slice(0, 1), shortOf(sha)];
}

function previousOf(commits: readonly AxisCommit[], pin: AxisCommit | undefined): AxisCommit | null {
  return pin ? (commits.findLast(({ position }) => position < pin.position) ?? null) : null;
}

function CrosshairLabel({ store, frame }: { store: ChartStore; frame: Frame }) {
  const hover = usePointing(store, (pointing) => pointing.hover);
  if (!hover) return null;
  const x = Math.min(Math.max(frame.x(hover.x), frame.plot.left + 66), frame.plot.right - 66);
  return (
    <div
      style={{ left: x }}
      className="pointer-events-none absolute top-0.5 z-20 -translate-x-1/2 rounded-1 bg-solid px-2 py-0.5 text-label whitespace-nowrap text-solid-ink"
    >
      <b className="font-mono font-medium">{shortSha(hover.sha)}</b> {formatDate(hover.committedAt)}
    </div>
  );
}

function releasesOf(read: SeriesRead, kind: XKind) {
  return read.releases.flatMap((release) => {
    const x = placeOf(release, kind);
    return x === null ? [] : [{ tag: release.tag, x }];
  });
}

/** The store of one page's charts, kept over renders. */
export function useChartStore(): ChartStore {
  return useState(createChartStore)[0];
}
