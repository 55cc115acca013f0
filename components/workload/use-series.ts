"use client";
import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { read } from "@/lib/api/read";
import type { SeriesRead } from "@/lib/queries/series";
import type { WorkloadRead } from "@/lib/queries/workload";
import { seriesPath } from "./series-path";

type Metric = WorkloadRead["metrics"][number];

export type MetricSeries = {
  metric: Metric;
  /** The whole history, thinned where it is long. */
  whole: SeriesRead | undefined;
  /** What the charts draw: the window with all its points where the whole is thinned. */
  shown: SeriesRead | undefined;
  error: Error | null;
  retry: () => void;
};

type Ends = { from: string | null; to: string | null };

/** The same array for as long as no answer changes, so that charts are not laid out anew for nothing. */
const answers = (results: UseQueryResult<SeriesRead>[]) =>
  results.map(({ data, error, refetch }) => ({ data, error, refetch }));

/** The series of the metrics, read by the server before the page and kept fresh by the browser. */
export function useSeries(head: WorkloadRead, metrics: readonly Metric[], { from, to }: Ends): MetricSeries[] {
  const wholes = useQueries({
    queries: metrics.map(({ name }) => read<SeriesRead>(seriesPath(head, name))),
    combine: answers,
  });
  const isZoomed = from !== null || to !== null;
  const details = useQueries({
    queries: metrics.map(({ name }, i) => {
      const whole = wholes[i]?.data;
      const isThinned = whole !== undefined && whole.points.length < whole.window.measured;
      return { ...read<SeriesRead>(seriesPath(head, name, { from, to })), enabled: isZoomed && isThinned };
    }),
    combine: answers,
  });
  return useMemo(
    () =>
      metrics.map((metric, i) => ({
        metric,
        whole: wholes[i]?.data,
        shown: (isZoomed ? details[i]?.data : undefined) ?? wholes[i]?.data,
        error: wholes[i]?.error ?? null,
        retry: () => void wholes[i]?.refetch(),
      })),
    [metrics, wholes, details, isZoomed],
  );
}
