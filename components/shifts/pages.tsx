import { ButtonLink } from "@/components/ui/button";
import { formatCount } from "@/lib/format/number";

type Props = {
  page: number;
  pageSize: number;
  /** Rows on this page. */
  shown: number;
  total: number;
  urlOf: (page: number) => string;
};

/** Which rows these are, and the way to the others. */
export function Pages({ page, pageSize, shown, total, urlOf }: Props) {
  const pages = Math.ceil(total / pageSize);
  const first = (page - 1) * pageSize + 1;
  return (
    <nav aria-label="Pages of the list" className="mt-4 flex items-center gap-2 text-label text-ink-3">
      <span>
        {formatCount(first)} to {formatCount(first + shown - 1)} of {formatCount(total)}
      </span>
      {page > 1 && <ButtonLink href={urlOf(page - 1)}>Previous</ButtonLink>}
      {page < pages && <ButtonLink href={urlOf(page + 1)}>Next</ButtonLink>}
    </nav>
  );
}
