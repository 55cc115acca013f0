"use client";
import { FilterBox } from "@/components/ui/filter-box";
import { type CompareMatrixSelection, type CompareSelection, compareMatrixUrl, compareUrl } from "@/lib/urls/compare";

/** A text that workloads or their parameters must contain. */
export function WorkloadFilter({ project, selection }: { project: string; selection: CompareSelection }) {
  return (
    <FilterBox
      label="Filter workloads"
      value={selection.workload}
      urlOf={(workload) => compareUrl(project, { ...selection, workload, page: 1 })}
    />
  );
}

/** The same for the matrix of an experiment. */
export function MatrixWorkloadFilter({ project, selection }: { project: string; selection: CompareMatrixSelection }) {
  return (
    <FilterBox
      label="Filter workloads"
      value={selection.workload}
      urlOf={(workload) => compareMatrixUrl(project, { ...selection, workload, page: 1 })}
    />
  );
}
