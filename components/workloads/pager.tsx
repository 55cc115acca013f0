import { ButtonLink } from "@/components/ui/button";
import { formatCount } from "@/lib/format/number";
import type { WorkloadList } from "@/lib/queries/workloads";
import { type WorkloadsSelection, workloadsUrl } from "@/lib/urls/workloads";

type Props = { project: string; list: WorkloadList; selection: WorkloadsSelection; pageSize: number };

/** Where in a long list this page stands; nothing when all of it is in sight. */
export function Pager({ project, list, selection, pageSize }: Props) {
  const { page } = selection;
  const pages = Math.ceil(list.total / pageSize);
  if (pages <= 1) return null;
  const first = (page - 1) * pageSize + 1;
  const to = (other: number) => workloadsUrl(project, { ...selection, name: null, page: other });
  return (
    <nav aria-label="Pages of the list" className="mt-4 flex items-center gap-2">
      <span className="text-ink-2">
        {formatCount(first)} to {formatCount(first + list.rows.length - 1)} of {formatCount(list.total)}
      </span>
      {page > 1 && <ButtonLink href={to(page - 1)}>Previous</ButtonLink>}
      {page < pages && <ButtonLink href={to(page + 1)}>Next</ButtonLink>}
    </nav>
  );
}
