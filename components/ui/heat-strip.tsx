"use client";
import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { classes } from "./classes";
import type { Tone } from "./glyph";

/** Strength of a cell: 1 to 3 worse, -1 to -3 better, 0 unchanged; null: nothing was measured there. */
export type HeatStep = -3 | -2 | -1 | 0 | 1 | 2 | 3;
export type HeatCell = { step: HeatStep | null };

const FILL: Record<HeatStep, string> = {
  [-3]: "fill-heat-b3",
  [-2]: "fill-heat-b2",
  [-1]: "fill-heat-b1",
  0: "fill-heat-0",
  1: "fill-heat-w1",
  2: "fill-heat-w2",
  3: "fill-heat-w3",
};
const MARK: Partial<Record<Tone, string>> = {
  worse: "fill-worse-mark",
  better: "fill-none stroke-better-mark",
};
const HEIGHT = 16;
const MARKS = 9;

/**
 * One row of history: a cell per place, worse fills it, better its lower half, so that it reads without colour.
 * Pointer and arrow keys walk the cells, `textOf(i)` says what is there; click and Enter pick. `summary` is the row in
 * words.
 */
export function HeatStrip({
  cells,
  marks = [],
  summary,
  textOf,
  onPick,
}: {
  cells: HeatCell[];
  /** Changepoints, drawn as triangles under their cell. */
  marks?: { at: number; tone: Tone }[];
  summary: string;
  textOf: (index: number) => string;
  onPick: (index: number) => void;
}) {
  const [over, setOver] = useState<number | null>(null);
  const width = 100 / Math.max(1, cells.length);
  const within = (index: number) => Math.min(cells.length - 1, Math.max(0, index));
  const indexAt = (event: PointerEvent<Element>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return within(Math.floor(((event.clientX - box.left) / box.width) * cells.length));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, Home: -cells.length, End: cells.length }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    setOver(within((over ?? cells.length) + by));
  };
  return (
    <div className="relative">
      <button
        type="button"
        aria-label={summary}
        className="relative top-[4px] block w-full"
        onPointerMove={(event) => setOver(indexAt(event))}
        onPointerLeave={() => setOver(null)}
        onBlur={() => setOver(null)}
        onKeyDown={onKeyDown}
        onClick={() => onPick(over ?? cells.length - 1)}
      >
        <svg aria-hidden="true" className="block w-full overflow-visible" height={HEIGHT + MARKS}>
          <Cells cells={cells} />
          {over !== null && (
            <rect
              x={`${over * width}%`}
              width={`${width * 0.86}%`}
              height={HEIGHT}
              rx="1"
              className="fill-none stroke-ink"
            />
          )}
          {marks.map(({ at, tone }) => (
            <svg key={at} x={`${(at + 0.43) * width}%`} y={HEIGHT + 2} className="overflow-visible" aria-hidden="true">
              <path d="M0 0 3 5h-6Z" className={MARK[tone] ?? "fill-ink-3"} />
            </svg>
          ))}
        </svg>
      </button>
      {over !== null && (
        <div
          role="status"
          className={classes(
            "pointer-events-none absolute bottom-full z-10 mb-1 rounded-2 bg-raised px-2 py-1 text-label whitespace-nowrap shadow-float",
            over > cells.length / 2 ? "right-0" : "left-0",
          )}
        >
          {textOf(over)}
        </div>
      )}
    </div>
  );
}

/** A path per colour instead of a shape per cell: a page holds thousands of cells. Widths stretch, heights do not. */
function Cells({ cells }: { cells: HeatCell[] }) {
  const paths = new Map<HeatStep, string>();
  const add = (step: HeatStep, path: string) => paths.set(step, (paths.get(step) ?? "") + path);
  cells.forEach(({ step }, index) => {
    if (step === null) return;
    const whole = `M${index} 0h.86v${HEIGHT}h-.86Z`;
    add(Math.max(step, 0) as HeatStep, whole);
    if (step < 0) add(step, `M${index} ${HEIGHT / 2}h.86v${HEIGHT / 2}h-.86Z`);
  });
  // Unchanged first: the halves of the better ones lie on it.
  const layers = [...paths].sort(([a], [b]) => Math.abs(a) - Math.abs(b));
  return (
    <svg
      viewBox={`0 0 ${Math.max(1, cells.length)} ${HEIGHT}`}
      preserveAspectRatio="none"
      width="100%"
      height={HEIGHT}
      aria-hidden="true"
    >
      {layers.map(([step, path]) => (
        <path key={step} d={path} className={FILL[step]} />
      ))}
    </svg>
  );
}
