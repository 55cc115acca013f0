"use client";
import { type KeyboardEvent, type PointerEvent, useId, useState } from "react";
import { classes } from "./classes";
import type { Tone } from "./glyph";

/** Strength of a cell: 1 to 3 worse, -1 to -3 better, 0 unchanged; null: nothing was measured there. */
export type HeatStep = -3 | -2 | -1 | 0 | 1 | 2 | 3;
export type HeatCell = { step: HeatStep | null; failed?: boolean };

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
          <Cells cells={cells} width={width} />
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

function Cells({ cells, width }: { cells: HeatCell[]; width: number }) {
  const base = useId();
  return cells.map(({ step, failed }, index) => {
    const place = { x: `${index * width}%`, width: `${width * 0.86}%` };
    const key = `${base}${index}`;
    if (step === null)
      return failed ? (
        <svg key={key} x={`${(index + 0.43) * width}%`} className="overflow-visible" aria-hidden="true">
          <path d="M-2.5 5.500 2.500 10.500M2.500 5.500-2.500 10.500" className="stroke-warn" />
        </svg>
      ) : null;
    const below = step < 0;
    return (
      <g key={key}>
        <rect {...place} height={HEIGHT} rx="1" className={below ? FILL[0] : FILL[step]} />
        {below && <rect {...place} y={HEIGHT / 2} height={HEIGHT / 2} className={FILL[step]} />}
      </g>
    );
  });
}
