"use client";
import { type UseQueryResult, useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { read } from "@/lib/api/read";
import type { DetectorRead } from "@/lib/queries/detector";
import type { WorkloadRead } from "@/lib/queries/workload";
import { apiUrl } from "@/lib/urls/api";
import { seriesAsked } from "./series-path";

type Answer = { data: DetectorRead | undefined; error: Error | null };

const answers = (results: UseQueryResult<DetectorRead>[]): Answer[] =>
  results.map(({ data, error }) => ({ data, error }));

/** How the detector sees the lines shown, at a sensitivity that is tried out (null: the one that holds). */
export function useDetectors(
  head: WorkloadRead,
  metrics: readonly string[],
  { sensitivity, enabled }: { sensitivity: number | null; enabled: boolean },
): Answer[] {
  return useQueries({
    queries: metrics.map((metric) => {
      const { branch: _, ...line } = seriesAsked(head, metric);
      return { ...read<DetectorRead>(apiUrl.detector(head.project.slug, { ...line, sensitivity })), enabled };
    }),
    combine: answers,
  });
}

const PAUSE_MS = 400;
const MOST_LOOKS = 150;

/** Waits until everything that was asked of the analysis is done (a minute at most), then has everything on the page read anew. */
export function useReanalysis(slug: string): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(async () => {
    for (let look = 0; look < MOST_LOOKS; look++) {
      const response = await fetch(apiUrl.analysis(slug), { headers: { accept: "application/json" } });
      const { pending } = (await response.json()) as { pending?: number };
      if (!pending) break;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    void client.invalidateQueries(); // what is read anew shows when it comes
  }, [client, slug]);
}
