"use client";
import { useQueries } from "@tanstack/react-query";
import { type RefObject, useEffect, useState } from "react";
import { read } from "@/lib/api/read";
import type { WorkloadList, WorkloadPart, WorkloadRow } from "@/lib/queries/workloads";
import { apiUrl } from "@/lib/urls/api";
import type { WorkloadsSelection } from "@/lib/urls/workloads";
import { shownLines } from "./window";

/** Lines beyond the window on either side, so that a quick hand and the Tab key find them there. */
const SPARE = 12;
/** Rows that are read at once. */
const CHUNK = 100;

/** The lines in sight: those that came with the page, until the window has been looked at. */
export function useShownLines(body: RefObject<HTMLElement | null>, height: number, count: number, first: number) {
  const [shown, setShown] = useState({ from: 0, till: Math.min(first, count) });
  useEffect(() => {
    const look = () => {
      const top = -(body.current?.getBoundingClientRect().top ?? 0);
      const next = shownLines(top, window.innerHeight, height, count, SPARE);
      setShown((now) => (now.from === next.from && now.till === next.till ? now : next));
    };
    look();
    window.addEventListener("scroll", look, { passive: true });
    window.addEventListener("resize", look);
    return () => {
      window.removeEventListener("scroll", look);
      window.removeEventListener("resize", look);
    };
  }, [body, height, count]);
  return shown;
}

export type Shown = { row: WorkloadRow; places: number[] };

/** Rows by their place in the list, read in chunks as they come into sight; undefined: not there yet. */
export function useRows(list: WorkloadList, selection: WorkloadsSelection, from: number, till: number) {
  const { name: _name, hide: _hide, detail: _detail, ...filters } = selection;
  const chunks = new Set<number>();
  for (let index = Math.max(from, list.rows.length); index < till; index++) chunks.add(Math.floor(index / CHUNK));
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
