"use client";
import { useRouter, useSearchParams } from "next/navigation";
import { useCallback, useMemo, useTransition } from "react";
import type { WorkloadRead } from "@/lib/queries/workload";
import { type WorkloadSelection, workloadQuery, workloadUrl } from "@/lib/urls/workload";

export type Choose = (change: Partial<WorkloadSelection>) => void;

export type SelectionHandle = {
  selection: WorkloadSelection;
  /** The address with a change, for links. */
  urlOf: (change: Partial<WorkloadSelection>) => string;
  /** What the server has to read for: environment, branch, parameters, metrics. Title and data change together. */
  go: Choose;
  /** What this page can do alone: zoom, scale, axis, table. Goes into the history, so that Back restores it. */
  show: Choose;
  /** The same without an entry of its own. */
  note: Choose;
  /** True while the server reads for the next selection: what is shown still belongs to the former one. */
  isPending: boolean;
};

/** The selection lives in the address and nowhere else. */
export function useSelection(head: WorkloadRead): SelectionHandle {
  const router = useRouter();
  const search = useSearchParams();
  const [isPending, startTransition] = useTransition();
  const selection = useMemo(() => workloadQuery.parse(search), [search]);
  const urlOf = useCallback(
    (change: Partial<WorkloadSelection>) => workloadUrl(head.project.slug, head, { ...selection, ...change }),
    [head, selection],
  );
  return {
    selection,
    urlOf,
    go: (change) => startTransition(() => router.push(urlOf(change), { scroll: false })),
    show: (change) => window.history.pushState(null, "", urlOf(change)),
    note: (change) => window.history.replaceState(null, "", urlOf(change)),
    isPending,
  };
}
