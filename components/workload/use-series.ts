"use client";
import { useMemo } from "react";
import type { WorkloadRead } from "@/lib/queries/workload";
import { chosenLine, type Detail } from "./series-path";
import { type ReadState, useReads } from "./use-reads";

type Metric = WorkloadRead["metrics"][number];

export type MetricSeries = ReadState & { metric: Metric };

/** The series of the metrics of the chosen line, read by the server before the page. */
export function useSeries(head: WorkloadRead, metrics: readonly Metric[], detail: Detail): MetricSeries[] {
  const asks = useMemo(
    () => metrics.map(({ name }) => ({ metric: name, line: chosenLine(head), isWanted: true })),
    [head, metrics],
  );
  const reads = useReads(head, asks, detail);
  return useMemo(() => metrics.flatMap((metric, i) => (reads[i] ? [{ ...reads[i], metric }] : [])), [metrics, reads]);
}
