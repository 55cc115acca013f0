import type { Verdict } from "@/lib/compare";
import type { CompareRow } from "@/lib/queries/compare";
import { type CompareSelection, VERDICT_ORDER } from "@/lib/urls/compare";
import { PAGE_ROWS } from "./view-rows";

/** Rows of a folded group: what lies within noise is one click away. */
const FOLDED: Partial<Record<Verdict, number>> = { unchanged: 3, inconclusive: 5 };
/** Fewer are not folded away: the line that offers them would take as much room. */
const LEAST_HIDDEN = 3;

/** Rows of one verdict, as many as are shown. */
export type Group = {
  verdict: Verdict;
  total: number;
  /** Place of the first row that is shown. */
  first: number;
  rows: CompareRow[];
  isFolded: boolean;
};

/** Groups in their fixed order: folded where they say nothing new, in pages where they are long. */
export function groupsOf(
  rows: readonly CompareRow[],
  { verdict: wanted, show, page }: Pick<CompareSelection, "verdict" | "show" | "page">,
): Group[] {
  return VERDICT_ORDER.filter((verdict) => wanted === null || wanted === verdict).flatMap((verdict) => {
    const all = rows.filter((row) => row.verdict === verdict);
    if (all.length === 0) return [];
    // While planned runs are waited for, the intervals are all there is.
    const isOpen = wanted !== null || show.includes(verdict) || all.some(({ open }) => open);
    const fold = isOpen ? undefined : FOLDED[verdict];
    const folded = fold !== undefined && all.length >= fold + LEAST_HIDDEN ? fold : undefined;
    const first = wanted === null ? 0 : Math.min(page - 1, Math.ceil(all.length / PAGE_ROWS) - 1) * PAGE_ROWS;
    const shown = all.slice(first, first + (folded ?? PAGE_ROWS));
    return [{ verdict, total: all.length, first, rows: shown, isFolded: folded !== undefined }];
  });
}
