"use client";
import { FilterBox } from "@/components/ui/filter-box";
import { type WorkloadsSelection, workloadsUrl } from "@/lib/urls/workloads";

/** A text that names or parameters must contain. */
export function WorkloadsFilter({ project, selection }: { project: string; selection: WorkloadsSelection }) {
  return (
    <FilterBox
      label="Filter workloads"
      value={selection.filter}
      urlOf={(filter) => workloadsUrl(project, { ...selection, name: null, filter })}
    />
  );
}
