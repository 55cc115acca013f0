"use client";
import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { read } from "@/lib/api/read";
import type { SeriesRead } from "@/lib/queries/series";
import type { WorkloadLine, WorkloadRead } from "@/lib/queries/workload";
import { type Detail, seriesPath } from "./series-path";

/** A series that a chart wants. */
export type Ask = { metric: string; line: WorkloadLine | null; isWanted: boolean };

/** A series as far as it was read. */
export type ReadState = {
  /** The whole history, thinned where it is long. */
  whole: SeriesRead | undefined;
  /** What the charts draw: the window with all its points where the whole is thinned, with samples where they are wanted. */
  shown: SeriesRead | undefined;
  error: Error | null;
  retry: () => void;
  /** What is shown is not yet what was asked for. */
  isStale: boolean;
};

/** The same array for as long as no answer changes, so that charts are not laid out anew for nothing. */
const answers = (results: UseQueryResult<SeriesRead>[]) =>
  results.map(({ data, error, refetch }) => ({ data, error, refetch }));

/** Reads series and keeps them fresh; those that are not wanted yet wait. The answers stand in the order of `asks`. */
export function useReads(head: WorkloadRead, asks: readonly Ask[], detail: Detail): ReadState[] {
  const { from = null, to = null, samples = false } = detail;
  const isZoomed = from !== null || to !== null;
  const wholes = useQueries({
    queries: asks.map(({ metric, line, isWanted }) => ({
      ...read<SeriesRead>(seriesPath(head, metric, {}, line)),
      enabled: isWanted,
    })),
    combine: answers,
  });
  const details = useQueries({
    queries: asks.map(({ metric, line, isWanted }, i) => ({
      ...read<SeriesRead>(seriesPath(head, metric, { from, to, samples }, line)),
      enabled: isWanted && isTooLittle(wholes[i]?.data, isZoomed, samples),
    })),
    combine: answers,
  });
  // One letter per series, so that a zoom into what is there already leaves the answers as they are.
  const more = wholes.map(({ data }) => (isTooLittle(data, isZoomed, samples) ? "y" : "n")).join("");
  return useMemo(
    () =>
      wholes.map(({ data: whole, error, refetch }, i) => {
        const wantsMore = more[i] === "y";
        const found = wantsMore ? details[i]?.data : undefined;
        const isStale = wantsMore && found === undefined && !details[i]?.error;
        return { whole, shown: found ?? whole, error, retry: () => void refetch(), isStale };
      }),
    [wholes, details, more],
  );
}

/** Is what was read of the whole history less than the window shows? */
function isTooLittle(whole: SeriesRead | undefined, isZoomed: boolean, samples: boolean): boolean {
  return whole !== undefined && (samples || (isZoomed && whole.points.length < whole.window.measured));
}
