"use client";
import { useRouter, useSearchParams } from "next/navigation";
import { useMemo, useState, useTransition } from "react";
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

/**
 * The selection lives in the address and nowhere else. What the page can do alone is shown in the same frame: the router
 * tells of a new address only when it has time, so until then the address itself is read.
 */
export function useSelection(head: WorkloadRead): SelectionHandle {
  const router = useRouter();
  const told = useSearchParams();
  const [isPending, startTransition] = useTransition();
  const [ahead, setAhead] = useState<{ search: string; selection: WorkloadSelection } | null>(null);
  const known = useMemo(() => workloadQuery.parse(told), [told]);
  const selection = ahead !== null && ahead.search === location.search ? ahead.selection : known;
  return useMemo(() => {
    const urlOf = (change: Partial<WorkloadSelection>) =>
      workloadUrl(head.project.slug, head, { ...selection, ...change });
    const stay = (how: "pushState" | "replaceState") => (change: Partial<WorkloadSelection>) => {
      window.history[how](null, "", urlOf(change));
      const { search } = location;
      setAhead({ search, selection: workloadQuery.parse(new URLSearchParams(search)) });
    };
    return {
      selection,
      urlOf,
      go: (change) => startTransition(() => router.push(urlOf(change), { scroll: false })),
      show: stay("pushState"),
      note: stay("replaceState"),
      isPending,
    };
  }, [head, router, selection, isPending]);
}
