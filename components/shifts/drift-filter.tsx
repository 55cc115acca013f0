"use client";
import { FilterBox } from "@/components/ui/filter-box";
import { type DriftSelection, driftUrl } from "@/lib/urls/drift";

/** A part of the workload's name. */
export function DriftFilter({ project, selection }: { project: string; selection: DriftSelection }) {
  return (
    <FilterBox
      label="Filter by workload"
      value={selection.workload}
      urlOf={(workload) => driftUrl(project, { ...selection, workload, page: 1 })}
    />
  );
}
