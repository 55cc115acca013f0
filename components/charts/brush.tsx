"use client";
import { type PointerEvent, useMemo, useRef, useState } from "react";
import type { AxisTick } from "@/lib/chart/dates";
import type { Frame } from "@/lib/chart/frame";
import { placeLabels } from "@/lib/chart/labels";
import { fixed, linePath } from "@/lib/chart/paths";

const HEIGHT = 38;
const GRIP = 8;

type Part = "from" | "to" | "window";
type Window = { from: number; to: number };

type Props = {
  /** x spans the whole history, y the 38 px of the brush. */
  frame: Frame;
  /** The whole history of the first chart. */
  points: readonly { x: number; value: number }[];
  changes: readonly { x: number; colour: string }[];
  ticks: readonly AxisTick[];
  window: Window;
  onChange: (from: number, to: number) => void;
  onReset: () => void;
};

/** The whole history with the window that the charts show; its ends and itself can be dragged. */
export function Brush({ frame, points, changes, ticks, window, onChange, onReset }: Props) {
  const [moved, setMoved] = useState<Window | null>(null);
  const path = useMemo(
    () =>
      linePath(points.map(({ x, value }) => ({ x: frame.x(x), y: Math.min(HEIGHT - 2, Math.max(2, frame.y(value))) }))),
    [points, frame],
  );
  const drag = useRef<{ part: Part; at: number; start: Window } | null>(null);
  const shown = moved ?? window;
  const { plot } = frame;
  const whole: Window = { from: frame.xAt(plot.left), to: frame.xAt(plot.right) };
  const xOf = (event: PointerEvent) =>
    frame.xAt(event.clientX - (event.currentTarget.closest("svg")?.getBoundingClientRect().left ?? 0));
  const grab = (part: Part) => (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { part, at: xOf(event), start: shown };
  };
  const move = (event: PointerEvent) => {
    const held = drag.current;
    if (held) setMoved(moveWindow(held.start, held.part, xOf(event) - held.at, whole));
  };
  const drop = () => {
    drag.current = null;
    if (moved) onChange(moved.from, moved.to);
    setMoved(null);
  };
  const grip = (part: Part) => ({
    onPointerDown: grab(part),
    onPointerMove: move,
    onPointerUp: drop,
    onPointerCancel: drop,
    ...(part === "window" && { onDoubleClick: onReset }),
  });
  const [left, right] = [clamp(frame.x(shown.from), plot), clamp(frame.x(shown.to), plot)];
  return (
    <svg width={frame.width} height={HEIGHT + 18} className="block overflow-visible" aria-hidden="true">
      <rect x={plot.left} width={plot.width} height={HEIGHT} className="fill-surface" />
      <path d={path} className="fill-none stroke-point" />
      {changes.map(({ x, colour }) => (
        <path key={x} d={`M${fixed(frame.x(x))} 0v${HEIGHT}`} style={{ stroke: colour }} />
      ))}
      <rect
        x={fixed(left)}
        width={fixed(Math.max(1, right - left))}
        height={HEIGHT}
        className="cursor-grab touch-none fill-select"
        {...grip("window")}
      />
      {(["from", "to"] as const).map((part) => {
        const at = part === "from" ? left : right;
        return (
          <g key={part} className="cursor-ew-resize touch-none" {...grip(part)}>
            <rect x={fixed(at - GRIP)} width={2 * GRIP} height={HEIGHT} className="fill-transparent" />
            <path d={`M${fixed(at)} 0v${HEIGHT}`} className="stroke-accent" />
            <rect x={fixed(at - 3.5)} y="11" width="7" height="16" rx="2" className="fill-bg stroke-accent" />
          </g>
        );
      })}
      {placeLabels(ticks, frame).map(
        ({ x, label, at, anchor, isFree }) =>
          isFree && (
            <text
              key={`${x} ${label}`}
              x={fixed(at)}
              y={HEIGHT + 15}
              textAnchor={anchor}
              className="fill-ink-3 text-label"
            >
              {label}
            </text>
          ),
      )}
    </svg>
  );
}

function moveWindow({ from, to }: Window, part: Part, by: number, whole: Window): Window {
  if (part === "from") return { from: Math.max(whole.from, Math.min(from + by, to)), to };
  if (part === "to") return { from, to: Math.min(whole.to, Math.max(to + by, from)) };
  const step = Math.max(whole.from - from, Math.min(by, whole.to - to));
  return { from: from + step, to: to + step };
}

function clamp(px: number, { left, right }: Frame["plot"]): number {
  return Math.min(right, Math.max(left, px));
}
