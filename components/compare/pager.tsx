import { ButtonLink } from "@/components/ui/button";
import { formatCount } from "@/lib/format/number";
import { type CompareSelection, compareUrl } from "@/lib/urls/compare";
import { PAGE_ROWS } from "./view-rows";

type Props = { project: string; selection: CompareSelection; first: number; shown: number; total: number };

/** "1 to 100 of 2,000" with the way on; nothing where one page holds all. */
export function Pager({ project, selection, first, shown, total }: Props) {
  if (shown === total) return null;
  const to = (page: number) => compareUrl(project, { ...selection, page });
  return (
    <p className="mt-3 flex items-center gap-2 text-ink-2">
      {formatCount(first + 1)} to {formatCount(first + shown)} of {formatCount(total)}
      {first > 0 && <ButtonLink href={to(first / PAGE_ROWS)}>Previous</ButtonLink>}
      {first + shown < total && <ButtonLink href={to(first / PAGE_ROWS + 2)}>Next</ButtonLink>}
    </p>
  );
}
