"use client";
import { FilterBox } from "@/components/ui/filter-box";
import { type ShiftsSelection, shiftsUrl } from "@/lib/urls/shifts";

/** Filters the list by a part of a workload's name, the begin of a sha, or a number. */
export function ShiftsFilter({ project, selection }: { project: string; selection: ShiftsSelection }) {
  return (
    <FilterBox
      label="Workload or sha"
      value={selection.filter}
      urlOf={(filter) => shiftsUrl(project, { ...selection, filter, page: 1 })}
    />
  );
}
