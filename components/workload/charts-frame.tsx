"use client";
import dynamic from "next/dynamic";
import { type ReactNode, useMemo } from "react";
import { type AxisCommit, type ChartStore, usePointing } from "@/components/charts/chart-store";
import { AXIS_HEIGHT, DateAxis } from "@/components/charts/date-axis";
import { ReleaseStrip } from "@/components/charts/release-strip";
import { type Frame, frameOf } from "@/lib/chart/frame";
import { placeOf, type XKind } from "@/lib/chart/trend";
import { formatDate, shortSha } from "@/lib/format/time";
import type { SeriesRead } from "@/lib/queries/series";
import type { WorkloadRead } from "@/lib/queries/workload";
import { ticksOf } from "./axis-ticks";
import { BrushRow } from "./brush-row";
import { ComponentsRow, useComponentChanges } from "./components-row";
import { CrosshairSlider } from "./crosshair-slider";
import { PinCard, type PinnedLine } from "./pin-card";
import { ReadoutHead } from "./readout";
import type { SelectionHandle } from "./selection";
import { endsOfStretch, type ShownWindow, shortOf } from "./window";

/** Its forms are sent to those who may correct, once they pin a commit. */
const PinActions = dynamic(() => import("./pin-actions").then((module) => module.PinActions));

/** What all charts of the page share: one x axis, one crosshair, one window, one set of pins. */
export type ChartsView = {
  /** px of a chart, without its readout. */
  width: number;
  kind: XKind;
  domain: readonly [number, number];
  window: ShownWindow;
  store: ChartStore;
  commits: readonly AxisCommit[];
  inWindow: readonly AxisCommit[];
  pins: readonly AxisCommit[];
};

/** What pointing at a chart does. */
export type ChartsActions = {
  onPick: (commit: AxisCommit) => void;
  onZoom: (from: number, to: number) => void;
  onReset: () => void;
};

export type ChartsFrameProps = {
  head: WorkloadRead;
  handle: SelectionHandle;
  view: ChartsView;
  /** Releases, months and the overview come from here. */
  read: SeriesRead | undefined;
  /** What the slider speaks and the card of a pin lists. */
  lines: readonly PinnedLine[];
  /** Places of changepoints, ascending. */
  changes: readonly number[];
  /** Where the card of a pin stands. */
  cardPlace: (axis: Frame) => { left: number; top: number };
  /** Small charts have an axis each, and do not lie under one strip of releases. Beside their head stands this. */
  apart?: ReactNode;
  children: (actions: ChartsActions) => ReactNode;
};

/** The charts of a page between their releases above, and dates and overview below. */
export function ChartsFrame({
  head,
  handle,
  view,
  read,
  lines,
  changes,
  cardPlace,
  apart,
  children,
}: ChartsFrameProps) {
  const { width, kind, domain, store, commits, inWindow, pins } = view;
  const axis = useMemo(() => frameOf({ width, height: AXIS_HEIGHT }, domain, { lo: 0, hi: 1 }), [width, domain]);
  const components = useComponentChanges(head, handle, kind);
  const actions: ChartsActions = {
    onPick: (commit) => handle.note({ pin: pinned(handle.selection.pin, commit.sha) }),
    onZoom: (from, to) => {
      const ends = endsOfStretch(commits, from, to);
      if (ends) handle.show(ends);
    },
    onReset: () => handle.show({ from: null, to: null }),
  };
  const close = () => handle.note({ pin: [] });
  return (
    <>
      {apart ? (
        <div className="mb-2 flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
          <ReadoutHead store={store} />
          {apart}
        </div>
      ) : (
        <>
          <div className="mb-1.5 flex gap-6">
            <ReleaseStrip releases={read ? releasesOf(read, kind) : []} frame={axis} />
            <div className="w-(--chart-readout) shrink-0 pt-0.5 max-md:hidden">
              <ReadoutHead store={store} />
            </div>
          </div>
          <div className="md:hidden">
            <ReadoutHead store={store} />
          </div>
        </>
      )}
      <div className="relative">
        <CrosshairSlider
          label={`Crosshair of the charts of ${head.name}`}
          store={store}
          commits={inWindow}
          changes={changes}
          lines={lines}
          also={components.textAt}
          onPin={actions.onPick}
          onEscape={close}
        />
        {children(actions)}
        {!apart && (
          <div className="relative" style={{ width }}>
            <DateAxis ticks={read ? ticksOf(read, inWindow, domain, axis, kind) : []} frame={axis} />
            <CrosshairLabel store={store} frame={axis} />
          </div>
        )}
        {pins.length > 0 && (
          <PinCard
            project={head.project}
            pins={pins.slice(0, 2)}
            lines={lines}
            previous={previousOf(commits, pins[0])}
            style={cardPlace(axis)}
            actions={isCorrectable(head) && pins[0] && <PinActions head={head} commit={pins[0]} lines={lines} />}
            onClose={close}
          />
        )}
      </div>
      <ComponentsRow components={components} frame={axis} store={store} />
      <p className="sr-only">{AXIS_WORDS[kind]}</p>
      {kind === "time" && <p className="pl-14 text-label text-ink-3">commit date, UTC</p>}
      {read && <BrushRow {...{ read, view }} onZoom={actions.onZoom} onReset={actions.onReset} />}
    </>
  );
}

const AXIS_WORDS: Record<XKind, string> = {
  time: "The x axis is the commit date, UTC.",
  commits: "The x axis is the order of commits.",
};

/** Only the default branch is analysed, so only there is something to correct; and a correction concerns one line. */
const isCorrectable = ({ may, chosen, project, lines }: WorkloadRead): boolean =>
  may.triage && chosen.branch === project.defaultBranch && lines.length <= 1;

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
