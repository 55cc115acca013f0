"use client";
import { useSyncExternalStore } from "react";

/** A measured commit on the x axis of a page's charts. */
export type AxisCommit = {
  sha: string;
  /** Its place on the axis. */
  x: number;
  position: number;
  committedAt: string | null;
  pullRequest: number | null;
};

/** What the charts of a page share while somebody points at them. */
export type Pointing = {
  /** The commit under the crosshair. */
  hover: AxisCommit | null;
  /** Height of the pointer in the chart it is over, in px from its top; null: the keyboard moves the crosshair. */
  y: number | null;
  /** The line that the legend singles out, by its key. */
  line: string | null;
  /** The stretch that is being dragged, in axis terms. */
  drag: { from: number; to: number } | null;
  /** The changepoint that a row of the list lights up: its metric and commit. */
  lit: string | null;
};

export type ChartStore = {
  get(): Pointing;
  set(change: Partial<Pointing>): void;
  subscribe(listener: () => void): () => void;
};

const NOTHING: Pointing = { hover: null, y: null, line: null, drag: null, lit: null };

const KEYS = Object.keys(NOTHING) as (keyof Pointing)[];

/** Outside React's state, so that a moving crosshair repaints overlays and never a chart. */
export function createChartStore(): ChartStore {
  let state = NOTHING;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(change) {
      const next = { ...state, ...change };
      if (KEYS.every((key) => next[key] === state[key])) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** One value out of the store; the component renders again only when that value changes. */
export function usePointing<T>(store: ChartStore, pick: (pointing: Pointing) => T): T {
  return useSyncExternalStore(
    store.subscribe,
    () => pick(store.get()),
    () => pick(NOTHING),
  );
}
