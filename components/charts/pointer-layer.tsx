"use client";
import { type PointerEvent, useMemo, useRef } from "react";
import type { Frame } from "@/lib/chart/frame";
import { nearest } from "@/lib/chart/nearest";
import type { AxisCommit, ChartStore } from "./chart-store";

/** px that a pointer may wander between press and release and still click. */
const CLICK_SLACK = 4;

type Props = {
  frame: Frame;
  store: ChartStore;
  /** By x. */
  commits: readonly AxisCommit[];
  onPick: (commit: AxisCommit) => void;
  /** A stretch was dragged, in axis terms, from < to. */
  onZoom?: (from: number, to: number) => void;
  onReset?: () => void;
};

/** Catches the pointer over a plot: hover, click, drag, double click. Keyboard has the same on the crosshair's slider. */
export function PointerLayer({ frame, store, commits, onPick, onZoom, onReset }: Props) {
  const press = useRef<{ px: number; dragging: boolean } | null>(null);
  const xs = useMemo(() => commits.map(({ x }) => x), [commits]);
  const pxOf = (event: PointerEvent) => {
    const px = event.clientX - event.currentTarget.getBoundingClientRect().left;
    return Math.min(frame.plot.right, Math.max(frame.plot.left, px));
  };
  const commitAt = (px: number) => commits[nearest(xs, frame.xAt(px))] ?? null;
  const onMove = (event: PointerEvent) => {
    const px = pxOf(event);
    const y = event.clientY - event.currentTarget.getBoundingClientRect().top;
    store.set({ hover: commitAt(px), y: event.pointerType === "touch" ? null : y });
    const start = press.current;
    if (!start || !onZoom || event.pointerType === "touch") return;
    start.dragging ||= Math.abs(px - start.px) > CLICK_SLACK;
    if (start.dragging) store.set({ drag: { from: frame.xAt(start.px), to: frame.xAt(px) } });
  };
  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    press.current = { px: pxOf(event), dragging: false };
    if (event.pointerType !== "touch") event.currentTarget.setPointerCapture(event.pointerId);
    store.set({ hover: commitAt(pxOf(event)) });
  };
  const onUp = (event: PointerEvent) => {
    const start = press.current;
    press.current = null;
    store.set({ drag: null });
    if (!start) return;
    const [a, b] = [frame.xAt(start.px), frame.xAt(pxOf(event))];
    if (start.dragging) onZoom?.(Math.min(a, b), Math.max(a, b));
    else {
      const commit = commitAt(pxOf(event));
      if (commit) onPick(commit);
    }
  };
  const onCancel = () => {
    press.current = null;
    store.set({ drag: null });
  };
  const pointing = {
    onPointerMove: onMove,
    onPointerDown: onDown,
    onPointerUp: onUp,
    onPointerCancel: onCancel,
    onPointerLeave: () => store.set({ hover: null, y: null }),
    onDoubleClick: onReset,
  };
  return <div className="absolute inset-0 cursor-crosshair touch-pan-y select-none" {...pointing} />;
}
