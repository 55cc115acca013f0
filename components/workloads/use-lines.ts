"use client";
import { useQueries } from "@tanstack/react-query";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useLayoutEffect, useState } from "react";
import { read } from "@/lib/api/read";
import type { WorkloadList, WorkloadPart, WorkloadRow } from "@/lib/queries/workloads";
import { apiUrl } from "@/lib/urls/api";
import type { WorkloadsSelection } from "@/lib/urls/workloads";

/** Lines beyond the window on either side, so that a quick hand and the Tab key find them there. */
const SPARE = 12;
/** Rows that are read at once, and rows beyond those in sight that are read ahead: a second of quick scrolling. */
const CHUNK = 100;
const AHEAD = 80;

/**
 * The lines in sight, a few more on either side: those that came with the page, until the window has been looked at.
 * Every line is `height` px high, so nothing is measured and nothing moves while it is scrolled.
 */
export function useShownLines(body: RefObject<HTMLElement | null>, height: number, count: number, first: number) {
  const [scrollMargin, setScrollMargin] = useState(0);
  // What stands above the list may wrap: its place is looked at again whenever the window changes.
  useLayoutEffect(() => {
    const look = () => setScrollMargin((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
    look();
    window.addEventListener("resize", look);
    return () => window.removeEventListener("resize", look);
  }, [body]);
  const virtual = useWindowVirtualizer({
    count,
    estimateSize: () => height,
    overscan: SPARE,
    scrollMargin,
    // The server's HTML and the first render here hold the rows that came with the page, and no others.
    initialRect: { width: 0, height: Math.max(1, first - SPARE) * height },
    useFlushSync: false,
  });
  const lines = virtual.getVirtualItems();
  return { from: lines[0]?.index ?? 0, till: (lines.at(-1)?.index ?? -1) + 1 };
}

export type Shown = { row: WorkloadRow; places: number[] };

/** Rows by their place in the list, read in chunks before they come into sight; undefined: not there yet. */
export function useRows(list: WorkloadList, selection: WorkloadsSelection, from: number, till: number) {
  const { name: _name, hide: _hide, detail: _detail, ...filters } = selection;
  const chunks = new Set<number>();
  const last = Math.min(list.total, till + AHEAD) - 1;
  for (let index = Math.max(from - AHEAD, list.rows.length); index <= last; index += CHUNK)
    chunks.add(Math.floor(index / CHUNK));
  if (last >= list.rows.length) chunks.add(Math.floor(last / CHUNK));
  const order = [...chunks];
  const answers = useQueries({
    queries: order.map((chunk) => ({
      ...read<WorkloadPart>(
        apiUrl.workloadRows(list.project.slug, { ...filters, offset: chunk * CHUNK, limit: CHUNK }),
      ),
    })),
  });
  const at = (index: number): Shown | undefined => {
    const own = list.rows[index];
    if (own) return { row: own, places: list.places };
    const part = answers[order.indexOf(Math.floor(index / CHUNK))]?.data;
    const row = part?.rows[index % CHUNK];
    return row && part && { row, places: part.places };
  };
  const failed = answers.find(({ error }) => error);
  return { at, error: failed?.error ?? null, retry: () => void failed?.refetch() };
}
