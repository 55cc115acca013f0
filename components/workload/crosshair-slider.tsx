"use client";
import { type KeyboardEvent, useMemo } from "react";
import { type AxisCommit, type ChartStore, usePointing } from "@/components/charts/chart-store";
import { walk } from "@/lib/chart/nearest";
import { formatDate, shortSha } from "@/lib/format/time";
import { formatValue } from "@/lib/format/unit";
import type { PinnedLine } from "./pin-card";

type Props = {
  label: string;
  store: ChartStore;
  /** Commits of the window, ascending. */
  commits: readonly AxisCommit[];
  /** Places of the changepoints, ascending. */
  changes: readonly number[];
  lines: readonly PinnedLine[];
  /** What else there is to say of a commit; null: nothing. */
  also: (sha: string) => string | null;
  onPin: (commit: AxisCommit) => void;
  onEscape: () => void;
};

/**
 * The crosshair for the keyboard: arrows walk the points, with Shift the changepoints, Enter pins, Escape lets go. A
 * reader of the screen hears the values at each step.
 */
export function CrosshairSlider({ label, store, commits, changes, lines, also, onPin, onEscape }: Props) {
  const hover = usePointing(store, (pointing) => pointing.hover);
  const xs = useMemo(() => commits.map(({ x }) => x), [commits]);
  const index = hover ? xs.indexOf(hover.x) : -1;
  const go = (x: number | null) => {
    const commit = commits.find((one) => one.x === x);
    if (commit) store.set({ hover: commit, y: null });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const way = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : null;
    if (way) go(walk(event.shiftKey ? changes : xs, hover?.x ?? null, way));
    else if (event.key === "Home") go(xs[0] ?? null);
    else if (event.key === "End") go(xs.at(-1) ?? null);
    else if (event.key === "Enter" && hover) onPin(hover);
    else if (event.key === "Escape") {
      store.set({ hover: null });
      onEscape();
    } else return;
    event.preventDefault();
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={Math.max(0, commits.length - 1)}
      aria-valuenow={Math.max(0, index)}
      aria-valuetext={
        hover
          ? [spoken(hover, lines), also(hover.sha)].filter(Boolean).join("; ")
          : "No commit chosen; arrow keys walk the points"
      }
      className="pointer-events-none absolute -inset-x-1 -inset-y-0.5 rounded-1"
      onKeyDown={onKeyDown}
      onBlur={() => store.set({ hover: null })}
    />
  );
}

/** "c53d30c, 10 Nov 2022, pull request 7279: Duration 7.94 s, Peak memory 647 MiB". */
function spoken(commit: AxisCommit, lines: readonly PinnedLine[]): string {
  const pull = commit.pullRequest === null ? "" : `, pull request ${commit.pullRequest}`;
  const values = lines.map(({ label, points, scale }) => {
    const point = points.get(commit.sha);
    return `${label} ${point ? formatValue(point.value, scale) : "not measured"}`;
  });
  return `${shortSha(commit.sha)}, ${formatDate(commit.committedAt)}${pull}: ${values.join(", ")}`;
}
