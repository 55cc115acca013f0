"use client";
import { useMemo } from "react";
import { Brush } from "@/components/charts/brush";
import { changeColour } from "@/components/charts/trend-chart";
import { yDomain } from "@/lib/chart/domain";
import { frameOf } from "@/lib/chart/frame";
import { placeOf } from "@/lib/chart/trend";
import { formatCount } from "@/lib/format/number";
import type { SeriesRead } from "@/lib/queries/series";
import { ticksOf } from "./axis-ticks";
import type { ChartsView } from "./charts-frame";

type BrushProps = {
  /** Whose history is shown. */
  read: SeriesRead;
  view: ChartsView;
  onZoom: (from: number, to: number) => void;
  onReset: () => void;
};

/** The whole history under the charts, and how much of the window was measured. */
export function BrushRow({ read, view, onZoom, onReset }: BrushProps) {
  const { commits, width, kind, window, inWindow } = view;
  const history = useMemo(() => historyOf(read, { commits, width, kind }), [read, commits, width, kind]);
  if (!history) return null;
  const between = window.first && window.last ? window.last.position - window.first.position + 1 : 0;
  return (
    <div className="mt-3 flex gap-6 print:hidden max-md:flex-col max-md:gap-1">
      <div style={{ width }} data-testid="brush">
        <Brush
          {...history}
          window={{ from: window.domain[0], to: window.domain[1] }}
          onChange={onZoom}
          onReset={onReset}
        />
      </div>
      <div className="w-(--chart-readout) shrink-0 text-label text-ink-3 max-md:w-full">
        {formatCount(inWindow.length)} of {formatCount(between)} commits measured in this window
      </div>
    </div>
  );
}

/** What no zoom changes: the history on its own axis; null where there is too little of it. */
function historyOf(read: SeriesRead, { commits, width, kind }: Pick<ChartsView, "commits" | "width" | "kind">) {
  const [least, most] = [commits[0], commits.at(-1)];
  if (!least || !most || commits.length < 3) return null;
  const points = read.points.flatMap((point) => {
    const x = placeOf(point, kind);
    return x === null ? [] : [{ x, value: point.value }];
  });
  const y = yDomain(
    points.map(({ value }) => value),
    [],
    "fit",
  );
  const whole: [number, number] = [least.x, most.x];
  const frame = frameOf({ width, height: 38 }, whole, y, { top: 0, right: 8, bottom: 0, left: 56 });
  const changes = read.changepoints.flatMap((change) => {
    const x = points.length > 0 ? placeOf({ position: change.position, committedAt: change.committedAt }, kind) : null;
    return x === null ? [] : [{ x, colour: changeColour(change) }];
  });
  return { frame, points, changes, ticks: ticksOf(read, commits, whole, frame, kind) };
}
