"use client";
import { FilterBox } from "@/components/ui/filter-box";
import { type ApiDocsSelection, apiDocsUrl } from "@/lib/urls/apiDocs";

/** Filters the endpoints by words that they hold. */
export function ApiDocsFilter({ selection }: { selection: ApiDocsSelection }) {
  return (
    <FilterBox
      label="Filter endpoints"
      value={selection.filter}
      urlOf={(filter) => apiDocsUrl({ ...selection, filter })}
    />
  );
}
