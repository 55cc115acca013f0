import { type LevelRow, readLevels, readSteps, type StepRow } from "./levels";
import { type LineMedians, readMedians } from "./medians";
import type { MeasuredCommit } from "./scope";

/** One line as a glyph: places of the branch and values in the metric's unit, to four digits. */
export type SparklineRead = {
  /** At the places that all glyphs of a list share; null: no point there. */
  values: (number | null)[];
  segments: { from: number; to: number; level: number }[];
  /** Per segment: which way the step into it went; null: no changepoint, or the first one. */
  directions: (StepRow["direction"] | null)[];
};

/** A glyph of 104 px shows no more; the levels and steps are exact whatever is left out of the trace. */
const COMMITS = 160;

/** Digits that a glyph of 28 px can show. */
const DIGITS = 4;

export type Sparklines = { places: number[]; lines: Map<number, SparklineRead> };

/**
 * Glyphs of lines over a window of measured commits (oldest first), by line id. Long windows are thinned to every n-th
 * commit, counted from the newest.
 */
export async function readSparklines(
  projectId: number,
  branchId: number,
  lineIds: readonly number[],
  window: readonly MeasuredCommit[],
): Promise<Sparklines> {
  const every = Math.ceil(window.length / COMMITS) || 1;
  const commits = window.filter((_, index) => (window.length - 1 - index) % every === 0);
  const [medians, levels, steps] = await Promise.all([
    readMedians(
      projectId,
      lineIds,
      commits.map(({ id }) => id),
    ),
    readLevels(projectId, branchId, lineIds),
    readSteps(projectId, branchId, lineIds),
  ]);
  const start = window[0]?.position ?? 0;
  const glyphOf = (id: number) =>
    sparklineOf(medians.get(id) ?? [], commits, levels.get(id) ?? [], steps.get(id) ?? [], start);
  return {
    places: commits.map(({ position }) => position),
    lines: new Map(lineIds.map((id) => [id, glyphOf(id)])),
  };
}

function sparklineOf(
  medians: LineMedians,
  commits: readonly MeasuredCommit[],
  levels: readonly LevelRow[],
  steps: readonly StepRow[],
  start: number,
): SparklineRead {
  const shown = levels.filter(({ to }) => to >= start);
  const values = new Map(medians);
  return {
    values: commits.map((_, index) => {
      const value = values.get(index);
      return value === undefined ? null : Number(value.toPrecision(DIGITS));
    }),
    segments: shown.map(({ from, to, track, level }, index) => {
      const next = shown[index + 1];
      // A level runs to the first point of the next one, so that both meet at the step; never into another track.
      return { from: Math.max(from, start), to: next && next.track === track ? next.from : to, level };
    }),
    directions: shown.map(({ from, track }, index) => {
      if (shown[index - 1]?.track !== track) return null;
      return steps.find(({ position }) => position === from)?.direction ?? null;
    }),
  };
}
