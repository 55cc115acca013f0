import { type Scale, scaleFor } from "@/lib/format/unit";
import type { SeriesRead } from "@/lib/queries/series";
import type { ShownLine } from "./lines";
import type { SelectionHandle } from "./selection";
import { movementOf } from "./sentence";
import type { LineMovement } from "./several-sentence";
import type { ReadState } from "./use-reads";
import { axisCommits, type ShownWindow, windowOf } from "./window";

/** What has been read so far, laid out for the window. */
export type SeveralView = {
  commits: ReturnType<typeof axisCommits>;
  releases: SeriesRead["releases"];
  window: ShownWindow;
  /** The lines that are on and have been read. */
  lines: LineMovement[];
  scale: Scale;
  isStale: boolean;
};

/** Lays out what has been read of one metric. */
export function viewOf(
  all: readonly ShownLine[],
  reads: readonly ReadState[],
  selection: SelectionHandle["selection"],
): SeveralView {
  const wholes = reads.flatMap(({ whole }) => whole ?? []);
  const commits = axisCommits(wholes, selection.x);
  const releases = wholes[0]?.releases ?? [];
  const window = windowOf(commits, releases, selection, selection.x);
  const places = { from: window.first?.position ?? 0, to: window.last?.position ?? -1 };
  const lines = linesOf(all, reads, places);
  const levels = lines.flatMap(({ movement }) => [movement.from, movement.to]);
  return {
    commits,
    releases,
    window,
    lines,
    scale: scaleFor(levels, wholes[0]?.unit ?? ""),
    isStale: reads.some(({ isStale }) => isStale),
  };
}

/** The lines that are on and have been read, with what they did between two places. */
export function linesOf(
  all: readonly ShownLine[],
  reads: readonly ReadState[],
  places: { from: number; to: number },
): LineMovement[] {
  return all.flatMap((line, i) => {
    const { whole, shown } = reads[i] ?? {};
    if (!whole || !shown || line.isHidden) return [];
    const points = new Map(shown.points.map((point) => [point.sha, point]));
    return [{ line, read: shown, movement: movementOf(whole, places), points }];
  });
}
