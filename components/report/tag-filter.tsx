"use client";
import { FilterBox } from "@/components/ui/filter-box";
import { type ReleasesSelection, releasesUrl } from "@/lib/urls/releases";

/** Filters the list of releases by a part of a tag. */
export function TagFilter({ slug, selection }: { slug: string; selection: ReleasesSelection }) {
  return (
    <FilterBox
      value={selection.filter}
      urlOf={(filter) => releasesUrl(slug, { ...selection, filter, page: 1 })}
      label="Filter tags"
    />
  );
}
